package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.api.View;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class RecipeTest {
  private static final int B = 6;
  private static final int SIDE = 16;

  /** A recipe as a plug-in writes it. */
  private static final class Everything implements RecipeAugmentation {
    @Override
    public String id() {
      return "everything";
    }

    @Override
    public String summary() {
      return "all operations at once";
    }

    @Override
    public ViewRecipe recipe() {
      return ViewRecipe.CROP_FLIP
          .from("a test")
          .colours(new ColourJitter(0.8, 0.8, 0.8, 0.2, 0.8), 0.2)
          .blur(PerView.all(0.5), 0.2)
          .solarize(PerView.all(0.5))
          .sampling(Sampling.BICUBIC)
          .normalisation(Normalisation.NONE);
    }
  }

  private static DataSummary data(int side, int channels) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, channels)),
        Map.of("train", 10),
        2);
  }

  private static int[] bytes(int n, long seed) {
    return new Random(seed).ints(n, 0, 256).toArray();
  }

  private static Operand<TUint8> images(Ops tf, int[] bytes, int... shape) {
    return tf.dtypes.cast(tf.reshape(tf.constant(bytes), tf.constant(shape)), TUint8.class);
  }

  private static float[] view(
      long seed, long step, int[] bytes, int channels, View view, Map<String, String> settings) {
    return Run.at(
        seed,
        step,
        scope ->
            new Everything()
                .apply(
                    scope,
                    Batch.of(Field.IMAGE, images(scope.tf(), bytes, B, SIDE, SIDE, channels)),
                    view,
                    data(SIDE, channels),
                    Settings.of(settings))
                .image());
  }

  @Test
  void viewsRepeatBySeedAndStepAndStayInRange() {
    int[] x = bytes(B * SIDE * SIDE * 3, 1);
    float[] first = view(7, 3, x, 3, View.global(0), Map.of());
    assertThat(first).hasSize(B * SIDE * SIDE * 3);
    for (float value : first) {
      assertThat(value).isBetween(0f, 1f);
    }
    assertThat(view(7, 3, x, 3, View.global(0), Map.of())).containsExactly(first);
    assertThat(view(7, 4, x, 3, View.global(0), Map.of())).isNotEqualTo(first);
    assertThat(view(8, 3, x, 3, View.global(0), Map.of())).isNotEqualTo(first);
  }

  @Test
  void imagesAreDrawnAndChangedEachByItself() {
    int n = SIDE * SIDE * 3;
    int[] x = bytes(n * B, 1);
    for (int b = 1; b < B; b++) {
      System.arraycopy(x, 0, x, b * n, n);
    }
    float[] got = view(1, 0, x, 3, View.global(0), Map.of());
    float[] zero = Arrays.copyOf(got, n);
    for (int b = 1; b < B; b++) {
      assertThat(Arrays.copyOfRange(got, b * n, (b + 1) * n)).isNotEqualTo(zero);
    }
    Arrays.fill(x, n, 2 * n, 0); // another second image: the first view stays
    assertThat(Arrays.copyOf(view(1, 0, x, 3, View.global(0), Map.of()), n)).containsExactly(zero);
  }

  @Test
  void twoCallsInOneGraphAreTwoDraws() {
    int[] x = bytes(B * SIDE * SIDE * 3, 1);
    float[] difference =
        Run.once(
            scope -> {
              Batch batch = Batch.of(Field.IMAGE, images(scope.tf(), x, B, SIDE, SIDE, 3));
              var recipe = new Everything();
              var one =
                  recipe.apply(scope, batch, View.global(0), data(SIDE, 3), Settings.DEFAULTS);
              var two =
                  recipe.apply(scope, batch, View.global(0), data(SIDE, 3), Settings.DEFAULTS);
              return scope.tf().math.sub(one.image(), two.image());
            });
    assertThat(difference).isNotEqualTo(new float[difference.length]);
  }

  @Test
  void everyViewHasTheSideThatIsPromised() {
    var recipe = new Everything();
    for (int channels : new int[] {1, 3}) {
      int[] x = bytes(B * SIDE * SIDE * channels, 1);
      for (View view :
          List.of(View.global(0), View.global(1), View.local(0), View.PROBE, View.EVALUATION)) {
        int side = recipe.side(view.kind(), data(SIDE, channels), Settings.DEFAULTS);
        assertThat(view(1, 0, x, channels, view, Map.of())).hasSize(B * side * side * channels);
      }
    }
    assertThat(recipe.side(View.Kind.GLOBAL, data(300, 3), Settings.DEFAULTS)).isEqualTo(224);
    assertThat(recipe.side(View.Kind.LOCAL, data(300, 3), Settings.DEFAULTS)).isEqualTo(96);
    assertThat(recipe.side(View.Kind.LOCAL, data(32, 3), Settings.DEFAULTS)).isEqualTo(12);
    assertThat(recipe.side(View.Kind.EVALUATION, data(-1, 3), Settings.DEFAULTS)).isEqualTo(224);
    assertThat(recipe.side(View.Kind.PROBE, data(32, 3), Settings.of(Map.of("size", "48"))))
        .isEqualTo(48);
  }

  @Test
  void evaluationShowsSmallImagesAsTheyAreNormalised() {
    int[] x = bytes(B * SIDE * SIDE * 3, 1);
    float[] plain = view(1, 0, x, 3, View.EVALUATION, Map.of());
    float[] imagenet = view(1, 0, x, 3, View.EVALUATION, Map.of("normalisation", "imagenet"));
    double[] mean = {0.485, 0.456, 0.406};
    double[] deviation = {0.229, 0.224, 0.225};
    for (int i = 0; i < x.length; i++) {
      assertThat((double) plain[i]).isCloseTo(x[i] / 255.0, within(1e-6));
      assertThat((double) imagenet[i])
          .isCloseTo((x[i] / 255.0 - mean[i % 3]) / deviation[i % 3], within(1e-5));
    }
    float[] cropped = view(1, 0, x, 3, View.EVALUATION, Map.of("test-crop", "true"));
    assertThat(cropped).hasSameSizeAs(plain).isNotEqualTo(plain);
  }

  @Test
  void smallImagesAreScoredWholeHoweverSmallTheViews() {
    int[] x = bytes(B * SIDE * SIDE * 3, 1);
    Map<String, String> smaller = Map.of("size", "8");
    assertThat(view(1, 0, x, 3, View.global(0), smaller)).hasSize(B * 8 * 8 * 3);
    assertThat(view(1, 0, x, 3, View.EVALUATION, smaller))
        .containsExactly(view(1, 0, x, 3, View.EVALUATION, Map.of()));
    assertThat(view(1, 0, x, 3, View.PROBE, smaller)).hasSize(B * SIDE * SIDE * 3);
    var recipe = new Everything();
    assertThat(recipe.test(data(SIDE, 3), Settings.of(smaller)).orElseThrow().side())
        .isEqualTo(SIDE);
    assertThat(
            recipe.side(
                View.Kind.EVALUATION,
                data(SIDE, 3),
                Settings.of(Map.of("size", "8", "test-size", "12"))))
        .isEqualTo(12);
    assertThat(recipe.side(View.Kind.EVALUATION, data(96, 3), Settings.of(Map.of("size", "64"))))
        .isEqualTo(64);
  }

  @Test
  void batchesOfUnknownSizeAreTreated() {
    Run.once(
        scope -> {
          Ops tf = scope.tf();
          Placeholder<TUint8> any =
              tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
          for (View view : List.of(View.global(0), View.local(1), View.EVALUATION)) {
            Batch out =
                new Everything()
                    .apply(
                        scope,
                        Batch.of(Field.IMAGE, any),
                        view,
                        data(-1, 3),
                        Settings.of(Map.of("size", "64")));
            int side = view.kind() == View.Kind.LOCAL ? 28 : 64;
            assertThat(out.image().shape().asArray()).containsExactly(-1, side, side, 3);
          }
          return tf.constant(0f);
        });
  }

  @Test
  void masksFollowTheirImagesAndOtherFieldsPass() {
    // The image's red channel is the mask: cut alike, it must be alike where nothing blends.
    int[] mask = new int[B * SIDE * SIDE];
    int[] x = new int[mask.length * 3];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (i / 4 + i / (SIDE * 4)) % 2;
      Arrays.fill(x, 3 * i, 3 * i + 3, mask[i] * 255);
    }
    Map<String, String> plain =
        Map.of("jitter", "0", "gray", "0", "blur", "0", "solarize", "0", "sampling", "bilinear");
    float[] both =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              Batch out =
                  new Everything()
                      .apply(
                          scope,
                          Batch.of(Field.IMAGE, images(tf, x, B, SIDE, SIDE, 3))
                              .with(Field.MASK, images(tf, mask, B, SIDE, SIDE))
                              .with(Field.LABEL, tf.constant(new int[] {1, 2, 3, 4, 5, 6})),
                          View.global(0),
                          data(SIDE, 3),
                          Settings.of(plain));
              assertThat(out.ints(Field.LABEL).shape()).isEqualTo(Shape.of(B));
              Operand<TFloat32> labels = tf.dtypes.cast(out.bytes(Field.MASK), TFloat32.class);
              Operand<TFloat32> red = tf.gather(out.image(), tf.constant(0), tf.constant(3));
              return tf.stack(List.of(labels, red));
            });
    int n = both.length / 2;
    int clear = 0;
    for (int i = 0; i < n; i++) {
      assertThat(both[i]).isIn(0f, 1f);
      if (both[n + i] < 0.01f || both[n + i] > 0.99f) {
        assertThat(both[i]).isEqualTo(Math.round(both[n + i]));
        clear++;
      }
    }
    assertThat(clear).isGreaterThan(n / 3);
  }

  @Test
  void settingsCarryTheRecipesNumbersAndSource() {
    List<Setting<?>> settings = new Everything().settings();
    assertThat(settings).allSatisfy(s -> assertThat(s.source()).isNotEmpty());
    assertThat(settings).allSatisfy(s -> assertThat(s.description()).isNotEmpty());
    assertThat(settings).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(settings)
        .filteredOn(s -> s.key().equals("jitter-hue"))
        .singleElement()
        .satisfies(s -> assertThat(s.defaultValue()).isEqualTo(0.2));
    assertThatThrownBy(
            () ->
                view(
                    1,
                    0,
                    new int[B * SIDE * SIDE * 3],
                    3,
                    View.PROBE,
                    Map.of("crop-min", "0.9", "crop-max", "0.5")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("crop-min 0.9 is above crop-max 0.5");
  }

  @Test
  void imagesOfTwoChannelsAreRefused() {
    assertThatThrownBy(() -> view(1, 0, new int[B * SIDE * SIDE * 2], 2, View.global(0), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 or 3 channels");
  }
}
