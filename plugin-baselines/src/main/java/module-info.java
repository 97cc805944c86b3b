/** The standard encoders. */
module juxta.plugin.baselines {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Encoder with
      juxta.plugin.baselines.encoders.ResNet18,
      juxta.plugin.baselines.encoders.ResNet34,
      juxta.plugin.baselines.encoders.ResNet50,
      juxta.plugin.baselines.encoders.ResNetSmall,
      juxta.plugin.baselines.encoders.VitTiny,
      juxta.plugin.baselines.encoders.VitSmall,
      juxta.plugin.baselines.encoders.VitBase,
      juxta.plugin.baselines.encoders.VitMini;
}
