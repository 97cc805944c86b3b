/** The standard methods, encoders, augmentations, losses and evaluators. */
module juxta.plugin.baselines {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.baselines.augmentations.SimclrViews,
      juxta.plugin.baselines.augmentations.SimclrCifarViews,
      juxta.plugin.baselines.augmentations.MocoViews,
      juxta.plugin.baselines.augmentations.ByolViews,
      juxta.plugin.baselines.augmentations.CifarViews,
      juxta.plugin.baselines.augmentations.CropFlip,
      juxta.plugin.baselines.augmentations.NoAugmentation;
  provides juxta.api.Encoder with
      juxta.plugin.baselines.encoders.ResNet18,
      juxta.plugin.baselines.encoders.ResNet34,
      juxta.plugin.baselines.encoders.ResNet50,
      juxta.plugin.baselines.encoders.ResNetSmall,
      juxta.plugin.baselines.encoders.VitTiny,
      juxta.plugin.baselines.encoders.VitSmall,
      juxta.plugin.baselines.encoders.VitBase,
      juxta.plugin.baselines.encoders.VitMini;
  provides juxta.api.Loss with
      juxta.plugin.baselines.losses.NtXent,
      juxta.plugin.baselines.losses.SoftTarget;
  provides juxta.api.Method with
      juxta.plugin.baselines.methods.Byol,
      juxta.plugin.baselines.methods.Mocov2,
      juxta.plugin.baselines.methods.Mocov3,
      juxta.plugin.baselines.methods.Pixels,
      juxta.plugin.baselines.methods.Simclr,
      juxta.plugin.baselines.methods.Simsiam,
      juxta.plugin.baselines.methods.Supervised,
      juxta.plugin.baselines.methods.Untrained;
  provides juxta.api.Evaluator with
      juxta.plugin.baselines.evaluators.Clustering,
      juxta.plugin.baselines.evaluators.FineTuning,
      juxta.plugin.baselines.evaluators.Knn,
      juxta.plugin.baselines.evaluators.LinearProbe,
      juxta.plugin.baselines.evaluators.Segmentation,
      juxta.plugin.baselines.evaluators.Volumes;
}
