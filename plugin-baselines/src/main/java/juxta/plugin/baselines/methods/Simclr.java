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
import juxta.toolkit.discrimination.SimclrFramework;
import juxta.toolkit.model.Presets;

/**
 * SimCLR: two views of each image attract, all other views in the batch repel.
 *
 * <p>Algorithm 1 of the paper: 2B views, z = g(f(view)), NT-Xent over the 2B rows with the own row
 * left out and the other view of the same image as the positive.
 *
 * <pre>
 *   x1 = t(x), x2 = t'(x);  z = g(f([x1; x2]))                 [2B, out]
 *   L = mean over i of -log exp(cos(z_i, z_p(i)) / tau) / sum over k != i of exp(cos(z_i, z_k) / tau)
 *   p(i) = (i + B) mod 2B
 * </pre>
 *
 * <p>{@link SimclrFramework} builds the step.
 */
public final class Simclr implements Method {
  private static final Framework FRAMEWORK = new SimclrFramework();

  /** For the ServiceLoader. */
  public Simclr() {}

  @Override
  public String id() {
    return "simclr";
  }

  @Override
  public String summary() {
    return "two views of an image attract, all other views in the batch repel";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Kornblith, Norouzi, Hinton",
            "A Simple Framework for Contrastive Learning of Visual Representations",
            2020,
            "https://arxiv.org/abs/2002.05709"));
  }

  @Override
  public List<Setting<?>> settings() {
    return FRAMEWORK.settings();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= 64;
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("loss", "ntxent");
    preset.put("augmentation", tiny ? "simclr-cifar" : "simclr");
    if (name.equals(SMALL)) {
      preset.put("encoder", "resnet-small");
      preset.put("loss.temperature", "0.2");
      preset.put("projection-hidden", "256");
      preset.put("optimizer", "adamw");
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay", "0.01");
      preset.put("warmup-epochs", "1");
      preset.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
      if (tiny) {
        preset.put("augmentation.size", Presets.smallViews(data));
      }
      preset.put("epochs", Presets.smallEpochs(data));
      preset.put("batch", Presets.smallBatch(data));
      preset.put("precision", "auto");
      return preset;
    }
    // appendix B.9 for CIFAR, section 2.2 otherwise
    preset.put("encoder", tiny ? "resnet18" : "resnet50");
    if (tiny) {
      preset.put("encoder.stem", "cifar");
      preset.put("loss.temperature", "0.5");
      preset.put("base-rate", "1.0");
      preset.put("weight-decay", "1e-4");
    }
    preset.put("epochs", "1000");
    preset.put("batch", tiny ? "512" : "4096");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return Discrimination.plan(FRAMEWORK, setup);
  }
}
