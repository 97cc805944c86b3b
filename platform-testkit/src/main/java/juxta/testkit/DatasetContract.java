package juxta.testkit;

import static juxta.testkit.Promise.applies;
import static juxta.testkit.Promise.require;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;

/** What a provider promises of the data that it opens. */
final class DatasetContract {
  static final String OPENS = "it opens, or says what it needs";
  static final String DESCRIBED = "its data bear its id and kind and have a training split";
  static final String FIELDS = "the fields of a split have names of their own and stay";
  static final String VALUES = "values have the type, shape and size that their field declares";
  static final String SAME = "a record reads the same each time, from each opening";
  static final String FINGERPRINT = "its fingerprint is hexadecimal and the same each time";
  static final String LABELS = "labels number the classes, or are -1 where there is none";
  static final String MASKS = "masks number the classes of masks, or are 255 where there is none";

  private final DatasetProvider provider;
  private final Optional<Path> path;
  private final Settings settings;

  private DatasetContract(DatasetProvider provider, Optional<Path> path, Settings settings) {
    this.provider = provider;
    this.path = path;
    this.settings = settings;
  }

  static List<Promise> promises(DatasetProvider provider, Optional<Path> path, Settings settings) {
    DatasetContract contract = new DatasetContract(provider, path, settings);
    return List.of(
        new Promise(OPENS, contract::opens),
        contract.promise(DESCRIBED, (one, other) -> contract.described(one)),
        contract.promise(FIELDS, DatasetContract::fields),
        contract.promise(VALUES, (one, other) -> values(one)),
        contract.promise(SAME, DatasetContract::same),
        contract.promise(FINGERPRINT, DatasetContract::fingerprint),
        contract.promise(LABELS, (one, other) -> labels(one)),
        contract.promise(MASKS, (one, other) -> masks(one)));
  }

  /** Looks at the same data, opened twice. */
  private interface Look {
    void at(Dataset one, Dataset other);
  }

  private Promise promise(String words, Look look) {
    return new Promise(
        words,
        () -> {
          try (Scratch scratch = Scratch.make()) {
            Optional<Dataset> opened = open(scratch);
            applies(opened.isPresent(), "it needs a path; try PluginContract.data");
            try (Dataset one = opened.orElseThrow();
                Dataset other = open(scratch).orElseThrow()) {
              look.at(one, other);
            }
          }
        });
  }

  /** The data, or nothing where a path is needed and none is given. */
  private Optional<Dataset> open(Scratch scratch) {
    Path cache = scratch.folder().resolve("cache");
    try {
      return Optional.of(
          provider.open(new DatasetProvider.Request(path, cache, settings, (what, share) -> {})));
    } catch (UserException e) {
      if (path.isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Any other exception than a UserException breaks the promise. */
  private void opens() {
    try (Scratch scratch = Scratch.make()) {
      open(scratch).ifPresent(Dataset::close);
    }
  }

  private void described(Dataset data) {
    require(data.id().equals(provider.id()), "data with the id '" + data.id() + "'");
    require(data.kind() == provider.kind(), "data of kind " + data.kind());
    require(data.splits().containsKey(Dataset.TRAIN), "splits " + data.splits().keySet());
    data.splits()
        .forEach((name, split) -> require(split.size() > 0, "no records in split '" + name + "'"));
  }

  private static void fields(Dataset one, Dataset other) {
    one.splits()
        .forEach(
            (name, split) -> {
              Set<String> seen = new HashSet<>();
              split.fields().forEach(f -> require(seen.add(f.name()), "'" + f.name() + "' twice"));
              require(
                  split.fields().equals(split.fields())
                      && split.fields().equals(other.split(name).fields()),
                  "other fields of split '" + name + "' when asked again");
            });
  }

  /** A few records of a split: both ends and some between. */
  private static Set<Integer> some(Split split) {
    Set<Integer> some = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      some.add((int) ((split.size() - 1L) * i / 6));
    }
    return some;
  }

  private static void values(Dataset data) {
    for (Map.Entry<String, Split> split : data.splits().entrySet()) {
      for (Field field : split.getValue().fields()) {
        for (int record : some(split.getValue())) {
          Value value = split.getValue().value(field.name(), record);
          require(
              fits(field, value),
              split.getKey()
                  + " record "
                  + record
                  + ": "
                  + value.data().remaining()
                  + " bytes, "
                  + value.type()
                  + " "
                  + value.shape()
                  + ", for "
                  + field);
        }
      }
    }
  }

  private static boolean fits(Field field, Value value) {
    if (value.type() != field.type()) {
      return false;
    }
    if (field.type() == FieldType.TEXT) {
      return true;
    }
    boolean shape = value.shape().size() == field.shape().size();
    long bytes = field.type().bytes();
    for (int i = 0; shape && i < field.shape().size(); i++) {
      long declared = field.shape().get(i);
      shape = declared < 0 || declared == value.shape().get(i);
      bytes *= value.shape().get(i);
    }
    return shape && bytes == value.data().remaining();
  }

  private static void same(Dataset one, Dataset other) {
    one.splits()
        .forEach(
            (name, split) -> {
              for (Field field : split.fields()) {
                for (int record : some(split)) {
                  Value value = split.value(field.name(), record);
                  require(
                      value.equals(split.value(field.name(), record))
                          && value.equals(other.split(name).value(field.name(), record)),
                      "another '" + field.name() + "' of " + name + " record " + record);
                }
              }
            });
  }

  private static void fingerprint(Dataset one, Dataset other) {
    require(one.fingerprint().matches("[0-9a-f]+"), "'" + one.fingerprint() + "'");
    require(
        one.fingerprint().equals(other.fingerprint()),
        one.fingerprint() + " and then " + other.fingerprint());
  }

  private static void labels(Dataset data) {
    applies(!data.classes().isEmpty(), "it has no classes");
    for (Split split : data.splits().values()) {
      if (!split.has(Field.LABEL)) {
        continue;
      }
      for (int record : some(split)) {
        int label = split.value(Field.LABEL, record).number();
        require(
            label >= -1 && label < data.classes().size(),
            "label " + label + " with " + data.classes().size() + " classes");
      }
    }
  }

  private static void masks(Dataset data) {
    int classes = data.maskClasses().size();
    applies(classes > 0, "it names no classes of masks");
    for (Split split : data.splits().values()) {
      for (int record : split.has(Field.MASK) ? some(split) : Set.<Integer>of()) {
        ByteBuffer mask = split.value(Field.MASK, record).data();
        while (mask.hasRemaining()) {
          int found = Byte.toUnsignedInt(mask.get());
          require(
              found == Field.IGNORED || found < classes,
              "class " + found + " in a mask with " + classes + " classes");
        }
      }
    }
  }
}
