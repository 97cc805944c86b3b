package juxta.plugin.datasets.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Dice;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.ImageFiles;
import juxta.toolkit.picture.LabelledFile;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureFiles;

/**
 * One's own images: {@code root/train/<class>/*} with {@code root/test/<class>/*} and perhaps
 * {@code root/val/<class>/*}, or {@code root/<class>/*}, of which a share becomes the test split.
 * PNG, JPEG, BMP and GIF; files with other names are passed over.
 */
public final class ImageFolder implements DatasetProvider {
  static final Setting<Double> TEST_SHARE =
      Setting.real("test-share", 0.2)
          .range(0, 0.9)
          .describe("share of each class that is held out where there is no folder 'test'")
          .source("own choice");

  static final Setting<Integer> SPLIT_SEED =
      Setting.integer("split-seed", 0)
          .describe("another seed holds other images out")
          .source("own choice; apart from the run's seed, so that runs share their test images");

  private static final String CONTENTS = "train/<class>/* and test/<class>/*, or <class>/*";

  /** Folders by the split that they hold. */
  private static final Map<String, List<String>> FOLDERS =
      Map.of(
          Dataset.TEST, List.of("test"),
          Dataset.VALIDATION, List.of("val", "validation", "valid"));

  /** Creates the provider. */
  public ImageFolder() {}

  @Override
  public String id() {
    return "image-folder";
  }

  @Override
  public String summary() {
    return "a folder of images, one folder a class (PNG, JPEG, BMP, GIF)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ImageFiles.SIDE, PackedPictures.SETTING, TEST_SHARE, SPLIT_SEED);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Path root = DataFolder.find(request, id(), List.of(), "", CONTENTS);
    Path train = Files.isDirectory(root.resolve("train")) ? root.resolve("train") : root;
    Map<String, List<Path>> classes = classes(train);
    if (classes.isEmpty()) {
      throw new UserException(
          "%s: %s holds no folders with images; name the folder that holds %s: --data %s:/path"
              .formatted(id(), train, CONTENTS, id()));
    }
    List<String> names = List.copyOf(classes.keySet());
    Map<String, List<LabelledFile>> files = new LinkedHashMap<>();
    files.put(Dataset.TRAIN, labelled(classes, names, train));
    if (!train.equals(root)) {
      for (String split : List.of(Dataset.VALIDATION, Dataset.TEST)) {
        folder(root, split).ifPresent(at -> files.put(split, labelled(classes(at), names, train)));
      }
    }
    double share = request.settings().get(TEST_SHARE);
    if (!files.containsKey(Dataset.TEST) && share > 0) {
      holdOut(files, root, share, request.settings().get(SPLIT_SEED));
    }
    files.values().removeIf(List::isEmpty);
    Fingerprint fingerprint = new Fingerprint();
    ImageFiles reader = new ImageFiles(root, request);
    Map<String, Split> splits = reader.open(files, fingerprint);
    return new OpenDataset(id(), splits, names, fingerprint.hex()).by(reader.evidence());
  }

  private static Optional<Path> folder(Path root, String split) {
    return FOLDERS.get(split).stream().map(root::resolve).filter(Files::isDirectory).findFirst();
  }

  /** The images of each class folder that has any, in the order of the names. */
  private static Map<String, List<Path>> classes(Path folder) {
    Map<String, List<Path>> classes = new TreeMap<>();
    for (Path entry : DataFolder.list(folder)) {
      if (Files.isDirectory(entry)) {
        List<Path> images = DataFolder.list(entry).stream().filter(PictureFiles::named).toList();
        if (!images.isEmpty()) {
          classes.put(DataFolder.name(entry), images);
        }
      }
    }
    return classes;
  }

  private static List<LabelledFile> labelled(
      Map<String, List<Path>> classes, List<String> names, Path train) {
    List<LabelledFile> files = new ArrayList<>();
    classes.forEach(
        (name, images) -> {
          int label = names.indexOf(name);
          if (label < 0) {
            throw new UserException(
                "%s: there is no class '%s' in %s; add images there or remove this folder"
                    .formatted(images.get(0).getParent(), name, train));
          }
          images.forEach(image -> files.add(new LabelledFile(image, label)));
        });
    return files;
  }

  /**
   * Moves a share of each class, but never all of it, from the training split to the test split.
   */
  private static void holdOut(
      Map<String, List<LabelledFile>> files, Path root, double share, long seed) {
    Map<Integer, List<LabelledFile>> byClass = new TreeMap<>();
    files
        .get(Dataset.TRAIN)
        .forEach(file -> byClass.computeIfAbsent(file.label(), k -> new ArrayList<>()).add(file));
    List<LabelledFile> train = new ArrayList<>();
    List<LabelledFile> test = new ArrayList<>();
    for (List<LabelledFile> all : byClass.values()) {
      // By a hash of the name: an image's lot does not hang on where the folder lies.
      List<LabelledFile> drawn =
          all.stream()
              .map(file -> Map.entry(lot(root.relativize(file.file()), seed), file))
              .sorted(Map.Entry.comparingByKey())
              .map(Map.Entry::getValue)
              .toList();
      int held = Math.min(all.size() - 1, (int) Math.round(share * all.size()));
      test.addAll(drawn.subList(0, held));
      train.addAll(drawn.subList(held, all.size()));
    }
    train.sort(Comparator.comparing(LabelledFile::label).thenComparing(LabelledFile::file));
    test.sort(Comparator.comparing(LabelledFile::label).thenComparing(LabelledFile::file));
    files.put(Dataset.TRAIN, train);
    files.put(Dataset.TEST, test);
  }

  private static long lot(Path name, long seed) {
    long lot = Dice.mix(seed);
    for (Path part : name) {
      lot = Dice.mix(lot + part.toString().hashCode());
    }
    return lot;
  }
}
