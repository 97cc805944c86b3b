package juxta.engine.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Plan;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.run.Choices;
import juxta.engine.run.FolderLock;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Inference;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Npy;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

class EmbeddingTest {
  private static final int TRAIN = 3 * Inference.BATCH + 11;
  private static final int TEST = Inference.BATCH + 1;
  private static final int BATCHES = 6;
  private static final Field X = Field.of("x", FieldType.FLOAT32, 2);

  @TempDir private Path folder;

  /** y = w x; x and y as a map; a number of each record; and what is no row of each record. */
  private static final ModelFunction EMBED =
      new ModelFunction(
          "embed",
          List.of(X),
          (scope, batch) -> {
            Ops tf = scope.tf();
            Operand<TFloat32> x = batch.floats("x");
            Operand<TFloat32> y =
                tf.math.mul(x, scope.weight("w", Layout.PLAIN, Initializers.zeros(), 1).value());
            return Map.of(
                "embedding", y,
                "map", tf.stack(List.of(x, y), Stack.axis(1L)),
                "sum", tf.math.mean(y, tf.constant(new int[] {1})),
                "all", tf.math.mean(y, tf.constant(new int[] {0})));
          });

  private record Data(Map<String, Split> splits, String fingerprint) implements Dataset {
    @Override
    public String id() {
      return "lines";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public List<String> classes() {
      return List.of("even, \"so\"", "odd");
    }
  }

  private record Fake() implements Method {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public boolean usesEncoder() {
      return false;
    }

    @Override
    public Map<String, String> preset(String name, DataSummary data) {
      return Map.of("batch", "8", "epochs", "1");
    }

    @Override
    public Plan plan(Setup setup) {
      throw new UnsupportedOperationException();
    }
  }

  private static Split split(int size) {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i == 0 ? -1 : i % 2;
    }
    return ColumnSplit.of(
        size,
        new Column(X, EmbeddingTest::x),
        Column.numbers(Field.LABEL, labels),
        new Column(
            Field.of(Field.FILE, FieldType.TEXT),
            i -> Value.of(i == 1 ? "" : "a\nfile-" + i + ".png")));
  }

  private static Value x(int record) {
    return Tensors.floats(new long[] {2}, record, 1f / (3 + record));
  }

