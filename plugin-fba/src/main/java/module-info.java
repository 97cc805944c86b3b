/** FBA-Net. */
module juxta.plugin.fba {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.fba.SliceView,
      juxta.plugin.fba.VolumeCrop;
  provides juxta.api.Encoder with
      juxta.plugin.fba.UNet,
      juxta.plugin.fba.VNet;
  provides juxta.api.Method with
      juxta.plugin.fba.AllLabels,
      juxta.plugin.fba.Fba,
      juxta.plugin.fba.FbaSingle,
      juxta.plugin.fba.LabelledOnly,
      juxta.plugin.fba.McNetPlus;
}
