package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Setting;

/** Which of the paper's networks is made: where its weights come from, and whether it is tuned. */
enum Arm {
  /** The paper's: contrastive weights, tuned with average precision. */
  CONTRASTIVE_AP(
      "iir",
      "contrastive pre-training, then fine-tuning with average precision as the loss",
      true,
      true),
  /** Contrastive weights as they are. */
  CONTRASTIVE("iir-contrastive", "features of contrastive pre-training as they are", true, false),
  /** A classifier's weights as they are. */
  CLASSIFIER("iir-classifier", "features of a trained classifier as they are", false, false),
  /** A classifier's weights, tuned: whether the pre-training matters. */
  CLASSIFIER_AP(
      "iir-classifier-ap",
      "a trained classifier, fine-tuned with average precision as the loss",
      false,
      true);

  private final String id;
  private final String summary;
  private final boolean contrastive;
  private final boolean tuned;

  Arm(String id, String summary, boolean contrastive, boolean tuned) {
    this.id = id;
    this.summary = summary;
    this.contrastive = contrastive;
    this.tuned = tuned;
  }

  String id() {
    return id;
  }

  String summary() {
    return summary;
  }

  /** Whether a contrastive phase comes first. */
  boolean contrastive() {
    return contrastive;
  }

  /** Whether it is fine-tuned with average precision. */
  boolean tuned() {
    return tuned;
  }

  /** Whether anything is trained. */
  boolean trains() {
    return contrastive || tuned;
  }

  List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(IirSettings.WEIGHTS));
    all.addAll(List.of(Pooling.KIND, Pooling.GEM_P));
    if (contrastive) {
      all.addAll(IirSettings.CONTRAST);
    }
    if (tuned) {
      all.addAll(IirSettings.TUNING);
    }
    if (contrastive && tuned) {
      all.add(IirSettings.CONTRAST_WEIGHT);
    }
    all.add(IirSettings.SCALES);
    all.add(whitening());
    all.addAll(IirSettings.WHITENING);
    return List.copyOf(all);
  }

  /** Networks that are used as they are learn nothing from the data; whitening would. */
  Setting<String> whitening() {
    return IirSettings.whitening(tuned ? "pca" : "none");
  }
}
