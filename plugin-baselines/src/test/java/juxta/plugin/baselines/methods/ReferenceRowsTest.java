package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.plugin.baselines.encoders.ResNetSmall;
import juxta.plugin.baselines.encoders.VitMini;
import juxta.testkit.StandInTask;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The rows that show what no training gives. */
class ReferenceRowsTest {
  private static FakeSetup setup(Encoder encoder, int side) {
    return new FakeSetup(new TrialImages(9, side), encoder, 1, 0, Map.of());
  }

  /** The weights of the model's embedding, by name. */
  private static Map<String, float[]> weights(FakeSetup setup, long seed) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "inference");
      new Untrained()
          .plan(setup)
          .functions()
          .get(0)
          .body()
          .apply(builder.root().frozen(), Trials.images(builder.root(), setup, 2));
      Map<String, float[]> weights = new TreeMap<>();
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session
            .read(builder.parameters().stream().map(p -> p.name()).toList())
            .forEach((name, value) -> weights.put(name, Tensors.floats(value)));
      }
      return weights;
    }
  }

  @Test
  void untrainedWeightsDependOnTheSeedAlone() {
    Map<String, float[]> first = weights(setup(new VitMini(), 32), 5);
    Map<String, float[]> again = weights(setup(new VitMini(), 32), 5);
    Map<String, float[]> other = weights(setup(new VitMini(), 32), 6);

    assertThat(again).containsOnlyKeys(first.keySet());
    first.forEach((name, value) -> assertThat(again.get(name)).containsExactly(value));
    assertThat(other.get("encoder.blocks.0.attn.qkv.weight"))
        .isNotEqualTo(first.get("encoder.blocks.0.attn.qkv.weight"));
  }

  @Test
  void savedNamesAreTheEcosystems() {
    assertThat(weights(setup(new VitMini(), 32), 1))
        .containsKeys(
            "encoder.cls_token",
            "encoder.pos_embed",
            "encoder.patch_embed.proj.weight",
            "encoder.blocks.3.mlp.fc2.bias",
            "encoder.norm.weight")
        .allSatisfy((name, value) -> assertThat(name).startsWith("encoder."));
    assertThat(weights(setup(new ResNetSmall(), 32), 1))
        .containsKeys(
            "encoder.conv1.weight", "encoder.bn1.running_mean", "encoder.layer1.0.conv1.weight");
  }

  @Test
  void untrainedDoesNothing() {
    Plan plan = new Untrained().plan(setup(new TinyEncoder(), 4));
    assertThat(plan.phases()).isEmpty();
    assertThat(new Untrained().preset(Method.PAPER, setup(new TinyEncoder(), 32).summary()))
        .containsEntry("encoder", "resnet18")
        .containsEntry("encoder.stem", "cifar");
    assertThat(new Untrained().preset(Method.SMALL, setup(new TinyEncoder(), 32).summary()))
        .containsEntry("encoder", "resnet-small")
        .doesNotContainKey("encoder.stem");
  }

  @Test
  void pixelsAreCentredOverTheTrainingData() {
    FakeSetup setup = setup(new TinyEncoder(), 4);
    Plan plan = new Pixels().plan(setup);
    StandInTask task = new StandInTask(setup.data());
    ((Phase.Task) plan.phases().get(0)).body().accept(task);

    float[] features = pixels(setup, plan, task.written());

    assertThat(new Pixels().usesEncoder()).isFalse();
    assertThat(features).hasSize(9 * 48);
    for (int p = 0; p < 48; p++) {
      double mean = 0;
      for (int i = 0; i < 9; i++) {
        mean += features[48 * i + p] / 9;
      }
      assertThat(mean).isCloseTo(0, within(1e-6));
    }
    var first = setup.data().train().value(Field.IMAGE, 0).data();
    var second = setup.data().train().value(Field.IMAGE, 1).data();
    for (int p = 0; p < 48; p++) {
      assertThat((double) features[p] - features[48 + p])
          .isCloseTo(((first.get(p) & 0xff) - (second.get(p) & 0xff)) / 255.0, within(1e-5));
    }
  }

  private static float[] pixels(FakeSetup setup, Plan plan, Map<String, Value> parameters) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      Operand<TFloat32> embedding =
          plan.functions()
              .get(0)
              .body()
              .apply(builder.root().frozen(), Trials.images(builder.root(), setup, 9))
              .get(ModelFunction.EMBEDDING);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        assertThat(builder.parameters())
            .extracting(p -> p.name())
            .hasSameElementsAs(parameters.keySet());
        parameters.forEach(session::write);
        return session.floats(embedding);
      }
    }
  }

  /** Evaluators may ask for images as large as they are. */
  @Test
  void pixelsOfImagesOfOtherSizesAreStretched() {
    FakeSetup setup = setup(new TinyEncoder(), 4);
    Plan plan = new Pixels().plan(setup);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      Ops tf = builder.root().tf();
      int[] pixels = new int[7 * 5 * 3];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 51 * (1 + i % 3); // each channel has one value everywhere
      }
      Operand<TUint8> images =
          tf.dtypes.cast(
              tf.reshape(tf.constant(pixels), tf.constant(new int[] {1, 7, 5, 3})), TUint8.class);
      Operand<TFloat32> embedding =
          plan.functions()
              .get(0)
              .body()
              .apply(builder.root().frozen(), Batch.of(Field.IMAGE, images))
              .get(ModelFunction.EMBEDDING);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] found = session.floats(embedding); // the mean is still zero
        assertThat(found).hasSize(48);
        for (int i = 0; i < 48; i++) {
          assertThat(found[i]).isCloseTo(0.2f * (1 + i % 3), within(1e-6f));
        }
      }
    }
  }

  @Test
  void pixelsNeedImagesOfOneSize() {
    Dataset data =
        new Dataset() {
          @Override
          public String id() {
            return "mixed-bag";
          }

          @Override
          public DataKind kind() {
            return DataKind.IMAGES;
          }

          @Override
          public Map<String, Split> splits() {
            return Map.of(TRAIN, new Unequal());
          }

          @Override
          public List<String> classes() {
            return List.of();
          }

          @Override
          public String fingerprint() {
            return "0";
          }
        };
    assertThatThrownBy(
            () -> new Pixels().plan(new FakeSetup(data, new TinyEncoder(), 1, 0, Map.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mixed-bag")
        .hasMessageContaining("size");
  }

  /** Images of no common size. */
  private record Unequal() implements Split {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public List<Field> fields() {
      return List.of(Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 3));
    }

    @Override
    public Value value(String field, int record) {
      throw new UnsupportedOperationException();
    }
  }
}
