package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Normalisation;
import juxta.toolkit.image.PerView;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.ViewRecipe;

/**
 * The views of SimCLR on ImageNet: <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>,
 * appendix A, colour strength 1. Values stay in [0, 1], as in its code.
 */
public final class SimclrViews implements RecipeAugmentation {
  /** Creates the augmentation. */
  public SimclrViews() {}

  @Override
  public String id() {
    return "simclr";
  }

  @Override
  public String summary() {
    return "SimCLR's views: crop, flip, strong colours, blur";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("SimCLR (arXiv 2002.05709), appendix A; data_util.py")
        .crop(0.08, 1)
        .colours(new ColourJitter(0.8, 0.8, 0.8, 0.2, 0.8), 0.2)
        .blur(PerView.all(0.5), 0.1)
        .sampling(Sampling.BICUBIC)
        .normalisation(Normalisation.NONE);
  }
}
