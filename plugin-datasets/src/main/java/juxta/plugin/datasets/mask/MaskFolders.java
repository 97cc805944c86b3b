package juxta.plugin.datasets.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;
import juxta.plugin.datasets.file.SplitNames;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.picture.PictureFolder;

/**
 * Finds images and their masks: a folder of images beside one of masks, anywhere below the root.
 * Known are {@code images} and {@code masks}, MMSegmentation's {@code img_dir} and {@code ann_dir},
 * LoveDA's {@code images_png} and {@code masks_png}, Potsdam's {@code 2_Ortho_RGB} and {@code
 * 5_Labels_…}, and some more of such names. A folder {@code train}, {@code val} or {@code test} on
 * the way names the split.
 */
final class MaskFolders {
  private static final Set<String> IMAGES =
      Set.of("images", "image", "imgs", "img", "img_dir", "images_png", "2_ortho_rgb");

  private static final String MASKS = "masks?|labels?|annotations?|ann_dir|masks_png|gt|5_labels.*";

  private static final String IMAGE_WORDS = "_(rgb|irrg|image|img|sat)$";

  private static final String MASK_WORDS = "_(labels?|masks?|gt|seg)(_noboundary)?$";

  /** Folders below the root that are looked at. */
  private static final int DEPTH = 6;

  private MaskFolders() {}

  /**
   * Finds all pairs.
   *
   * @param root the data set's folder
   * @return sorted by path, at least one
   * @throws UserException if there are none, or images without a mask
   */
  static List<MaskPair> pairs(Path root) {
    PictureFolder found = new PictureFolder(root);
    List<MaskPair> pairs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    collect(root, found, DEPTH, folders);
    Collections.sort(folders);
    for (Path images : folders) {
      Optional<Path> masks = IMAGES.contains(lower(images)) ? beside(images) : Optional.empty();
      if (masks.isPresent()) {
        add(root, found, images, masks.get(), pairs, problems);
      }
    }
    Problems.report(problems, "images");
    found.report("images-with-masks");
    if (pairs.isEmpty()) {
      throw new UserException(
          "images-with-masks: "
              + root
              + " holds no folder of images beside one of masks; name the folder that holds images/"
              + " and masks/, or both below train/ and test/");
    }
    return pairs;
  }

  private static String lower(Path path) {
    return DataFolder.name(path).toLowerCase(Locale.ROOT);
  }

  /** All folders below one, those behind links too. */
  private static void collect(Path folder, PictureFolder found, int depth, List<Path> folders) {
    for (Path below : depth == 0 ? List.<Path>of() : found.folders(folder)) {
      folders.add(below);
      collect(below, found, depth - 1, folders);
    }
  }

  private static Optional<Path> beside(Path images) {
    return DataFolder.list(images.getParent()).stream()
        .filter(p -> Files.isDirectory(p) && lower(p).matches(MASKS))
        .findFirst();
  }

  private static void add(
      Path root,
      PictureFolder found,
      Path images,
      Path masks,
      List<MaskPair> pairs,
      List<String> problems) {
    Map<String, Path> known = new HashMap<>();
    for (Path mask : found.below(masks).pictures()) {
      String key = key(masks, mask, MASK_WORDS);
      Path before = known.putIfAbsent(key, mask);
      if (before != null) {
        problems.add("%s: is a second mask of what %s is of; remove one".formatted(mask, before));
      }
    }
    for (Path image : found.below(images).pictures()) {
      String key = key(images, image, IMAGE_WORDS);
      Path mask = known.get(key);
      if (mask == null) {
        problems.add(
            "%s: has no mask; there is no file %s in %s".formatted(image, key + ".png", masks));
      } else {
        String name = key.substring(key.lastIndexOf('/') + 1);
        pairs.add(new MaskPair(name, image, mask, split(root, image)));
      }
    }
  }

  /** Path below a folder without the file's ending and the words that tell images from masks. */
  private static String key(Path folder, Path file, String words) {
    String path = folder.relativize(file).toString().replace('\\', '/').toLowerCase(Locale.ROOT);
    return path.substring(0, path.lastIndexOf('.')).replaceFirst(words, "");
  }

  private static Optional<String> split(Path root, Path image) {
    for (Path part : root.relativize(image.getParent())) {
      Optional<String> split = SplitNames.of(part.toString());
      if (split.isPresent()) {
        return split;
      }
    }
    return Optional.empty();
  }
}
