package juxta.plugin.iir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.View;
import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Normalisation;
import juxta.toolkit.image.PerView;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Views for instance retrieval. Global view 0 is what average precision is trained on: a random
 * resized crop of at least half the image, a little brightness and contrast, a little tilt, no
 * mirroring, since an object's mirror image is another object. The other global views are MoCo
 * v2's, without mirroring either, for contrastive training. For evaluation images keep their size
 * and proportions and are only normalised.
 */
public final class InstanceViews implements Augmentation {
  private static final float BYTE = 1 / 255f;

  static final Setting<Optional<Integer>> SIZE =
      Setting.integer("size")
          .range(1, 4096)
          .unset("the images' own side up to 64, else 224", "0")
          .describe("side of training views in pixels")
          .source("own choice; AP-GeM trained at 800");

  static final Setting<Double> CROP_MIN =
      Setting.real("crop-min", 0.5)
          .range(1e-4, 1)
          .describe("least share of the image's area in global view 0")
          .source("own choice");

  static final Setting<Double> JITTER =
      Setting.real("jitter", 0.2)
          .range(0, 1)
          .describe("greatest change of brightness and contrast in global view 0, as a share")
          .source("own choice");

  static final Setting<Double> TILT =
      Setting.real("tilt", 5)
          .range(0, 180)
          .describe("greatest turn of global view 0, in degrees")
          .source("own choice");

  static final Setting<Double> CONTRAST_CROP_MIN =
      Setting.real("contrast-crop-min", 0.2)
          .range(1e-4, 1)
          .describe("least share of the image's area in the other global views")
          .source("MoCo v2: RandomResizedCrop(224, scale=(0.2, 1))");

  static final Setting<Double> FLIP =
      Setting.real("flip", 0)
          .range(0, 1)
          .describe("probability of mirroring left and right, in all global views")
          .source("own choice: buildings and packages do not come mirrored");

  static final Setting<String> NORMALISATION =
      Setting.choice("normalisation", "imagenet", words())
          .describe(
              "mean and deviation taken out of the channels; MobileNet's weights want inception,"
                  + " Caffe's want caffe")
          .source("torchvision's weights");

  /** Made by the service loader. */
  public InstanceViews() {}

  private static String[] words() {
    return java.util.Arrays.stream(Normalisation.values())
        .map(Normalisation::word)
        .toArray(String[]::new);
  }

  @Override
  public String id() {
    return "instances";
  }

  @Override
  public String summary() {
    return "views for instance retrieval: large crops, slight tilt and light, whole images to score";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE, CROP_MIN, JITTER, TILT, CONTRAST_CROP_MIN, FLIP, NORMALISATION);
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    return kind == View.Kind.EVALUATION && data.imageSide() > 0
        ? data.imageSide()
        : recipe(retrieval(settings)).side(kind, data, size(settings));
  }

  @Override
  public Batch apply(
      GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
    if (view.kind() == View.Kind.EVALUATION) {
      return whole(scope.tf(), batch, settings);
    }
    if (!view.equals(View.global(0))) {
      return recipe(contrast(settings)).apply(scope, batch, view, data, size(settings));
    }
    Batch cropped = recipe(retrieval(settings)).apply(scope, batch, view, data, size(settings));
    double tilt = settings.get(TILT);
    return tilt == 0
        ? cropped
        : cropped.with(Field.IMAGE, Tilt.apply(scope, cropped.image(), Math.toRadians(tilt)));
  }

  @Override
  public Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image, Settings settings) {
    int channels = (int) image.shape().get(3);
    return normalisation(settings).apply(scope.tf(), image, channels, 3);
  }

  private static Batch whole(Ops tf, Batch batch, Settings settings) {
    Operand<TFloat32> x = // [B, H, W, C], of any size
        tf.math.mul(tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class), tf.constant(BYTE));
    int channels = (int) x.shape().get(3);
    return batch.with(Field.IMAGE, normalisation(settings).apply(tf, x, channels, 3));
  }

  private static Normalisation normalisation(Settings settings) {
    return Normalisation.valueOf(settings.get(NORMALISATION).toUpperCase(Locale.ROOT));
  }

  private static ViewRecipe retrieval(Settings s) {
    return ViewRecipe.CROP_FLIP
        .from("own choice")
        .crop(s.get(CROP_MIN), 1)
        .flip(s.get(FLIP))
        .colours(new ColourJitter(s.get(JITTER), s.get(JITTER), 0, 0, 1), 0)
        .normalisation(normalisation(s));
  }

  private static ViewRecipe contrast(Settings s) {
    return ViewRecipe.CROP_FLIP
        .from("MoCo v2")
        .crop(s.get(CONTRAST_CROP_MIN), 1)
        .flip(s.get(FLIP))
        .colours(new ColourJitter(0.4, 0.4, 0.4, 0.1, 0.8), 0.2)
        .blur(PerView.all(0.5), 0)
        .normalisation(normalisation(s));
  }

  private static Settings size(Settings settings) {
    Map<String, String> own = new LinkedHashMap<>();
    settings.get(SIZE).ifPresent(size -> own.put(SIZE.key(), size.toString()));
    return Settings.of(own);
  }

  /** The toolkit's views of a recipe. */
  private static RecipeAugmentation recipe(ViewRecipe recipe) {
    return new RecipeAugmentation() {
      @Override
      public String id() {
        return "recipe";
      }

      @Override
      public String summary() {
        return recipe.source();
      }

      @Override
      public ViewRecipe recipe() {
        return recipe;
      }
    };
  }
}
