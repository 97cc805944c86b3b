package juxta.plugin.baselines.augmentations;

import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.PerView;
import juxta.toolkit.image.RecipeAugmentation;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.ViewRecipe;

/**
 * The views of BYOL (<a href="https://arxiv.org/abs/2006.07733">Grill et al. 2020</a>), which MoCo
 * v3 uses for ViT; its ResNet takes {@code crop-min} 0.2.
 */
public final class ByolViews implements RecipeAugmentation {
  /** Creates the augmentation. */
  public ByolViews() {}

  @Override
  public String id() {
    return "byol";
  }

  @Override
  public String summary() {
    return "BYOL's and MoCo v3's two unlike views: crop, flip, colours, blur, solarize";
  }

  @Override
  public ViewRecipe recipe() {
    return ViewRecipe.CROP_FLIP
        .from("BYOL (arXiv 2006.07733), appendix B, table 6")
        .crop(0.08, 1)
        .colours(new ColourJitter(0.4, 0.4, 0.2, 0.1, 0.8), 0.2)
        .blur(new PerView(1, 0.1, 0.5), 0.1)
        .solarize(new PerView(0, 0.2, 0))
        .sampling(Sampling.BICUBIC);
  }
}
