package juxta.plugin.fba;

import java.util.List;
import java.util.stream.Stream;
import juxta.api.Reference;
import juxta.api.Setting;

/** What is trained: the paper's method, or one of those that it is compared with. */
enum Arm {
  /** The paper's method. */
  FBA(
      "fba",
      "segmentation with few labels: decoders agree, foreground and background part",
      3,
      true,
      Masks.SEEN),
  /** The paper's first version. */
  SINGLE("fba-single", "FBA-Net with one decoder: nothing that must agree", 1, true, Masks.SEEN),
  /** The paper's method without its own part. */
  MCNET_PLUS(
      "mcnet-plus", "MC-Net+: FBA-Net without foreground against background", 3, false, Masks.SEEN),
  /** What is lost without any of it. */
  LABELLED_ONLY(
      "labelled-only",
      "segmentation from the labelled scans alone, with one decoder",
      1,
      false,
      Masks.ONLY_SEEN),
  /** What is to be had at most. */
  ALL_LABELS(
      "all-labels",
      "segmentation with the masks of all scans, hidden ones too: an upper bound",
      1,
      false,
      Masks.ALL);

  /** Which scans and which masks are trained on. */
  enum Masks {
    /** Labelled scans with, unlabelled ones without. */
    SEEN,
    /** Labelled scans only. */
    ONLY_SEEN,
    /** All scans with theirs. */
    ALL
  }

  private static final Reference FBA_NET =
      new Reference(
          "Chung, Lim, Huang, Marrouche, Hamm",
          "FBA-Net: Foreground and Background Aware Contrastive Learning for Semi-Supervised"
              + " Atrium Segmentation",
          2023,
          "https://arxiv.org/abs/2306.15189");

  private static final Reference MC_NET =
      new Reference(
          "Wu, Ge, Zhang, Xu, Zhang, Xia, Cai",
          "Mutual Consistency Learning for Semi-supervised Medical Image Segmentation",
          2022,
          "https://arxiv.org/abs/2109.09960");

  private static final Reference V_NET =
      new Reference(
          "Milletari, Navab, Ahmadi",
          "V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation",
          2016,
          "https://arxiv.org/abs/1606.04797");

  private final String id;
  private final String summary;
  private final int decoders;
  private final boolean contrast;
  private final Masks masks;

  Arm(String id, String summary, int decoders, boolean contrast, Masks masks) {
    this.id = id;
    this.summary = summary;
    this.decoders = decoders;
    this.contrast = contrast;
    this.masks = masks;
  }

  String id() {
    return id;
  }

  String summary() {
    return summary;
  }

  /** Decoders that train; the first one answers. */
  int decoders() {
    return decoders;
  }

  /** Whether foreground and background are contrasted. */
  boolean contrast() {
    return contrast;
  }

  /** Whether decoders are to agree. */
  boolean consistency() {
    return decoders > 1;
  }

  Masks masks() {
    return masks;
  }

  /** Weight of the Dice loss of each decoder (train_3d.py, train_fba.py). */
  Setting<Double> dice() {
    return FbaSettings.dice(decoders > 1 ? 0.5 : 1);
  }

  Reference reference() {
    return switch (this) {
      case FBA, SINGLE -> FBA_NET;
      case MCNET_PLUS -> MC_NET;
      case LABELLED_ONLY, ALL_LABELS -> V_NET;
    };
  }

  List<Setting<?>> settings() {
    return Stream.of(
            FbaSettings.COMMON,
            List.<Setting<?>>of(dice()),
            consistency() ? FbaSettings.AGREEMENT : List.<Setting<?>>of(),
            contrast ? FbaSettings.PARTING : List.<Setting<?>>of())
        .flatMap(List::stream)
        .toList();
  }
}
