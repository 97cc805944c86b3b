package juxta.plugin.baselines.augmentations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.View;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.types.TUint8;

class RecipesTest {
  private static final int B = 4;
  private static final DataSummary DATA =
      new DataSummary(
          "test",
          DataKind.IMAGES,
          List.of(Field.of(Field.IMAGE, FieldType.UINT8, 32, 32, 3)),
          Map.of("train", 10),
          10);

  static Stream<Augmentation> all() {
    return Stream.of(
        new SimclrViews(),
        new SimclrCifarViews(),
        new MocoViews(),
        new ByolViews(),
        new CifarViews(),
        new CropFlip(),
        new NoAugmentation());
  }

  private static Augmentation named(String id) {
    return all().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  private static float[] view(Augmentation augmentation, int[] bytes, View view) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      var tf = builder.root().tf();
      var images =
          tf.dtypes.cast(
              tf.reshape(tf.constant(bytes), tf.constant(new int[] {B, 32, 32, 3})), TUint8.class);
      Batch batch =
          augmentation.apply(
              builder.root(), Batch.of(Field.IMAGE, images), view, DATA, Settings.DEFAULTS);
      int side = augmentation.side(view.kind(), DATA, Settings.DEFAULTS);
      assertThat(batch.image().shape().asArray()).containsExactly(B, side, side, 3);
      try (GraphSession session = new GraphSession(builder)) {
        return session.floats(batch.image());
      }
    }
  }

  private static int[] bytes() {
    return new Random(1).ints(B * 32 * 32 * 3, 0, 256).toArray();
  }

  @Test
  void theModuleProvidesThemUnderTheirIds() {
    assertThat(all().map(Augmentation::id))
        .containsExactly("simclr", "simclr-cifar", "mocov2", "byol", "cifar", "crop-flip", "none");
    var provided =
        SimclrViews.class.getModule().getDescriptor().provides().stream()
            .filter(p -> p.service().equals(Augmentation.class.getName()))
            .flatMap(p -> p.providers().stream());
    assertThat(provided).containsAll(all().map(a -> a.getClass().getName()).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRecipeMakesEveryView(Augmentation augmentation) {
    for (View view :
        List.of(View.global(0), View.global(1), View.local(0), View.PROBE, View.EVALUATION)) {
      for (float value : view(augmentation, bytes(), view)) {
        assertThat(value).isBetween(-2.6f, 2.8f);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simclr", "simclr-cifar"})
  void simclrKeepsValuesBetweenZeroAndOne(String id) {
    for (float value : view(named(id), bytes(), View.global(0))) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void numbersAreThoseOfThePapers() {
    assertThat(defaults("simclr-cifar"))
        .contains("crop-min=0.08", "jitter-brightness=0.4", "jitter-hue=0.1", "blur=0.0")
        .contains("gray=0.2", "normalisation=none", "sampling=bicubic");
    assertThat(defaults("simclr")).contains("jitter-brightness=0.8", "jitter-hue=0.2", "blur=0.5");
    assertThat(defaults("mocov2")).contains("crop-min=0.2", "blur=0.5", "normalisation=imagenet");
    assertThat(defaults("byol"))
        .contains("jitter-saturation=0.2", "blur=1.0", "blur-second=0.1")
        .contains("solarize=0.0", "solarize-second=0.2");
    assertThat(defaults("cifar")).contains("normalisation=cifar", "blur=0.0");
  }

  private static List<String> defaults(String id) {
    return named(id).settings().stream().map(Setting::toString).toList();
  }

  @Test
  void noneShowsTheWholeImage() {
    int[] bytes = bytes();
    float[] view = view(named("none"), bytes, View.global(0));
    assertThat(view).containsExactly(view(named("none"), bytes, View.EVALUATION), within(1e-5f));
    assertThat(Arrays.equals(view(named("crop-flip"), bytes, View.global(0)), view)).isFalse();
  }
}
