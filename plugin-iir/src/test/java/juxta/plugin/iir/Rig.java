package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.testkit.TrialSetup;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The tuning of a small network on eight images of four instances, the same batch in each step. */
final class Rig implements AutoCloseable {
  static final int WIDTH = 6;
  static final int SIDE = 8;
  private static final int BATCH = 8;

  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 1, "tune");
  private final Map<String, Placeholder<? extends TType>> placeholders = new HashMap<>();
  private final GraphSession session;
  private final TrainingPhase phase;
  private final Step step;
  private long number;

  Rig(String... settings) {
    Plan plan = new Iir(Arm.CLASSIFIER_AP).plan(setup(settings));
    phase = ((Phase.Training) plan.phases().get(0)).create().apply(Path.of(""));
    step = phase.step().apply(new Context(this, batch(builder.root())));
    session = new GraphSession(builder);
    session.initialize();
  }

  static String moment(String parameter) {
    return "optimizer.first-moment." + parameter;
  }

  static TrialSetup setup(String... settings) {
    Map<String, String> all =
        new TreeMap<>(Map.of("weights", "init", "per-instance", "2", "whitening", "none"));
    for (String pair : settings) {
      all.put(pair.split("=")[0], pair.substring(pair.indexOf(61) + 1));
    }
    return new TrialSetup(new Pictures(), BATCH, 1, all) {
      @Override
      public Network encoder(GraphScope scope) {
        return new Small(scope);
      }

      @Override
      public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
        return new AveragePrecisionLoss()
            .apply(scope, comparison, Settings.of(Map.of("bins", "10")));
      }
    };
  }

  /** What the function embed makes of the pictures. */
  static float[][] embedded(String... settings) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      ModelFunction embed =
          new Iir(Arm.CLASSIFIER_AP)
              .plan(setup(settings)).functions().stream()
                  .filter(f -> f.name().equals(ModelFunction.EMBED))
                  .findFirst()
                  .orElseThrow();
      Operand<TFloat32> d =
          embed.body().apply(builder.root(), batch(builder.root())).get(ModelFunction.EMBEDDING);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] all = session.floats(d);
        float[][] rows = new float[BATCH][all.length / BATCH];
        for (int i = 0; i < all.length; i++) {
          rows[i / rows[0].length][i % rows[0].length] = all[i];
        }
        return rows;
      }
    }
  }

  /** What a picture shows. */
  static int instance(int picture) {
    return new Pictures().train().value(Field.INSTANCE, picture).number();
  }

  private static Batch batch(GraphScope scope) {
    Pictures data = new Pictures();
    int[] pixels = new int[BATCH * SIDE * SIDE * 3];
    int[] instances = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      ByteBuffer bytes = data.train().value(Field.IMAGE, i).data();
      for (int j = 0; j < bytes.limit(); j++) {
        pixels[i * bytes.limit() + j] = bytes.get(j) & 0xFF;
      }
      instances[i] = data.train().value(Field.INSTANCE, i).number();
    }
    var tf = scope.tf();
    return new Batch(
        Map.of(
            Field.IMAGE,
            tf.dtypes.cast(
                tf.reshape(tf.constant(pixels), tf.constant(new int[] {BATCH, SIDE, SIDE, 3})),
                TUint8.class),
            Field.INSTANCE,
            tf.constant(instances)));
  }

  /** Takes a step; tells its loss. */
  float step() {
    session.step(number);
    phase.schedules().forEach((n, s) -> session.scalar(n, s.at(number, List.of())));
    number++;
    float[] loss = new float[1];
    step.program().run(new Runs(this, loss), Map.of());
    return loss[0];
  }

  /** Parameters whose name begins with one of these. */
  Map<String, float[]> weights(String... beginnings) {
    List<String> names =
        builder.parameters().stream()
            .map(p -> p.name())
            .filter(name -> List.of(beginnings).stream().anyMatch(name::startsWith))
            .toList();
    Map<String, float[]> weights = new TreeMap<>();
    session.read(names).forEach((name, value) -> weights.put(name, Tensors.floats(value)));
    return weights;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private record Runs(Rig rig, float[] loss) implements Step.Runner {
    @Override
    public Map<String, Value> run(String name, Map<String, Value> feeds) {
      Step.Run run =
          rig.step.runs().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
      Map<String, Value> found = new LinkedHashMap<>();
      List<String> names = List.copyOf(run.fetches().keySet());
      List<Value> values =
          fed(
              feeds,
              names.stream().<Operand<?>>map(n -> run.fetches().get(n)).toList(),
              run.targets());
      for (int i = 0; i < names.size(); i++) {
        found.put(names.get(i), values.get(i));
      }
      return found;
    }

    @Override
    public void train(Map<String, Value> feeds) {
      loss[0] =
          Tensors.floats(
              fed(feeds, List.of(rig.step.outputs().get(Step.LOSS)), rig.builder.updates()).get(0))[
              0];
    }

    private List<Value> fed(
        Map<String, Value> feeds, List<? extends Operand<?>> fetches, List<Op> targets) {
      Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
      feeds.forEach((name, value) -> tensors.put(rig.placeholders.get(name), Tensors.of(value)));
      try {
        return rig.session.values(tensors, fetches, targets);
      } finally {
        tensors.values().forEach(Tensor::close);
      }
    }
  }

  private record Context(Rig rig, Batch records) implements StepContext {
    @Override
    public GraphScope scope() {
      return rig.builder.root();
    }

    @Override
    public Batch batch(String stream) {
      return records;
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      Placeholder<T> placeholder =
          scope().tf().placeholder(type, Placeholder.shape(Shape.of(shape)));
      rig.placeholders.put(name, placeholder);
      return placeholder;
    }
  }

  /** Two convolutions with batch normalisation. */
  private static final class Small implements Network {
    private final GraphScope scope;
    private final Conv2d conv1;
    private final BatchNorm bn1;
    private final Conv2d conv2;
    private final BatchNorm bn2;

    Small(GraphScope scope) {
      this.scope = scope;
      conv1 = new Conv2d(scope.sub("conv1"), 3, 5, 3, 2);
      bn1 = new BatchNorm(scope.sub("bn1"), 5);
      conv2 = new Conv2d(scope.sub("conv2"), 5, WIDTH, 3, 1);
      bn2 = new BatchNorm(scope.sub("bn2"), WIDTH);
    }

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      var tf = scope.tf();
      Operand<TFloat32> x = tf.nn.relu(bn1.apply(conv1.apply(input), pass));
      x = tf.nn.relu(bn2.apply(conv2.apply(x), pass));
      return new Features(tf.math.mean(x, scope.ints(1, 2)), Map.of(Features.FEATURE_MAP, x));
    }
  }

  /** Eight pictures of four instances, as many of each. */
  record Pictures() implements Dataset {
    @Override
    public String id() {
      return "pictures";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(TRAIN, new Drawn());
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public String fingerprint() {
      return "0";
    }
  }

  private record Drawn() implements Split {
    @Override
    public int size() {
      return BATCH;
    }

    @Override
    public List<Field> fields() {
      return new ArrayList<>(
          List.of(
              Field.of(Field.IMAGE, FieldType.UINT8, SIDE, SIDE, 3),
              Field.of(Field.INSTANCE, FieldType.INT32)));
    }

    @Override
    public Value value(String field, int record) {
      if (field.equals(Field.INSTANCE)) {
        return Value.of(record % 4);
      }
      Random random = new Random(record);
      byte[] pixels = new byte[SIDE * SIDE * 3];
      random.nextBytes(pixels);
      return new Value(
          FieldType.UINT8, field(field).shape(), ByteBuffer.wrap(pixels).asReadOnlyBuffer());
    }
  }
}
