package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Normalisation;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.ViewRecipe;

/**
 * The views of SimCLR on CIFAR-10: <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>,
 * appendix B.9, colour strength 0.5 and no blur.
 */
public final class SimclrCifarViews implements RecipeAugmentation {
  /** Creates the augmentation. */
  public SimclrCifarViews() {}

  @Override
  public String id() {
    return "simclr-cifar";
  }

  @Override
  public String summary() {
    return "SimCLR's views for small images: crop, flip, colours, no blur";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("SimCLR (arXiv 2002.05709), appendix B.9; data_util.py")
        .crop(0.08, 1)
        .colours(new ColourJitter(0.8, 0.8, 0.8, 0.2, 0.8).times(0.5), 0.2)
        .sampling(Sampling.BICUBIC)
        .normalisation(Normalisation.NONE);
  }
}
