package juxta.plugin.grass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class LossAttentionTest {
  private static final int N = 4;
  private static final int H = 4;
  private static final int W = 3;
  private static final int D = 6;
  private static final int SIDE = 32;

  private static List<float[]> run(Function<GraphScope, List<Operand<TFloat32>>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      List<Operand<TFloat32>> wanted = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.values(Map.of(), wanted, List.of()).stream().map(Tensors::floats).toList();
      }
    }
  }

  private static float[] features() {
    float[] features = Plain.random(5, 2 * N * H * W * D);
    for (int i = 0; i < features.length; i++) {
      features[i] = Math.max(0, features[i]);
    }
    return features;
  }

  private static Operand<TFloat32> map(GraphScope scope, float[] features) {
    return Graphs.tensor(scope, features, 2 * N, H, W, D);
  }

  /** L of h, with a head that has biases or none. */
  private static Operand<TFloat32> loss(
      GraphScope scope, String name, boolean biases, Operand<TFloat32> h) {
    Head g = Head.from(scope.sub(name), D).linear(8, biases).relu().linear(5, biases);
    return loss(scope, g.apply(h, Pass.TRAINING));
  }

  private static Operand<TFloat32> loss(GraphScope scope, Operand<TFloat32> z) {
    int n = (int) z.shape().get(0) / 2;
    return FakeSetup.ntXent(
        scope,
        Comparison.of(Similarity.cosine(scope, z, z), Targets.otherView(scope, n))
            .excluding(Targets.excludeSelf(scope, 2 * n)));
  }

  private static Operand<TFloat32> pooled(GraphScope scope, Operand<TFloat32> f) {
    return scope.tf().math.mean(f, scope.ints(1, 2));
  }

  private static List<CropBox> boxes(float[] maps) {
    return new CropChoice(H, W, SIDE, 0.5).all(maps);
  }

  @Test
  void referencesMapsAndCrops() {
    JsonNode file = Conformance.read("grass_crop");
    double tolerance = file.get("tolerance").asDouble();
    float[] features = Conformance.floats(file.at("/inputs/features")); // [6, 5, 4, 4]
    float[] projector = Conformance.floats(file.at("/inputs/projector"));
    List<float[]> found =
        run(
            scope -> {
              var tf = scope.tf();
              Operand<TFloat32> f = // [2N, h, w, C]
                  tf.linalg.transpose(
                      Graphs.tensor(scope, features, 6, 5, 4, 4), scope.ints(0, 2, 3, 1));
              Operand<TFloat32> z =
                  tf.linalg.matMul(pooled(scope, f), Graphs.tensor(scope, projector, 5, 6));
              Operand<TFloat32> loss = loss(scope, z);
              return List.of(loss, LossAttention.of(scope, loss, f));
            });
    assertThat((double) found.get(0)[0])
        .isCloseTo(file.at("/expected/loss").asDouble(), within(tolerance));
    assertThat(found.get(1))
        .containsExactly(
            Conformance.floats(file.at("/expected/attention_map")), within((float) tolerance));

    List<CropBox> boxes =
        new CropChoice(4, 4, 32, file.at("/inputs/threshold").asDouble()).all(found.get(1));
    float[] pixels = new float[6 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1000 * (i / 32 % 32) + i % 32;
    }
    float[] expected = Conformance.floats(file.at("/expected/cropped"));
    assertThat(crops(pixels, boxes, 32, 1)).containsExactly(expected);
    assertThat(boxes.stream().distinct().count()).isGreaterThan(2);
  }

  private static float[] crops(float[] pixels, List<CropBox> boxes, int side, int channels) {
    return Graphs.floats(
        scope ->
            Crops.of(
                scope,
                Graphs.tensor(scope, pixels, boxes.size(), side, side, channels),
                tensor(scope, boxes),
                side));
  }

  private static Operand<TInt32> tensor(GraphScope scope, List<CropBox> boxes) {
    int[] limits = Tensors.ints(Crops.value(boxes));
    return scope.tf().reshape(scope.tf().constant(limits), scope.ints(-1, 4));
  }

  @Test
  void cropsAreTheNearestPixelsOfTheirBox() {
    int side = 14;
    List<CropBox> boxes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int top = i % 7;
      int left = i * 5 % 11;
      boxes.add(
          new CropBox(top, top + 1 + i * 3 % (side - top), left, left + 1 + i % (side - left)));
    }
    boxes.add(CropBox.whole(side));
    float[] pixels = Plain.random(2, boxes.size() * side * side * 3);
    float[] crops = crops(pixels, boxes, side, 3);
    assertThat(crops).containsExactly(Plain.crops(pixels, boxes, side, 3));
    int view = side * side * 3;
    assertThat(Arrays.copyOfRange(crops, 20 * view, 21 * view)) // the whole view stays
        .containsExactly(Arrays.copyOfRange(pixels, 20 * view, 21 * view));
    double area =
        boxes.stream()
            .mapToInt(b -> (b.bottom() - b.top()) * (b.right() - b.left()))
            .average()
            .orElseThrow();
    assertThat((double) Graphs.floats(s -> Crops.area(s, tensor(s, boxes), side))[0])
        .isCloseTo(area / (side * side), within(1e-6));
  }

  /** Pooling spreads the gradient evenly, so one product over channels with dL / dh does. */
  @Test
  void oneProductWithTheGradientOfTheEmbeddingGivesTheSameBoxes() {
    List<float[]> found =
        run(
            scope -> {
              var tf = scope.tf();
              Operand<TFloat32> f = map(scope, features());
              Operand<TFloat32> h = pooled(scope, f);
              Operand<TFloat32> loss = loss(scope, "g", false, h);
              Operand<TFloat32> g = Gradients.of(scope, loss, List.of(h)).get(0);
              Operand<TFloat32> product =
                  tf.reduceSum(
                      tf.math.mul(f, tf.reshape(g, scope.ints(-1, 1, 1, D))), scope.ints(3));
              return List.of(LossAttention.of(scope, loss, f), product);
            });
    float[] maps = found.get(0);
    float[] products = found.get(1);
    assertThat(boxes(products)).isEqualTo(boxes(maps));
    assertThat(boxes(maps)).anyMatch(box -> !box.equals(CropBox.whole(SIDE)));
    for (int view = 0; view < 2 * N; view++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int i = view * H * W; i < (view + 1) * H * W; i++) {
        greatest = Math.max(greatest, products[i]);
      }
      for (int i = view * H * W; i < (view + 1) * H * W; i++) {
        assertThat(maps[i]).isCloseTo(products[i] / greatest, within(1e-4f));
      }
    }
  }

  /** The loss does not change with the length of z, so A has both signs. */
  @Test
  void withoutBiasesMapsSumToZero() {
    float[] maps =
        run(scope -> {
              Operand<TFloat32> f = map(scope, features());
              return List.of(LossAttention.of(scope, loss(scope, "g", false, pooled(scope, f)), f));
            })
            .get(0);
    for (int view = 0; view < 2 * N; view++) {
      float[] one = Arrays.copyOfRange(maps, view * H * W, (view + 1) * H * W);
      double sum = 0;
      double size = 0;
      float greatest = 0;
      for (float value : one) {
        sum += value;
        size += Math.abs(value);
        greatest = Math.max(greatest, value);
      }
      assertThat(greatest).isEqualTo(1); // divided by it, so it was above 0
      assertThat(sum / size).isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void aMultipleOfTheLossChoosesTheSameBoxes() {
    List<float[]> found =
        run(
            scope -> {
              Operand<TFloat32> f = map(scope, features());
              Operand<TFloat32> loss = loss(scope, "g", true, pooled(scope, f));
              List<Operand<TFloat32>> maps = new ArrayList<>();
              for (float factor : new float[] {1, 128, 0.37f, 1e-3f}) {
                maps.add(
                    LossAttention.of(scope, scope.tf().math.mul(loss, scope.constant(factor)), f));
              }
              return maps;
            });
    found.forEach(maps -> assertThat(boxes(maps)).isEqualTo(boxes(found.get(0))));
  }

  @Test
  void swappingTheViewsSwapsTheBoxes() {
    float[] features = features();
    float[] swapped = new float[features.length];
    int half = features.length / 2;
    System.arraycopy(features, half, swapped, 0, half);
    System.arraycopy(features, 0, swapped, half, half);
    List<List<CropBox>> boxes = new ArrayList<>();
    for (float[] views : List.of(features, swapped)) {
      boxes.add(
          boxes(
              run(scope -> {
                    Operand<TFloat32> f = map(scope, views);
                    return List.of(
                        LossAttention.of(scope, loss(scope, "g", true, pooled(scope, f)), f));
                  })
                  .get(0)));
    }
    List<CropBox> back = new ArrayList<>(boxes.get(1).subList(N, 2 * N));
    back.addAll(boxes.get(1).subList(0, N));
    assertThat(back).isEqualTo(boxes.get(0));
    assertThat(boxes.get(0).subList(0, N)).isNotEqualTo(boxes.get(0).subList(N, 2 * N));
  }

  /** Dividing by a negative value would show the lowest place as the highest. */
  @Test
  void aMapWithoutPositiveValuesIsFlat() {
    float[] maps =
        run(scope -> {
              Operand<TFloat32> f = map(scope, features());
              Operand<TFloat32> falling = // dL / dF is below 0 everywhere, F nowhere
                  scope.tf().math.neg(scope.tf().reduceSum(f, scope.ints(0, 1, 2, 3)));
              return List.of(LossAttention.of(scope, falling, f));
            })
            .get(0);
    assertThat(maps).containsOnly(0);
    assertThat(boxes(maps)).containsOnly(CropBox.whole(SIDE));
  }

  @Test
  void noGradientFlowsThroughMapsAndCrops() {
    List<float[]> found =
        run(
            scope -> {
              var tf = scope.tf();
              Operand<TFloat32> f = map(scope, features());
              Operand<TFloat32> maps =
                  LossAttention.of(scope, loss(scope, "g", true, pooled(scope, f)), f);
              List<CropBox> boxes = java.util.Collections.nCopies(2 * N, new CropBox(0, 2, 1, 3));
              Operand<TFloat32> crops =
                  Crops.of(
                      scope,
                      tf.slice(f, scope.ints(0, 0, 0, 0), scope.ints(-1, 3, 3, -1)),
                      tensor(scope, boxes),
                      3);
              Operand<TFloat32> loss =
                  tf.math.add(
                      tf.reduceSum(tf.math.square(maps), scope.ints(0, 1, 2)),
                      tf.reduceSum(tf.math.square(crops), scope.ints(0, 1, 2, 3)));
              return Gradients.of(scope, loss, List.of(f));
            });
    assertThat(found.get(0)).containsOnly(0);
  }

  @Test
  void gradientOfTheLossIsRight() {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            3,
            List.of(new long[] {2 * N, H, W, D}),
            (scope, inputs) -> {
              Head g = Head.from(scope.sub("g"), D).linear(8, true).linear(5, true);
              return scope
                  .tf()
                  .math
                  .mul(
                      loss(scope, g.apply(pooled(scope, inputs.get(0)), Pass.TRAINING)),
                      scope.constant(10));
            });
    assertThat(findings).hasSizeGreaterThan(12);
    assertThat(findings).allSatisfy(f -> assertThat(f.error()).as(f.toString()).isLessThan(1e-3));
  }
}
