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
import juxta.toolkit.discrimination.Discrimination;
import juxta.toolkit.discrimination.Framework;
import juxta.toolkit.discrimination.SimsiamFramework;

/**
 * SimSiam: a network predicts what it makes of the other view itself; stopping the gradient at the
 * target is what keeps it from collapsing.
 *
 * <pre>
 *   z = f(x),  p = h(z)                                            [B, out], for x1 and for x2
 *   L = -(mean cos(p1, sg z2) + mean cos(p2, sg z1)) / 2
 * </pre>
 *
 * <p>{@link SimsiamFramework} builds the step.
 */
public final class Simsiam implements Method {
  private static final Framework FRAMEWORK = new SimsiamFramework();

  /** For the ServiceLoader. */
  public Simsiam() {}

  @Override
  public String id() {
    return "simsiam";
  }

  @Override
  public String summary() {
    return "predicts its own output for the other view, whose gradient is stopped";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, He",
            "Exploring Simple Siamese Representation Learning",
            2020,
            "https://arxiv.org/abs/2011.10566"));
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
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", tiny ? "cifar" : "mocov2");
    if (tiny) {
      preset.put("augmentation.crop-min", "0.2");
    }
    if (name.equals(SMALL)) {
      preset.putAll(FRAMEWORK.smallScale());
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "512");
      preset.put("prediction-hidden", "128");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("encoder.zero-init", "true");
    if (tiny) {
      preset.putAll(FRAMEWORK.smallScale());
      preset.put("epochs", "1000");
      preset.put("batch", "256");
    } else {
      preset.put("epochs", "100");
      preset.put("batch", "512");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return Discrimination.plan(FRAMEWORK, setup);
  }
}
