package juxta.plugin.baselines.methods;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.model.ImageFunctions;

/** The encoder with its first weights: what a table must be read against. */
public final class Untrained implements Method {
  /** For the ServiceLoader. */
  public Untrained() {}

  @Override
  public String id() {
    return "untrained";
  }

  @Override
  public String summary() {
    return "reference row: the encoder with its random first weights";
  }

  @Override
  public Set<String> presets() {
    return Set.of(PAPER, SMALL);
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    // as the methods that this row stands beside
    preset.putAll(
        name.equals(SMALL) ? Map.of("encoder", "resnet-small") : Recipes.paperEncoder(data));
    preset.put("augmentation", Recipes.tiny(data) ? "simclr-cifar" : "simclr");
    preset.put("epochs", "0");
    preset.put("batch", "1");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return new Plan(List.of(), ImageFunctions.of(setup, "encoder"));
  }
}
