package juxta.plugin.patchmix;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.PerView;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.ViewRecipe;

/**
 * The views of PatchMix's reference implementation: two unlike global views and, where asked for,
 * local ones. The defaults are those of CIFAR; ImageNet takes {@code crop-min} 0.35. Statistics of
 * ImageNet are used for CIFAR, too, and small images are resized and cropped for evaluation.
 */
public final class PatchMixAugmentation implements RecipeAugmentation {
  /** Creates the augmentation. */
  public PatchMixAugmentation() {}

  @Override
  public String id() {
    return "patchmix";
  }

  @Override
  public String summary() {
    return "PatchMix's two unlike views and local views: crop, flip, colours, blur, solarize";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("PatchMix reference implementation, augmentation.py")
        .crop(0.1, 1)
        .localCrop(0.05, 0.35)
        .colours(new ColourJitter(0.4, 0.4, 0.2, 0.1, 0.8), 0.2)
        .blur(new PerView(1, 0.1, 0.5), 0)
        .solarize(new PerView(0, 0.2, 0))
        .sampling(Sampling.BICUBIC)
        .testCrop(true);
  }
}