  private static Data data(String fingerprint) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, split(TRAIN));
    splits.put(Dataset.TEST, split(TEST));
    splits.put(Dataset.REVEALED, split(9));
    return new Data(splits, fingerprint);
  }

  private static FrozenModel model(float w) {
    ParameterStore store = new ParameterStore();
    store.put("w", new ParameterStore.Entry(Tensors.floats(new long[] {1}, w), Layout.PLAIN));
    return new FrozenModel(List.of(EMBED), store);
  }

  private record Provider() implements DatasetProvider {
    @Override
    public String id() {
      return "lines";
    }

    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Dataset open(DatasetProvider.Request request) {
      throw new UnsupportedOperationException();
    }
  }

  private static Choices choices() {
    return new Resolver(Catalogue.of(List.of(new Fake(), new Provider())))
        .resolve(
            new Request("fake", "lines", Optional.empty(), List.of(), Overrides.NONE),
            DataSummary.of(data("d")));
  }

  private static Embedding embedding(float w, String data, BooleanSupplier stop, String... more) {
    Embedding.Wanted wanted =
        new Embedding.Wanted(
            "embed",
            more.length > 0 ? Optional.of(more[0]) : Optional.empty(),
            more.length > 1 ? List.of(more[1]) : List.of());
    return new Embedding(model(w), choices(), data(data), wanted, Monitor.SILENT, line -> {}, stop);
  }

  private static Embedding embedding() {
    return embedding(3, "d", () -> false);
  }

  private Target target(String name) {
    return new Target(folder.resolve(name), Shard.WHOLE);
  }

  private static List<byte[]> bytes(Embedded done) {
    return done.files().stream().map(EmbeddingTest::bytes).toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(Embedded one, Embedded other) {
    assertThat(bytes(other)).hasSameSizeAs(bytes(one));
    for (int i = 0; i < bytes(one).size(); i++) {
      assertThat(bytes(other).get(i)).isEqualTo(bytes(one).get(i));
    }
    assertThat(other.rows()).isEqualTo(one.rows());
    assertThat(other.shape()).isEqualTo(one.shape());
  }

  @Test
  void allRowsOfAllSplitsAreThere() throws IOException {
    Embedded done = embedding().write(target("e.npy"), false);
    assertThat(done.files()).containsExactly(folder.resolve("e.npy"), folder.resolve("e.csv"));
    assertThat(done.rows()).isEqualTo(TRAIN + TEST);
    float[] values = Tensors.floats(Npy.read(folder.resolve("e.npy")).value());
    assertThat(values).hasSize(2 * (TRAIN + TEST));
    for (int row = 0; row < TRAIN + TEST; row++) {
      float[] x = Tensors.floats(x(row < TRAIN ? row : row - TRAIN));
      assertThat(values[2 * row]).isEqualTo(3 * x[0]);
      assertThat(values[2 * row + 1]).isEqualTo(3 * x[1]);
    }
    assertThat(Files.readString(folder.resolve("e.csv")))
        .startsWith(
            "row,split,id,label\n0,train,\"a\nfile-0.png\",\n1,train,train:1,odd\n"
                + "2,train,\"a\nfile-2.png\",\"even, \"\"so\"\"\"\n")
        .contains("\n" + (TRAIN + 1) + ",test,test:1,odd\n");
    assertThat(folder).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void formsHoldTheSame() throws IOException {
    embedding().write(target("e.npy"), false);
    embedding().write(target("f.safetensors"), false);
    embedding().write(target("g.csv"), false);
    assertThat(Safetensors.read(folder.resolve("f.safetensors")).get("embedding"))
        .isEqualTo(Npy.read(folder.resolve("e.npy")).value());
    assertThat(bytes(folder.resolve("f.csv"))).isEqualTo(bytes(folder.resolve("e.csv")));
    assertThat(Files.readString(folder.resolve("g.csv")))
        .startsWith("row,split,id,label,e0,e1\n0,train,\"a\nfile-0.png\",,0.0,1.0\n")
        .contains("\n1,train,train:1,odd,3.0,0.75\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {".npy", ".csv", ".safetensors"})
  void stoppedAfterEachBatchItIsTheSame(String ending) {
    Embedded one = embedding().write(target("one" + ending), false);
    Target target = target("stopped" + ending);
    for (int batch = 1; batch < BATCHES; batch++) {
      assertThatThrownBy(() -> embedding(3, "d", () -> true).write(target, false))
          .isInstanceOf(Interruption.class)
          .hasMessageContaining(" of " + (TRAIN + TEST));
      assertThat(target.main()).doesNotExist();
    }
    assertSame(one, embedding(3, "d", () -> true).write(target, false));
  }

  /** What a process wrote behind its last word on how far it is, and then was killed. */
  @ParameterizedTest
  @ValueSource(strings = {".npy", ".csv", ".safetensors"})
  void whatAKilledProcessWroteLastIsWrittenAgain(String ending) throws IOException {
    Embedded one = embedding().write(target("one" + ending), false);
    Target target = target("killed" + ending);
    assertThatThrownBy(() -> embedding(3, "d", () -> true).write(target, false))
        .isInstanceOf(Interruption.class);
    for (String name : List.of("main", "table")) {
      Path file = target.draft().resolve(name);
      if (Files.exists(file)) {
        Files.writeString(
            file,
            Files.readString(file, StandardCharsets.ISO_8859_1) + "half a r",
            StandardCharsets.ISO_8859_1);
      }
    }
    assertSame(one, embedding().write(target, false));
  }

  /** Killed between the moves of two files. */
  @Test
  void whatIsMovedHalfIsMovedToItsEnd() throws IOException {
    Embedded one = embedding().write(target("one.npy"), false);
    Target target = target("moved.npy");
    try (Draft draft = Draft.open(target, false)) {
      draft.goOn();
      List<Piece> pieces = List.of(new Piece("train", TRAIN), new Piece("test", TEST));
      Subject subject =
          new Subject("fake", hash(), "d", "embed", "embedding", pieces, Inference.BATCH);
      draft.append(ByteBuffer.wrap(bytes(folder.resolve("one.npy"))), new byte[0]);
      draft.save(subject, one.rows(), one.rows(), List.of(2L));
      Files.delete(target.draft().resolve("table"));
    }
    Files.copy(folder.resolve("one.csv"), folder.resolve("moved.csv"));
    assertSame(one, embedding().write(target, false));
    assertThat(target.draft()).doesNotExist();
  }

  private static String hash() {
    return ModelHash.of(model(3), choices());
  }

  @ParameterizedTest
  @ValueSource(strings = {".npy", ".csv", ".safetensors"})
  void shardsJoinToTheSame(String ending) {
    Embedded one = embedding().write(target("one" + ending), false);
    for (int count = 2; count <= BATCHES; count++) {
      Path file = folder.resolve("joined" + count + ending);
      List<Integer> order = new ArrayList<>();
      for (int shard = 0; shard < count; shard++) {
        order.add(0, shard);
      }
      for (int shard : order) {
        Target part = new Target(file, new Shard(shard, count));
        if (shard == 0 && count < 4) { // a shard of several batches, stopped in between
          assertThatThrownBy(() -> embedding(3, "d", () -> true).write(part, false))
              .isInstanceOf(Interruption.class);
        }
        embedding().write(part, false);
      }
      assertSame(one, new Merge(file).write(false));
    }
  }

  @Test
  void partsThatDoNotFitAreNamed() throws IOException {
    Path file = folder.resolve("e.npy");
    assertThatThrownBy(() -> new Merge(file).write(false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no parts of it are there (as e.0-of-4.npy)");
    embedding().write(new Target(file, new Shard(0, 3)), false);
    embedding(4, "d", () -> false).write(new Target(file, new Shard(1, 3)), false);
    assertThatThrownBy(() -> new Merge(file).write(false))
        .hasMessageContaining("1 of 3 parts are missing: ")
        .hasMessageContaining("e.2-of-3.npy; make them with --shard 2/3");
    embedding().write(new Target(file, new Shard(2, 3)), false);
    assertThatThrownBy(() -> new Merge(file).write(false))
        .hasMessageContaining("e.1-of-3.npy differs from ")
        .hasMessageContaining("e.0-of-3.npy in model; embed one");
    embedding(3, "other", () -> false).write(new Target(file, new Shard(1, 3)), true);
    assertThatThrownBy(() -> new Merge(file).write(false))
        .hasMessageContaining("e.0-of-3.npy in data; embed one");
    embedding().write(new Target(file, new Shard(1, 3)), true);
    Files.write(folder.resolve("e.1-of-3.npy"), new byte[99]);
    assertThatThrownBy(() -> new Merge(file).write(false))
        .hasMessageContaining("e.1-of-3.npy is not what e.1-of-3.json says of it");
    embedding().write(new Target(file, new Shard(1, 3)), true);
    embedding().write(new Target(file, new Shard(1, 2)), false);
    assertThatThrownBy(() -> new Merge(file).write(false))
        .hasMessageContaining("several divisions, n-of-2, n-of-3");
    assertThat(file).doesNotExist();
  }

  @Test
  void nothingIsOverwrittenUnasked() throws IOException {
    Files.writeString(folder.resolve("e.csv"), "mine");
    assertThatThrownBy(() -> embedding().write(target("e.npy"), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("e.csv is already there; pass --force to overwrite it");
    assertThat(folder.resolve("e.csv")).hasContent("mine");
    assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    embedding().write(target("e.npy"), true);
    byte[] before = bytes(folder.resolve("e.npy"));
    embedding(4, "d", () -> false).write(target("e.npy"), true);
    assertThat(bytes(folder.resolve("e.npy"))).isNotEqualTo(before);
  }

  @Test
  void anotherModelDoesNotGoOn() {
    Target target = target("e.npy");
    assertThatThrownBy(() -> embedding(3, "d", () -> true).write(target, false))
        .isInstanceOf(Interruption.class);
    assertThatThrownBy(() -> embedding(4, "d", () -> false).write(target, false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("e.npy.draft holds an unfinished file that differs in model; ");
    assertThatThrownBy(() -> embedding(3, "e", () -> false).write(target, false))
        .hasMessageContaining("that differs in data; ");
    assertThatThrownBy(() -> embedding(3, "d", () -> false, "map").write(target, false))
        .hasMessageContaining("that differs in function; ");
    assertThatThrownBy(
            () -> embedding(3, "d", () -> false, "embedding", "test").write(target, false))
        .hasMessageContaining("that differs in splits; ");
    embedding().write(target, false);
  }

  @Test
  @SuppressWarnings("try") // the lock is held, not used
  void oneProcessAtATime() {
    Target target = target("e.npy");
    try (FolderLock lock = FolderLock.take(target.draft())) {
      assertThatThrownBy(() -> embedding().write(target, false))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("e.npy.draft is in use by");
    }
    embedding().write(target, false);
  }

  @Test
  void outputsOfAnyShapeAreFlattened() {
    Embedded maps = embedding(3, "d", () -> false, "map", "test").write(target("m.npy"), false);
    assertThat(maps.shape()).containsExactly(2L, 2L);
    assertThat(maps.columns()).isEqualTo(4);
    assertThat(Npy.read(folder.resolve("m.npy")).shape()).containsExactly((long) TEST, 4L);
    Embedded sums = embedding(3, "d", () -> false, "sum").write(target("s.npy"), false);
    assertThat(sums.shape()).isEmpty();
    assertThat(Npy.read(folder.resolve("s.npy")).shape()).containsExactly(TRAIN + TEST + 0L, 1L);
  }

  @Test
  void whatMakesNoRowsIsRefused() {
    assertThatThrownBy(() -> embedding(3, "d", () -> false, "all").write(target("e.npy"), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("function 'embed' makes no row of each record (all of 250 records");
    assertThatThrownBy(() -> embedding(3, "d", () -> false, "none"))
        .hasMessageContaining("function 'embed' has no output 'none'");
    assertThatThrownBy(() -> embedding(3, "d", () -> false, "sum", "validation"))
        .hasMessageContaining("has no split 'validation'");
    assertThatThrownBy(() -> embedding(3, "d", () -> false, "sum", "revealed"))
        .hasMessageContaining("name that in --split");
    assertThatThrownBy(
            () -> embedding().write(new Target(folder.resolve("e.npy"), new Shard(6, 7)), false))
        .hasMessageContaining("--shard 6/7: the data have 6 batches of 250 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4/4", "-1/4", "1", "1/0", "a/b", "1/2/3", ""})
  void aShardIsOneOfSome(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--shard takes i/n with i from 0 to n - 1");
  }

  private static final Field ANY = Field.of("v", FieldType.FLOAT32, -1);

  /** Sum and sum of squares of a record of any length, and its negative. */
  private static ModelFunction sums(Field input) {
    return new ModelFunction(
        "embed",
        List.of(input),
        (scope, batch) -> {
          Ops tf = scope.tf();
          Operand<TFloat32> v = batch.floats("v");
          Operand<TFloat32> w = scope.weight("w", Layout.PLAIN, Initializers.zeros(), 1).value();
          var axis = tf.constant(1);
          Operand<TFloat32> sum = tf.math.mul(w, tf.sum(v, axis));
          Operand<TFloat32> squares = tf.sum(tf.math.square(v), axis);
          return Map.of(
              "embedding",
              tf.stack(List.of(sum, squares), Stack.axis(1L)),
              "negative",
              tf.math.neg(v));
        });
  }

  private static Data lengths() {
    Map<String, Split> splits = new LinkedHashMap<>();
    for (String name : List.of(Dataset.TRAIN, Dataset.TEST)) {
      splits.put(
          name,
          ColumnSplit.of(
              5,
              new Column(
                  ANY,
                  i -> {
                    float[] all = new float[1 + i % 3];
                    java.util.Arrays.fill(all, i);
                    return Tensors.floats(new long[] {all.length}, all);
                  })));
    }
    return new Data(splits, "lengths");
  }

  private static Embedding anySize(Field input, String output, BooleanSupplier stop) {
    FrozenModel model = new FrozenModel(List.of(sums(input)), model(3).store());
    Embedding.Wanted wanted = new Embedding.Wanted("embed", Optional.of(output), List.of());
    return new Embedding(model, choices(), lengths(), wanted, Monitor.SILENT, line -> {}, stop);
  }

  @Test
  void recordsOfAnySizeAreEmbeddedOneByOne() {
    Embedded one = anySize(ANY, "embedding", () -> false).write(target("one.npy"), false);
    float[] values = Tensors.floats(Npy.read(folder.resolve("one.npy")).value());
    assertThat(values).hasSize(20);
    for (int row = 0; row < 10; row++) {
      int i = row % 5;
      assertThat(values[2 * row]).isEqualTo(3f * i * (1 + i % 3));
      assertThat(values[2 * row + 1]).isEqualTo(1f * i * i * (1 + i % 3));
    }
    Target stopped = target("stopped.npy");
    for (int row = 1; row < 10; row++) {
      assertThatThrownBy(() -> anySize(ANY, "embedding", () -> true).write(stopped, false))
          .isInstanceOf(Interruption.class)
          .hasMessageContaining(" of 10");
    }
    assertSame(one, anySize(ANY, "embedding", () -> true).write(stopped, false));
    Path joined = folder.resolve("joined.npy");
    for (int shard = 0; shard < 3; shard++) {
      Target part = new Target(joined, new Shard(shard, 3));
      anySize(ANY, "embedding", () -> false).write(part, false);
    }
    assertSame(one, new Merge(joined).write(false));
  }

  @Test
  void sizesThatMakeNoMatrixAreRefused() {
    assertThatThrownBy(() -> anySize(ANY, "negative", () -> false).write(target("e.npy"), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("makes rows of shape [1] and [2], which are no matrix");
    Field fixed = Field.of("v", FieldType.FLOAT32, 2);
    assertThatThrownBy(() -> anySize(fixed, "embedding", () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("field 'v' differs in size from record to record [-1], so function");
  }
}
