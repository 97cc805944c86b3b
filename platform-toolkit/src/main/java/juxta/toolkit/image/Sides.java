package juxta.toolkit.image;

import juxta.api.DataSummary;
import juxta.api.Settings;
import juxta.api.View;

/**
 * Sides of a recipe's views.
 *
 * @param full side of global views, probes and evaluation
 * @param local side of local views
 * @param small whether images are used at their own size
 */
record Sides(int full, int local, boolean small) {
  /** Images up to this side are used at their own size, as CIFAR, Tiny-ImageNet. */
  private static final int SMALL = 64;

  /** The usual size of ImageNet's views. */
  private static final int LARGE = 224;

  static Sides of(DataSummary data, Settings settings) {
    int image = data.imageSide();
    boolean keeps = image > 0 && image <= SMALL;
    int full = settings.get(RecipeSettings.SIZE).orElse(keeps ? image : LARGE);
    int local = settings.get(RecipeSettings.LOCAL_SIDE).orElse(proportionate(full));
    return new Sides(full, local, keeps && full == image);
  }

  /** 96 for 224, 12 for 32: a multiple of 4, which most patch sizes divide or are divided by. */
  private static int proportionate(int full) {
    return Math.max(4, 4 * Math.round(full * 3 / 7f / 4));
  }

  int of(View.Kind kind) {
    return kind == View.Kind.LOCAL ? local : full;
  }
}
