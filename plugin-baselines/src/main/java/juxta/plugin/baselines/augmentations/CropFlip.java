package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;

/** Random resized crop and mirroring alone, as supervised baselines and linear probes train on. */
public final class CropFlip implements RecipeAugmentation {
  /** Creates the augmentation. */
  public CropFlip() {}

  @Override
  public String id() {
    return "crop-flip";
  }

  @Override
  public String summary() {
    return "random resized crop and mirroring alone";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP;
  }
}
