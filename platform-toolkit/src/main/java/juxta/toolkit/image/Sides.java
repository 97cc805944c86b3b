package juxta.toolkit.image;

import juxta.api.DataSummary;
import juxta.api.Settings;
import juxta.api.View;

/**
 * Sides of a recipe's views.
 *
 * <p>Images of up to 64 pixels are scored whole, at their own side, also where the views that are
 * learned from are smaller; else models are scored at the side of the global views, on the middle
 * of a resized copy. {@code test-size} says otherwise. Probes learn from views of the side that
 * they are scored at.
 *
 * @param full side of global views
 * @param local side of local views
 * @param scored side of probes and evaluation
 * @param whole whether images are scored at their own size
 */
record Sides(int full, int local, int scored, boolean whole) {
  /** Images up to this side are used at their own size, as CIFAR, Tiny-ImageNet. */
  private static final int SMALL = 64;

  /** The usual size of ImageNet's views. */
  private static final int LARGE = 224;

  static Sides of(DataSummary data, Settings settings) {
    int image = data.imageSide();
    boolean small = image > 0 && image <= SMALL;
    int full = settings.get(RecipeSettings.SIZE).orElse(small ? image : LARGE);
    int local = settings.get(RecipeSettings.LOCAL_SIDE).orElse(proportionate(full));
    int scored =
        settings.get(RecipeSettings.TEST_SIZE).orElse(small ? Math.max(full, image) : full);
    return new Sides(full, local, scored, small && scored == image);
  }

  /** 96 for 224, 12 for 32: a multiple of 4, which most patch sizes divide or are divided by. */
  private static int proportionate(int full) {
    return Math.max(4, 4 * Math.round(full * 3 / 7f / 4));
  }

  int of(View.Kind kind) {
    return switch (kind) {
      case GLOBAL -> full;
      case LOCAL -> local;
      case PROBE, EVALUATION -> scored;
    };
  }
}
