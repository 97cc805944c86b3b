/** PatchMix. */
module juxta.plugin.patchmix {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.patchmix.PatchMixAugmentation;
  provides juxta.api.Method with
      juxta.plugin.patchmix.PatchMix;
}
