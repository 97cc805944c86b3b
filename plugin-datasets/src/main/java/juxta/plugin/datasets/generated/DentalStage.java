package juxta.plugin.datasets.generated;

/**
 * Stages of gum disease and what a film shows of them: how far the bone has gone, as a share of the
 * root's length from the border of the crown on. Stages I to IV follow the classification of 2017
 * (below 15 %, 15 to 33 %, above 33 %), with room between them so that every film can be told. In
 * health the crest is a sharp bright line; it is gone in gingivitis, where the gum is swollen.
 * Stage IV has lost a tooth, stage III has not.
 */
enum DentalStage {
  HEALTHY("healthy", 0.01, 0.04),
  GINGIVITIS("gingivitis", 0.01, 0.04),
  STAGE_1("stage i periodontitis", 0.09, 0.13),
  STAGE_2("stage ii periodontitis", 0.18, 0.30),
  STAGE_3("stage iii periodontitis", 0.36, 0.50),
  STAGE_4("stage iv periodontitis", 0.56, 0.74);

  private final String words;
  private final double least;
  private final double most;

  DentalStage(String words, double least, double most) {
    this.words = words;
    this.least = least;
    this.most = most;
  }

  String words() {
    return words;
  }

  /** Least share of the root that is out of the bone. */
  double least() {
    return least;
  }

  /** Greatest share of the root that is out of the bone. */
  double most() {
    return most;
  }
}
