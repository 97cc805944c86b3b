package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialSetup;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The tuning of a small network on eight images of four instances, the same batch in each step. */
final class Trials {
  static final int WIDTH = 6;
  static final int SIDE = 8;
  private static final int BATCH = 8;

  private Trials() {}

  static StepRig rig(String... settings) {
    return StepRig.of(new Iir(Arm.CLASSIFIER_AP), setup(settings)).open();
  }

  static String moment(String parameter) {
    return "optimizer.first-moment." + parameter;
  }

  /** Parameters whose name begins with one of these. */
  static Map<String, float[]> weights(StepRig rig, String... beginnings) {
    Map<String, float[]> weights = new TreeMap<>(rig.state());
    weights.keySet().removeIf(name -> List.of(beginnings).stream().noneMatch(name::startsWith));
    return weights;
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
    ModelFunction embed =
        new Iir(Arm.CLASSIFIER_AP)
            .plan(setup(settings)).functions().stream()
                .filter(f -> f.name().equals(ModelFunction.EMBED))
                .findFirst()
                .orElseThrow();
    float[] all =
        Graphs.floats(
            scope -> embed.body().apply(scope, batch(scope)).get(ModelFunction.EMBEDDING));
    float[][] rows = new float[BATCH][all.length / BATCH];
    for (int i = 0; i < all.length; i++) {
      rows[i / rows[0].length][i % rows[0].length] = all[i];
    }
    return rows;
  }

  private static Batch batch(GraphScope scope) {
    Split split = new Pictures().train();
    int[] pixels = new int[BATCH * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int length = pixels.length / BATCH;
      pixels[i] = split.value(Field.IMAGE, i / length).data().get(i % length) & 0xFF;
    }
    var tf = scope.tf();
    return Batch.of(
        Field.IMAGE,
        tf.dtypes.cast(
            tf.reshape(tf.constant(pixels), scope.ints(BATCH, SIDE, SIDE, 3)), TUint8.class));
  }

  /** What a picture shows. */
  static int instance(int picture) {
    return new Pictures().train().value(Field.INSTANCE, picture).number();
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
