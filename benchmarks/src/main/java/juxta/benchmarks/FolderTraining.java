package juxta.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Value;
import juxta.benchmarks.data.JpegFolder;
import juxta.engine.train.Precision;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.methods.Simclr;
import juxta.plugin.datasets.picture.ImageFolder;

/**
 * SimCLR's step on a folder of photographs at 224 pixels: with all of them on the device, read from
 * packed files a batch at a time, and decoded anew.
 */
final class FolderTraining {
  private static final int SIDE = 224;

  /** A folder counts as so many bytes at least, and the engine leaves it where it is. */
  private static final long LARGE = 3L << 30;

  private FolderTraining() {}

  static void run(Options given) throws IOException {
    Options options = given.sized(given.batch(), SIDE);
    Table table = new Table("folder-training", options);
    Path work = Files.createTempDirectory("folder-training");
    try {
      JpegFolder.make(work.resolve("images"), options.images());
      try (Dataset packed = open(work, "packed");
          Dataset decoded = open(work, "none");
          EngineLane resident = lane("resident", packed, options);
          EngineLane streamed = lane("packed", counted(packed), options);
          EngineLane decoding = lane("decoded", counted(decoded), options)) {
        Rounds rounds = Rounds.run(List.of(resident, streamed, decoding), options);
        for (String name : List.of("resident", "packed", "decoded")) {
          table.times(rounds, name);
        }
        table.ratio(rounds, "packed", "resident");
        table.ratio(rounds, "decoded", "resident");
      }
    } finally {
      JpegFolder.delete(work);
    }
    table.end(options);
  }

  private static Dataset open(Path work, String cache) {
    return new ImageFolder()
        .open(
            new DatasetProvider.Request(
                Optional.of(work.resolve("images")),
                work.resolve("cache"),
                Settings.of(
                    Map.of("side", Integer.toString(SIDE), "test-share", "0", "cache", cache)),
                (what, share) -> {}));
  }

  private static EngineLane lane(String name, Dataset data, Options options) {
    int perEpoch = data.train().size() / options.batch();
    int epochs = (options.total() + perEpoch - 1) / perEpoch;
    return new EngineLane(
        name,
        new Simclr(),
        new SimclrSetup(
            data, new ResNet18(), Settings.of(Map.of("stem", "imagenet")), options.batch(), epochs),
        Precision.FLOAT32,
        options.threads());
  }

  /** The same pictures again and again, so that they are too many for the device. */
  private static Dataset counted(Dataset data) {
    long bytes = (long) data.train().size() * SIDE * SIDE * 3;
    return new Many(data, new Again(data.train(), (int) (LARGE / bytes + 1)));
  }

  private record Again(Split split, int times) implements Split {
    @Override
    public int size() {
      return Math.multiplyExact(split.size(), times);
    }

    @Override
    public List<Field> fields() {
      return split.fields();
    }

    @Override
    public Value value(String field, int record) {
      return split.value(field, record % split.size());
    }

    @Override
    public Map<String, Value> values(Collection<String> fields, int record) {
      return split.values(fields, record % split.size());
    }
  }

  private record Many(Dataset data, Split split) implements Dataset {
    @Override
    public String id() {
      return data.id();
    }

    @Override
    public DataKind kind() {
      return data.kind();
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(TRAIN, split);
    }

    @Override
    public List<String> classes() {
      return data.classes();
    }

    @Override
    public String fingerprint() {
      return data.fingerprint();
    }
  }
}
