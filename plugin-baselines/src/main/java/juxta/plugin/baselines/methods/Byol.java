package juxta.plugin.baselines.methods;

import java.util.LinkedHashMap;
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
import juxta.toolkit.discrimination.ByolFramework;
import juxta.toolkit.discrimination.Discrimination;
import juxta.toolkit.discrimination.Framework;

/**
 * BYOL: the trained network predicts what its own average makes of the other view; there are no
 * negatives.
 *
 * <pre>
 *   p = q(g(f(x))),  z' = g_m(f_m(x))                              [B, out], for x1 and for x2
 *   L = mean(2 - 2 cos(p1, sg z2')) + mean(2 - 2 cos(p2, sg z1'))
 *   theta_m = m theta_m + (1 - m) theta                            after the optimiser's update
 * </pre>
 *
 * <p>{@link ByolFramework} builds the step.
 */
public final class Byol implements Method {
  private static final Framework FRAMEWORK = new ByolFramework();

  /** For the ServiceLoader. */
  public Byol() {}

  @Override
  public String id() {
    return "byol";
  }

  @Override
  public String summary() {
    return "predicts what an average of the network makes of the other view, without negatives";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Grill et al.",
            "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning",
            2020,
            "https://arxiv.org/abs/2006.07733"));
  }

  @Override
  public List<Setting<?>> settings() {
    return FRAMEWORK.settings();
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return FRAMEWORK.usesLoss();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.putAll(Recipes.byolViews(data));
    if (name.equals(SMALL)) {
      preset.putAll(FRAMEWORK.smallScale());
      preset.put("projection-hidden", "1024");
      preset.put("prediction-hidden", "1024");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("epochs", "1000");
    if (Recipes.tiny(data)) {
      preset.putAll(FRAMEWORK.smallScale());
      preset.put("batch", "256");
    } else {
      preset.put("batch", "4096");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return Discrimination.plan(FRAMEWORK, setup);
  }
}
