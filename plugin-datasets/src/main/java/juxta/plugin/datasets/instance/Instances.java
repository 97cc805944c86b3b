package juxta.plugin.datasets.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Dice;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.PackedPictures;
import juxta.toolkit.picture.PictureReading;

/**
 * Photographs of single objects, for instance retrieval: a folder an object, file names that begin
 * with the object's, or a CSV file with the columns {@code file}, {@code instance} and perhaps
 * {@code role} (gallery, query, iconic).
 *
 * <p>A share of the objects is held out, by a hash of their names: their images are the database,
 * split {@code test}, and, where a table has queries, the split {@code query}; the images of all
 * other objects are the split {@code train}. So nothing is trained on objects that are searched.
 * Images of no object, distractors, belong to the database.
 *
 * <p>Fields: {@code image} uint8 [size, size, 3] for training, [-1, -1, 3] otherwise; {@code
 * instance}, -1 for distractors; {@code file}.
 */
public final class Instances implements DatasetProvider {
  static final String CONTENTS =
      "<instance>/*, files named <instance>__*, or a CSV file with the columns file and instance";

  static final Setting<Double> HELD_OUT =
      Setting.real("held-out", 0.5)
          .range(0, 1)
          .describe("share of the instances that is searched; the others are trained on")
          .source("own choice");

  static final Setting<Integer> SPLIT_SEED =
      Setting.integer("split-seed", 0)
          .describe("another seed holds other instances out")
          .source("own choice; apart from the run's seed, so that runs share their test images");

  static final Setting<String> ICONIC =
      Setting.choice("iconic", "leave-out", "leave-out", "query", "gallery")
          .describe("what the catalogue pictures of a table are used as")
          .source("own choice");

  /** Creates the provider. */
  public Instances() {}

  @Override
  public String id() {
    return "instances";
  }

  @Override
  public String summary() {
    return "photographs of single objects, some objects held out to be searched";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        Photos.SIZE,
        Photos.LONGEST,
        PackedPictures.SETTING,
        PictureReading.WINDOW,
        PictureReading.ORIENTATION,
        HELD_OUT,
        SPLIT_SEED,
        InstanceLayout.KIND,
        InstanceLayout.SEPARATOR,
        InstanceLayout.DISTRACTOR,
        ICONIC);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Dataset open(Request request) {
    Settings s = request.settings();
    Path base = request.path().orElse(request.cache().resolve(id()));
    Path place =
        Files.isRegularFile(base) ? base : DataFolder.find(request, id(), List.of(), "", CONTENTS);
    List<InstanceFile> files = roles(InstanceLayout.read(place, s), s.get(ICONIC));
    List<String> names =
        List.copyOf(
            new TreeSet<>(files.stream().flatMap(file -> file.instance().stream()).toList()));
    Set<String> held = heldOut(names, s.get(HELD_OUT), s.get(SPLIT_SEED));
    Path root = Files.isRegularFile(place) ? place.toAbsolutePath().getParent() : place;
    Map<String, List<Photo>> photos = new LinkedHashMap<>();
    for (InstanceFile file : files) {
      int number = file.instance().map(names::indexOf).orElse(-1);
      photos
          .computeIfAbsent(split(file, held), k -> new ArrayList<>())
          .add(Photo.of(root, file.file(), number));
    }
    return opened(root, photos, request);
  }

  private Dataset opened(Path root, Map<String, List<Photo>> photos, Request request) {
    Photos reader = new Photos(root, request);
    Fingerprint fingerprint = new Fingerprint();
    photos.forEach((split, own) -> reader.check(split, own, fingerprint));
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(
        Dataset.TRAIN,
        photos.containsKey(Dataset.TRAIN)
            ? reader.training(photos.get(Dataset.TRAIN))
            : reader.nothing());
    for (String name : List.of(Dataset.TEST, Dataset.QUERY)) {
      if (photos.containsKey(name)) {
        splits.put(name, reader.scored(photos.get(name), List.of()));
      }
    }
    if (splits.containsKey(Dataset.QUERY) && !splits.containsKey(Dataset.TEST)) {
      throw new UserException(
          "instances: there are queries but nothing to search; give some images the role gallery");
    }
    return new OpenDataset(id(), splits, List.of(), fingerprint.hex())
        .by(reader.keep())
        .picturing(reader.form())
        .readable((name, form) -> readAs(reader, photos.getOrDefault(name, List.of()), form));
  }

  private static Optional<Split> readAs(Photos reader, List<Photo> photos, String form) {
    return Optional.of(
        form.equals(Dataset.TRAIN) ? reader.training(photos) : reader.scored(photos, List.of()));
  }

  /** Catalogue pictures become what they are to be used as, or nothing. */
  private static List<InstanceFile> roles(List<InstanceFile> files, String iconic) {
    return files.stream()
        .filter(f -> f.role() != InstanceFile.Role.ICONIC || !iconic.equals("leave-out"))
        .map(
            f ->
                f.role() != InstanceFile.Role.ICONIC
                    ? f
                    : new InstanceFile(
                        f.file(),
                        f.instance(),
                        iconic.equals("query")
                            ? InstanceFile.Role.QUERY
                            : InstanceFile.Role.GALLERY))
        .toList();
  }

  private static String split(InstanceFile file, Set<String> held) {
    if (file.instance().isPresent() && !held.contains(file.instance().get())) {
      return Dataset.TRAIN;
    }
    return file.role() == InstanceFile.Role.QUERY ? Dataset.QUERY : Dataset.TEST;
  }

  /** By a hash of the name: an instance's lot does not hang on the others. */
  private static Set<String> heldOut(List<String> names, double share, long seed) {
    List<String> drawn = new ArrayList<>(names);
    drawn.sort(
        Comparator.<String>comparingLong(name -> Dice.mix(Dice.mix(seed) + name.hashCode()))
            .thenComparing(name -> name));
    int count = (int) Math.round(share * names.size());
    if (share > 0 && share < 1 && names.size() > 1) {
      count = Math.max(1, Math.min(names.size() - 1, count));
    }
    return new HashSet<>(drawn.subList(0, count));
  }
}
