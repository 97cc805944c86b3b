package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.PerView;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;

/**
 * The views of MoCo v2 (<a href="https://arxiv.org/abs/2003.04297">Chen et al. 2020</a>), which
 * SimSiam uses, too.
 */
public final class MocoViews implements RecipeAugmentation {
  /** Creates the augmentation. */
  public MocoViews() {}

  @Override
  public String id() {
    return "mocov2";
  }

  @Override
  public String summary() {
    return "MoCo v2's and SimSiam's views: crop, flip, colours, blur";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("MoCo v2 (arXiv 2003.04297), section 3; main_moco.py --aug-plus")
        .crop(0.2, 1)
        .colours(new ColourJitter(0.4, 0.4, 0.4, 0.1, 0.8), 0.2)
        .blur(PerView.all(0.5), 0);
  }
}
