package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Normalisation;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;

/** The views of the MoCo authors&#39; CIFAR-10 demo. */
public final class CifarViews implements RecipeAugmentation {
  /** Creates the augmentation. */
  public CifarViews() {}

  @Override
  public String id() {
    return "cifar";
  }

  @Override
  public String summary() {
    return "views of the MoCo demo on CIFAR: crop, flip, colours";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("MoCo demo on CIFAR-10 (moco_cifar10_demo.ipynb)")
        .crop(0.08, 1)
        .colours(new ColourJitter(0.4, 0.4, 0.4, 0.1, 0.8), 0.2)
        .normalisation(Normalisation.CIFAR);
  }
}
