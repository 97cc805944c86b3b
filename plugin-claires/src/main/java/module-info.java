/** Dental CLAIRES: search of radiographs by text. */
module juxta.plugin.claires {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Augmentation with
      juxta.plugin.claires.Radiograph;
  provides juxta.api.Encoder with
      juxta.plugin.claires.ConvSmall;
  provides juxta.api.Evaluator with
      juxta.plugin.claires.Retrieval;
  provides juxta.api.Method with
      juxta.plugin.claires.Claires;
}
