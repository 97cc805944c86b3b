package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;

/**
 * No augmentation: global views show the whole image, so that all views of an image are equal
 * (local views still show a random part). For tests and ablations.
 */
public final class NoAugmentation implements RecipeAugmentation {
  /** Creates the augmentation. */
  public NoAugmentation() {}

  @Override
  public String id() {
    return "none";
  }

  @Override
  public String summary() {
    return "no augmentation: the whole image, normalised";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP.from("no augmentation").crop(1, 1).flip(0);
  }
}
