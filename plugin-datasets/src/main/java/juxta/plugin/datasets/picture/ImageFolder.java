package juxta.plugin.datasets.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.file.SplitNames;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Dice;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.picture.ImageFiles;
import juxta.toolkit.picture.LabelledFile;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureFolder;
import juxta.toolkit.picture.PictureReading;

/**
 * One's own images: {@code root/train/<class>/*} with {@code root/test/<class>/*} and perhaps
 * {@code root/val/<class>/*}, or {@code root/<class>/*}, of which a share becomes the test split.
 * PNG, JPEG, BMP, GIF and TIFF, at any depth below the folder of a class; files with other names
 * are passed over and counted, see {@link PictureFolder}.
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

  /** Creates the provider. */
  public ImageFolder() {}

  @Override
  public String id() {
    return "image-folder";
  }

  @Override
  public String summary() {
    return "a folder of images, one folder a class (PNG, JPEG, BMP, GIF, TIFF)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        ImageFiles.SIDE,
        PackedPictures.SETTING,
        PictureReading.WINDOW,
        PictureReading.ORIENTATION,
        TEST_SHARE,
        SPLIT_SEED);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Path root = DataFolder.find(request, id(), List.of(), "", CONTENTS);
    PictureFolder found = new PictureFolder(root);
    Map<String, Path> folders = splits(root, found);
    Path train = folders.getOrDefault(Dataset.TRAIN, root);
    Map<String, List<Path>> classes = classes(train, found);
    if (classes.isEmpty()) {
      found.report(id());
      throw new UserException(
          "%s: %s holds no folders with images; name the folder that holds %s: --data %s:/path"
              .formatted(id(), train, CONTENTS, id()));
    }
    if (folders.isEmpty()) {
      seemingSplits(root, classes.keySet()).ifPresent(ImageFolder::warn);
    }
    List<String> names = List.copyOf(classes.keySet());
    Map<String, List<LabelledFile>> files = new LinkedHashMap<>();
    files.put(Dataset.TRAIN, labelled(train, classes, names, train));
    for (String split : List.of(Dataset.VALIDATION, Dataset.TEST)) {
      if (folders.containsKey(split)) {
        files.put(
            split, labelled(folders.get(split), classes(folders.get(split), found), names, train));
      }
    }
    found.report(id());
    double share = request.settings().get(TEST_SHARE);
    if (!files.containsKey(Dataset.TEST) && share > 0) {
      holdOut(files, root, share, request.settings().get(SPLIT_SEED));
    }
    files.values().removeIf(List::isEmpty);
    Fingerprint fingerprint = new Fingerprint();
    ImageFiles reader = new ImageFiles(root, request);
    Map<String, Split> splits = reader.open(files, fingerprint);
    return new OpenDataset(id(), splits, names, fingerprint.hex())
        .by(reader.evidence())
        .picturing(reader.form());
  }

  /** The folders of the splits, if there is one to train on. */
  private Map<String, Path> splits(Path root, PictureFolder found) {
    Map<String, Path> splits = new HashMap<>();
    List<String> others = new ArrayList<>();
    for (Path folder : found.folders(root)) {
      Optional<String> split = SplitNames.of(DataFolder.name(folder));
      if (split.isEmpty()) {
        others.add(DataFolder.name(folder));
        continue;
      }
      Path before = splits.put(split.get(), folder);
      if (before != null) {
        throw new UserException(
            "%s: is the split '%s', and so is %s; put both into one folder"
                .formatted(folder, split.get(), before));
      }
    }
    if (splits.containsKey(Dataset.TRAIN)) {
      if (!others.isEmpty()) {
        warn(
            "%s: beside %s are passed over the folders %s; splits are train, val and test"
                .formatted(id(), splits.get(Dataset.TRAIN), String.join(", ", others)));
      }
      return splits;
    }
    for (Path folder : splits.values()) {
      if (!found.folders(folder).isEmpty()) {
        throw new UserException(
            "%s: is a split, but there is no folder 'train' beside it; name the folder of the images to train on 'train'"
                .formatted(folder));
      }
    }
    return Map.of(); // classes that are called so
  }

  /** The images of each class folder, in the order of the names. */
  private Map<String, List<Path>> classes(Path folder, PictureFolder found) {
    Map<String, List<Path>> classes = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (Path entry : found.folders(folder)) {
      PictureFolder.Found images = found.below(entry);
      if (!images.pictures().isEmpty()) {
        classes.put(DataFolder.name(entry), images.pictures());
      } else if (!images.others().isEmpty()) {
        problems.add(
            "%s: none of its pictures can be decoded (%s); convert them to PNG or JPEG, or remove the folder"
                .formatted(entry, images.endings()));
      } else {
        empty.add(DataFolder.name(entry));
      }
    }
    Problems.report(problems, "folders");
    if (!classes.isEmpty()) {
      found.passOver(folder);
    }
    if (!empty.isEmpty() && !classes.isEmpty()) {
      warn(
          "%s: %s holds folders without images, which are no classes: %s"
              .formatted(id(), folder, String.join(", ", empty)));
    }
    return classes;
  }

  /** Folders that hold the same folders and nothing else may be splits with names of their own. */
  static Optional<String> seemingSplits(Path root, Set<String> classes) {
    PictureFolder look = new PictureFolder(root); // what is found here is counted already
    Set<List<String>> below = new HashSet<>();
    for (String name : classes) {
      Path folder = root.resolve(name);
      below.add(look.folders(folder).stream().map(DataFolder::name).toList());
      if (below.size() > 1
          || below.iterator().next().size() < 2
          || !look.in(folder).pictures().isEmpty()) {
        return Optional.empty();
      }
    }
    return classes.size() < 2
        ? Optional.empty()
        : Optional.of(
            "image-folder: the folders %s are taken for classes, though they hold the same folders (%s); if they are splits, call them train, val and test"
                .formatted(shown(classes), shown(below.iterator().next())));
  }

  private static String shown(Collection<String> names) {
    return Excerpt.of(String.join(", ", names));
  }

  private static void warn(String line) {
    System.getLogger(ImageFolder.class.getName()).log(System.Logger.Level.WARNING, line);
  }

  private static List<LabelledFile> labelled(
      Path folder, Map<String, List<Path>> classes, List<String> names, Path train) {
    List<LabelledFile> files = new ArrayList<>();
    classes.forEach(
        (name, images) -> {
          int label = names.indexOf(name);
          if (label < 0) {
            throw new UserException(
                "%s: there is no class '%s' in %s; add images there or remove this folder"
                    .formatted(folder.resolve(name), name, train));
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
