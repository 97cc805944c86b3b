package juxta.toolkit.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;

/** The settings by which a user changes a recipe; their defaults are the recipe's own numbers. */
final class RecipeSettings {
  static final Setting<Optional<Integer>> SIZE =
      Setting.integer("size")
          .range(1, 4096)
          .unset("the images' own side up to 64, else 224", "0")
          .describe("side of the views in pixels")
          .source("CIFAR recipes keep 32 pixels, ImageNet recipes use 224");

  static final Setting<Optional<Integer>> TEST_SIZE =
      Setting.integer("test-size")
          .range(1, 4096)
          .unset("that of size, and of images up to 64 at least their own side")
          .describe("side in pixels at which models are scored and used")
          .source("CIFAR recipes score whole images");

  static final Setting<Optional<Integer>> LOCAL_SIDE =
      Setting.integer("local-side")
          .range(1, 4096)
          .unset("3/7 of size, to the nearest multiple of 4", "0")
          .describe("side of local views in pixels")
          .source("DINO, 96 for 224 pixels; in proportion for other sizes (own choice)");

  private final ViewRecipe recipe;

  RecipeSettings(ViewRecipe recipe) {
    this.recipe = recipe;
  }

  List<Setting<?>> all() {
    return List.of(
        SIZE,
        TEST_SIZE,
        cropMin(),
        cropMax(),
        LOCAL_SIDE,
        localMin(),
        localMax(),
        flip(),
        jitter(),
        amount("brightness", recipe.colours().jitter().brightness(), 1),
        amount("contrast", recipe.colours().jitter().contrast(), 1),
        amount("saturation", recipe.colours().jitter().saturation(), 1),
        amount("hue", recipe.colours().jitter().hue(), 0.5),
        gray(),
        blur("blur", "global view 0", recipe.blur().probability().first()),
        blur("blur-second", "global view 1", recipe.blur().probability().second()),
        blur("blur-local", "local views", recipe.blur().probability().local()),
        blurKernel(),
        solarize("solarize", "global view 0", recipe.colours().solarize().first()),
        solarize("solarize-second", "global view 1", recipe.colours().solarize().second()),
        solarize("solarize-local", "local views", recipe.colours().solarize().local()),
        sampling(),
        normalisation(),
        testCrop());
  }

  /** The recipe as the user wants it. */
  ViewRecipe read(Settings s) {
    return new ViewRecipe(
        recipe.source(),
        new Cropping(
            range(s, cropMin(), cropMax()), range(s, localMin(), localMax()), s.get(flip())),
        new Colouring(
            new ColourJitter(
                s.get(amount("brightness", recipe.colours().jitter().brightness(), 1)),
                s.get(amount("contrast", recipe.colours().jitter().contrast(), 1)),
                s.get(amount("saturation", recipe.colours().jitter().saturation(), 1)),
                s.get(amount("hue", recipe.colours().jitter().hue(), 0.5)),
                s.get(jitter())),
            s.get(gray()),
            new PerView(
                s.get(solarize("solarize", "", recipe.colours().solarize().first())),
                s.get(solarize("solarize-second", "", recipe.colours().solarize().second())),
                s.get(solarize("solarize-local", "", recipe.colours().solarize().local())))),
        new Blurring(
            new PerView(
                s.get(blur("blur", "", recipe.blur().probability().first())),
                s.get(blur("blur-second", "", recipe.blur().probability().second())),
                s.get(blur("blur-local", "", recipe.blur().probability().local()))),
            s.get(blurKernel())),
        new Finish(
            Sampling.valueOf(s.get(sampling()).toUpperCase(Locale.ROOT)),
            Normalisation.valueOf(s.get(normalisation()).toUpperCase(Locale.ROOT)),
            s.get(testCrop())));
  }

  private static Range range(Settings s, Setting<Double> low, Setting<Double> high) {
    if (s.get(low) > s.get(high)) {
      throw new UserException(
          "%s %s is above %s %s; a crop needs a least and a greatest share of the area"
              .formatted(low.key(), s.get(low), high.key(), s.get(high)));
    }
    return new Range(s.get(low), s.get(high));
  }

  private Setting<Double> cropMin() {
    return share(
        "crop-min", recipe.crop().global().low(), "least share of the area that a view shows");
  }

  private Setting<Double> cropMax() {
    return share(
        "crop-max", recipe.crop().global().high(), "greatest share of the area that a view shows");
  }

  private Setting<Double> localMin() {
    return share(
        "local-crop-min", recipe.crop().local().low(), "least share of the area of a local view");
  }

  private Setting<Double> localMax() {
    return share(
        "local-crop-max",
        recipe.crop().local().high(),
        "greatest share of the area of a local view");
  }

  private Setting<Double> share(String key, double value, String meaning) {
    return real(key, value, 1e-4, 1, meaning);
  }

  private Setting<Double> flip() {
    return real("flip", recipe.crop().flip(), 0, 1, "probability of mirroring left and right");
  }

  private Setting<Double> jitter() {
    return real(
        "jitter", recipe.colours().jitter().probability(), 0, 1, "probability of colour jitter");
  }

  private Setting<Double> amount(String what, double value, double most) {
    return real(
        "jitter-" + what,
        value,
        0,
        most,
        what.equals("hue")
            ? "greatest turn of the hue, in turns"
            : "greatest change of " + what + ", as a share");
  }

  private Setting<Double> gray() {
    return real("gray", recipe.colours().gray(), 0, 1, "probability of losing all colours");
  }

  private Setting<Double> blur(String key, String views, double value) {
    return real(key, value, 0, 1, "probability of a Gaussian blur, " + views);
  }

  private Setting<Double> blurKernel() {
    return real(
        "blur-kernel",
        recipe.blur().kernel(),
        0,
        1,
        "length of the blur's kernel as a share of the side; 0: not cut off");
  }

  private Setting<Double> solarize(String key, String views, double value) {
    return real(key, value, 0, 1, "probability of inverting bright values, " + views);
  }

  private Setting<String> sampling() {
    return Setting.choice(
            "sampling",
            recipe.finish().sampling().word(),
            Sampling.BILINEAR.word(),
            Sampling.BICUBIC.word())
        .describe("kernel of all resizing, antialiased")
        .source(recipe.source());
  }

  private Setting<String> normalisation() {
    return Setting.choice(
            "normalisation",
            recipe.finish().normalisation().word(),
            Arrays.stream(Normalisation.values()).map(Normalisation::word).toArray(String[]::new))
        .describe("mean and deviation taken out of the channels; none keeps [0, 1]")
        .source(recipe.source());
  }

  private Setting<Boolean> testCrop() {
    return Setting.flag("test-crop", recipe.finish().testCrop())
        .describe("resize small images, too, by 256/224 and crop them for evaluation")
        .source(recipe.source());
  }

  private Setting<Double> real(String key, double value, double low, double high, String meaning) {
    return Setting.real(key, value).range(low, high).describe(meaning).source(recipe.source());
  }
}
