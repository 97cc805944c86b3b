/** One of each kind of component besides methods; 'juxta new-plugin --kind' makes projects of them. */
module example {
  requires juxta.toolkit;

  provides juxta.api.Augmentation with example.CropMirror;
  provides juxta.api.DatasetProvider with example.StripedTiles;
  provides juxta.api.Encoder with example.TwoLayers;
  provides juxta.api.Evaluator with example.ClassMeans;
  provides juxta.api.Loss with example.SoftLabels;
}
