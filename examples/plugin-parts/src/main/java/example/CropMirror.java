package example;

import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.ViewRecipe;

/** Views that are random crops of the image, half of them mirrored; each number is a setting. */
public final class CropMirror implements RecipeAugmentation {
  @Override
  public String id() {
    return "crop-mirror";
  }

  @Override
  public String summary() {
    return "crops of a fifth of the image or more, half of them mirrored";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP.from("own choice").crop(0.2, 1).flip(0.5);
  }
}
