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
import juxta.api.Setup;
import juxta.toolkit.discrimination.Discrimination;
import juxta.toolkit.discrimination.Framework;
import juxta.toolkit.discrimination.MocoV2Framework;

/**
 * MoCo v2: a query finds its key, the averaged network's view of the same image, among the keys of
 * the steps before.
 *
 * <pre>
 *   theta_m = m theta_m + (1 - m) theta                            f_m, g_m follow f, g
 *   q = unit(g(f(x1))),  k = unit(g_m(f_m(x2)))                    [B, out]
 *   L = CE([q . k, q . queue] / tau, 0)                            [B, 1 + K]
 *   queue = [queue, k] without its oldest B rows
 * </pre>
 *
 * <p>{@link MocoV2Framework} builds the step.
 */
public final class Mocov2 implements Method {
  private static final Framework FRAMEWORK = new MocoV2Framework();

  /** For the ServiceLoader. */
  public Mocov2() {}

  @Override
  public String id() {
    return "mocov2";
  }

  @Override
  public String summary() {
    return "a query finds its key among a queue of keys that an averaged network made";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Fan, Girshick, He",
            "Improved Baselines with Momentum Contrastive Learning",
            2020,
            "https://arxiv.org/abs/2003.04297"));
  }

  @Override
  public List<Setting<?>> settings() {
    return FRAMEWORK.settings();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.2");
    preset.put("augmentation", tiny ? "cifar" : "mocov2");
    if (name.equals(SMALL)) {
      preset.putAll(FRAMEWORK.smallScale());
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "128");
      preset.put("queue", data.trainSize() <= 5000 ? "1024" : "4096"); // less than the images
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("key-groups", "8");
    preset.put("epochs", "200");
    if (tiny) { // the authors' demo on CIFAR-10: 0.06 for a batch of 512
      preset.put("loss.temperature", "0.1");
      preset.put("projection-layers", "1");
      preset.put("queue", "4096");
      preset.put("momentum-base", "0.99");
      preset.put("momentum-end", "0.99");
      preset.put("base-rate", "0.03");
      preset.put("weight-decay", "5e-4");
      preset.put("batch", "512");
    } else {
      preset.put("batch", "256");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return Discrimination.plan(FRAMEWORK, setup);
  }
}
