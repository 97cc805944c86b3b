package juxta.plugin.medcluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Setup;
import juxta.api.Tour;

/**
 * MedCluster: an autoencoder whose latent vectors a contrastive loss spreads, clustered by k-means,
 * with a decoder that shows the clusters' prototypes and draws new images (<a
 * href="https://arxiv.org/abs/2209.12005">arXiv 2209.12005</a>). See {@link Training} for the
 * algorithm.
 */
public final class MedCluster implements Method {
  /** Made by the service loader. */
  public MedCluster() {}

  @Override
  public String id() {
    return "medcluster";
  }

  @Override
  public String summary() {
    return "a contrastive autoencoder, clustered, whose decoder shows the clusters";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(paper());
  }

  static Reference paper() {
    return new Reference(
        "Ferrante, Boccato, Spasov, Duggento, Toschi",
        "Contrastive learning for unsupervised medical image clustering and reconstruction",
        2022,
        "https://arxiv.org/abs/2209.12005");
  }

  @Override
  public List<Setting<?>> settings() {
    return MedClusterSettings.ALL;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return MedClusterSettings.preset(name, data);
  }

  @Override
  public Optional<Tour> tour() {
    return Optional.of(
        new Tour(
            "shapes",
            List.of("clustering"),
            Map.ofEntries(
                Map.entry("data.train-size", "2000"),
                Map.entry("data.test-size", "500"),
                Map.entry("data.classes", "4"),
                Map.entry("data.variety", "0.2"),
                Map.entry("assignment", "hard"),
                Map.entry("clustering.clusters", "8"),
                Map.entry("epochs", "20")),
            75));
  }

  @Override
  public Plan plan(Setup setup) {
    return Training.plan(setup, setup.settings().get(MedClusterSettings.CONTRAST));
  }
}
