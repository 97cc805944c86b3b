/** MedCluster. */
module juxta.plugin.medcluster {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.medcluster.MedicalViews;
  provides juxta.api.Encoder with
      juxta.plugin.medcluster.ConvGelu;
  provides juxta.api.Evaluator with
      juxta.plugin.medcluster.Reconstruction;
  provides juxta.api.Method with
      juxta.plugin.medcluster.MedCluster,
      juxta.plugin.medcluster.MedClusterAutoencoder,
      juxta.plugin.medcluster.MedClusterSupervised,
      juxta.plugin.medcluster.MedClusterTransfer;
}
