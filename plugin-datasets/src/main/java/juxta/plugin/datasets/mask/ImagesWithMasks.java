package juxta.plugin.datasets.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Digest;
import juxta.toolkit.picture.ImageSize;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.picture.Pixels;

/**
 * Images with a class for each pixel: folders of images beside folders of masks, as {@link
 * MaskFolders} finds them. A mask is a picture of numbers (grey or with a palette) or of colours;
 * {@code classes.csv} in the folder, with the columns {@code id}, {@code name}, {@code r}, {@code
 * g}, {@code b}, says what they mean. Numbers and colours of ISPRS Potsdam and LoveDA are known.
 *
 * <p>Where no folder names the split, whole areas make the test split, see {@link AreaSplit}.
 * Bigger images are cut into tiles, see {@link MaskTiles}. Methods that learn from images ignore
 * the masks.
 */
public final class ImagesWithMasks implements DatasetProvider {
  static final Setting<String> CLASSES =
      Setting.text("classes", "auto")
          .describe(
              "CSV file with the columns name and id, r, g, b, or potsdam or loveda; auto:"
                  + " classes.csv in the folder, else what names of files and folders tell, else the"
                  + " numbers in the masks")
          .source("own choice");

  static final Setting<String> IGNORE =
      Setting.text("ignore", "auto")
          .describe(
              "classes that are neither learned nor scored, names or ids between commas, as is 255;"
                  + " auto: those named as unlabeled, no-data, void, boundary and such; none: all"
                  + " count")
          .source("own choice; LoveDA and Potsdam: MMSegmentation");

  static final Setting<Integer> TILE =
      Setting.integer("tile", 0)
          .range(0, 4096)
          .describe("cut images into square tiles of so many pixels; 0: as they are")
          .source("own choice: untouched; GLCNet's code has 256");

  private static final String CONTENTS =
      "images/ and masks/, or such folders below train/ and test/";

  /** Creates the provider. */
  public ImagesWithMasks() {}

  @Override
  public String id() {
    return "images-with-masks";
  }

  @Override
  public String summary() {
    return "images with a class for each pixel, split by area";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(CLASSES, IGNORE, TILE));
    all.addAll(AreaSplit.SETTINGS);
    return all;
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Settings settings = request.settings();
    Path root = DataFolder.find(request, id(), List.of(), "", CONTENTS);
    List<MaskPair> pairs = MaskFolders.pairs(root);
    Optional<MaskList> known = list(root, pairs, settings.get(CLASSES));
    boolean potsdam = known.filter(l -> l.source().equals("potsdam")).isPresent();
    known.ifPresent(list -> list.kept(settings.get(IGNORE))); // mistakes there come first
    int tile = settings.get(TILE);
    Map<String, List<MaskPair>> splits = new AreaSplit(settings, potsdam, tile > 0).of(pairs);

    int[] greatest = new int[pairs.size()];
    List<MaskTiles.Scene> checked = check(pairs, known, tile, greatest, request.progress());
    MaskList list =
        known.orElseGet(() -> MaskList.numbered(1 + Arrays.stream(greatest).max().orElse(0)));
    MaskList.Kept kept = list.kept(settings.get(IGNORE));

    Fingerprint fingerprint = new Fingerprint().add("tile", Integer.toString(tile));
    fingerprint.add("classes", kept.classes().toString()).add("table", kept.table());
    Map<String, MaskTiles> tiles = new LinkedHashMap<>();
    splits.forEach(
        (name, members) -> {
          Set<MaskPair> own = Set.copyOf(members);
          List<MaskTiles.Scene> scenes =
              checked.stream().filter(scene -> own.contains(scene.pair())).toList();
          scenes.forEach(
              scene ->
                  fingerprint.add(
                      name + " " + root.relativize(scene.pair().image()), scene.digest()));
          tiles.put(name, new MaskTiles(scenes, list, kept, tile));
        });
    boolean keep = Pixels.fits(tiles.values().stream().mapToLong(MaskTiles::bytes).sum());
    Map<String, Split> opened = new LinkedHashMap<>();
    tiles.forEach((name, t) -> opened.put(name, t.open(keep, request.cache(), request.progress())));
    return new OpenDataset(id(), opened, List.of(), fingerprint.hex()).masked(kept.classes());
  }

  /** The classes as the user, a file or the layout tells them. */
  private static Optional<MaskList> list(Path root, List<MaskPair> pairs, String asked) {
    if (asked.equals("potsdam") || asked.equals("loveda")) {
      return Optional.of(asked.equals("potsdam") ? MaskList.potsdam() : MaskList.loveda());
    }
    if (!asked.equals("auto")) {
      return Optional.of(MaskList.read(Path.of(asked)));
    }
    Path file = root.resolve("classes.csv");
    if (Files.exists(file)) {
      return Optional.of(MaskList.read(file));
    }
    if (pairs.stream().allMatch(p -> p.name().contains("potsdam"))) {
      return Optional.of(MaskList.potsdam());
    }
    boolean loveda = pairs.stream().allMatch(p -> p.mask().getParent().endsWith("masks_png"));
    return loveda ? Optional.of(MaskList.loveda()) : Optional.empty();
  }

  /** Reads every file on all cores. */
  private static List<MaskTiles.Scene> check(
      List<MaskPair> pairs,
      Optional<MaskList> list,
      int tile,
      int[] greatest,
      BiConsumer<String, Double> progress) {
    MaskTiles.Scene[] scenes = new MaskTiles.Scene[pairs.size()];
    Problems.collect(
        scenes.length,
        i -> {
          MaskPair pair = pairs.get(i);
          byte[] image = DataFolder.read(pair.image());
          byte[] mask = DataFolder.read(pair.mask());
          ImageSize size = PictureFiles.size(pair.image(), image);
          MaskFile decoded = MaskFile.decode(pair.mask(), mask, list);
          greatest[i] = decoded.greatest();
          checkSize(pair, size, decoded.size(), tile);
          scenes[i] = new MaskTiles.Scene(pair, size, digest(image, mask));
        },
        "reading images and masks",
        progress);
    for (MaskTiles.Scene scene : scenes) {
      if (tile == 0 && !scene.size().equals(scenes[0].size())) {
        throw new UserException(
            ("%s is %s but %s is %s; images must have one size, pass --set data.tile=N to cut them"
                    + " into tiles of N x N")
                .formatted(
                    scenes[0].pair().image(),
                    scenes[0].size(),
                    scene.pair().image(),
                    scene.size()));
      }
    }
    return List.of(scenes);
  }

  private static void checkSize(MaskPair pair, ImageSize image, ImageSize mask, int tile) {
    if (!image.equals(mask)) {
      throw new UserException(
          "%s is %s but its image %s is %s; a mask has a class for each pixel of its image"
              .formatted(pair.mask(), mask, pair.image(), image));
    }
    int shorter = Math.min(image.height(), image.width());
    if (shorter < tile) {
      throw new UserException(
          "%s is %s, smaller than a tile; set data.tile to %d or less"
              .formatted(pair.image(), image, shorter));
    }
  }

  private static byte[] digest(byte[] image, byte[] mask) {
    byte[] first = Digest.sha256().add(image).bytes();
    return Digest.sha256().add(first).add(Digest.sha256().add(mask).bytes()).bytes();
  }
}
