package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;

/**
 * MedCluster without its contrastive loss, everything else the same: what that loss is measured
 * against.
 */
public final class MedClusterAutoencoder implements Method {
  /** Made by the service loader. */
  public MedClusterAutoencoder() {}

  @Override
  public String id() {
    return "medcluster-autoencoder";
  }

  @Override
  public String summary() {
    return "comparison row: medcluster without its contrastive loss";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(MedCluster.paper());
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(MedClusterSettings.ALL);
    settings.remove(MedClusterSettings.CONTRAST);
    return settings;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = MedClusterSettings.preset(name, data);
    preset.keySet().removeIf(key -> key.startsWith("loss"));
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return Training.plan(setup, 0);
  }
}
