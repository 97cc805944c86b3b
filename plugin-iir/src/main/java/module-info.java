/** Instance retrieval by contrastive representations. */
module juxta.plugin.iir {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.iir.InstanceViews;
  provides juxta.api.Encoder with
      juxta.plugin.iir.MobileNetV1,
      juxta.plugin.iir.MobileNetV2,
      juxta.plugin.iir.SqueezeNet;
  provides juxta.api.Evaluator with
      juxta.plugin.iir.Instances;
  provides juxta.api.Loss with
      juxta.plugin.iir.AveragePrecisionLoss;
  provides juxta.api.Method with
      juxta.plugin.iir.Iir,
      juxta.plugin.iir.IirClassifier,
      juxta.plugin.iir.IirClassifierAp,
      juxta.plugin.iir.IirContrastive;
}
