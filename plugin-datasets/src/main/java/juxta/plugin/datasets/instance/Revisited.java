package juxta.plugin.datasets.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.picture.PixelBox;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureReading;

/**
 * Revisited Oxford and Paris, their classic forms, and one's own data with ground truth of the same
 * form: a file {@code gnd_*.pkl} or its JSON form, and the images beside it or in {@code jpg/}.
 *
 * <p>The split {@code test} is the database, {@code query} the queries, cut out of their images by
 * their boxes. Queries have the fields {@code easy}, {@code hard}, {@code junk}, or {@code ok} and
 * {@code junk}: int32 [-1], indices of the database. The benchmarks have no training images; {@code
 * data.train} names a folder of one's own with a folder an instance, and without it the training
 * split is one black image, from which nothing can be learnt.
 *
 * @see <a href="https://arxiv.org/abs/1803.11285">Radenovic et al. 2018</a>
 */
public final class Revisited implements DatasetProvider {
  static final Setting<String> TRAIN =
      Setting.text("train", "")
          .describe(
              "folder of training images with a folder an instance; none: nothing to train on")
          .source("the benchmarks have none; Landmarks-clean and SfM-120k are usual");

  private static final String CONTENTS = "one file gnd_*.pkl or gnd*.json, and the images or jpg/*";

  /** Creates the provider. */
  public Revisited() {}

  @Override
  public String id() {
    return "revisited";
  }

  @Override
  public String summary() {
    return "revisited and classic Oxford and Paris: ground truth with lists and query boxes";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        Photos.SIZE,
        Photos.LONGEST,
        PackedPictures.SETTING,
        PictureReading.WINDOW,
        PictureReading.ORIENTATION,
        TRAIN);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Settings s = request.settings();
    Path file = file(request);
    Path root = file.toAbsolutePath().getParent();
    GroundTruth truth = GroundTruth.read(file);
    List<Photo> database = new ArrayList<>();
    truth.images().forEach(name -> database.add(photo(file, root, name, Optional.empty())));
    List<Photo> queries = new ArrayList<>();
    for (int i = 0; i < truth.queries().size(); i++) {
      queries.add(photo(file, root, truth.queries().get(i), truth.boxes().get(i)));
    }
    List<Photo> training = training(s.get(TRAIN));
    Photos reader = new Photos(root, request);
    Fingerprint fingerprint = new Fingerprint();
    reader.check(Dataset.TRAIN, training, fingerprint);
    reader.check(Dataset.TEST, database, fingerprint);
    reader.check(Dataset.QUERY, queries, fingerprint);
    List<Column> lists = new ArrayList<>();
    truth
        .lists()
        .forEach(
            (name, own) -> {
              own.forEach(list -> fingerprint.add(name, java.util.Arrays.toString(list)));
              lists.add(
                  new Column(
                      Field.of(name, FieldType.INT32, -1),
                      i -> Tensors.ints(new long[] {own.get(i).length}, own.get(i))));
            });
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, training.isEmpty() ? reader.nothing() : reader.training(training));
    splits.put(Dataset.TEST, reader.scored(database, List.of()));
    splits.put(Dataset.QUERY, reader.scored(queries, lists));
    return new OpenDataset(id(), splits, List.of(), fingerprint.hex())
        .by(reader.keep())
        .picturing(reader.form());
  }

  private static List<Photo> training(String folder) {
    if (folder.isEmpty()) {
      return List.of();
    }
    Path root = Path.of(folder);
    if (!Files.isDirectory(root)) {
      throw new UserException("data.train: there is no folder " + root + "; name another one");
    }
    Settings layout = Settings.of(Map.of(InstanceLayout.KIND.key(), "folders"));
    List<InstanceFile> files = InstanceLayout.read(root, layout);
    List<String> names =
        List.copyOf(
            new TreeSet<>(files.stream().flatMap(file -> file.instance().stream()).toList()));
    return files.stream()
        .filter(file -> file.instance().isPresent())
        .map(file -> Photo.of(root, file.file(), names.indexOf(file.instance().orElseThrow())))
        .toList();
  }

  /** The ground truth that was named, or the only one of the folder that was named. */
  private Path file(Request request) {
    Path base = request.path().orElse(request.cache().resolve(id()));
    if (Files.isRegularFile(base)) {
      return base;
    }
    Path folder = DataFolder.find(request, id(), List.of(), "", CONTENTS);
    List<Path> files =
        DataFolder.list(folder).stream()
            .filter(Files::isRegularFile)
            .filter(f -> DataFolder.name(f).toLowerCase(Locale.ROOT).matches("gnd.*\\.(pkl|json)"))
            .toList();
    if (files.size() != 1) {
      throw new UserException(
          "%s: %s holds %d files of ground truth; name the folder that holds %s, or the file itself: --data %s:/path"
              .formatted(id(), folder, files.size(), CONTENTS, id()));
    }
    return files.get(0);
  }

  /** The benchmarks' names lack folder and extension. */
  private static Photo photo(Path file, Path root, String name, Optional<PixelBox> box) {
    try {
      return Stream.of("", "jpg/", "images/")
          .flatMap(
              folder ->
                  Stream.of("", ".jpg", ".png", ".jpeg", ".JPG").map(end -> folder + name + end))
          .map(candidate -> InstanceLayout.within(root, candidate))
          .filter(Files::isRegularFile)
          .findFirst()
          .map(found -> new Photo(found, name, -1, box))
          .orElseThrow(
              () ->
                  new UserException(
                      "%s: names image '%s', which lies neither beside it nor in jpg/ or images/"
                              .formatted(file, Excerpt.of(name))
                          + "; put the images there"));
    } catch (IllegalArgumentException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }
}
