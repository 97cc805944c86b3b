package juxta.plugin.baselines.evaluators;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import juxta.api.Schedule;
import juxta.toolkit.optim.Lars;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;

/**
 * How a linear probe is trained.
 *
 * @param optimizer which optimiser, with momentum 0.9
 * @param rate learning rate for a batch of 256, or of any size where {@code scaled} is false
 * @param scaled whether the learning rate grows with the batch
 * @param decay weight decay of the weight, coupled
 * @param batch records a step
 * @param epochs passes over the training records
 * @param cosine whether the rate falls as a cosine; otherwise to a tenth after 60% and 80%
 * @param fewestSteps steps to take even if the epochs make less
 */
record ProbeRecipe(
    Kind optimizer,
    double rate,
    boolean scaled,
    double decay,
    int batch,
    int epochs,
    boolean cosine,
    long fewestSteps) {
  /** Optimisers of linear probes. */
  enum Kind {
    SGD,
    NESTEROV,
    LARS
  }

  /** The recipe of a protocol: the table of the reference implementations' linear evaluations. */
  static ProbeRecipe named(String protocol) {
    return switch (protocol) {
      // ours: on standardised features; rate and decay are chosen on held-out training records
      case "logistic" -> new ProbeRecipe(Kind.NESTEROV, 0.1, false, 1e-4, 256, 30, true, 1500);
      // google-research/simclr: run.py
      case "simclr" -> plain(Kind.NESTEROV, 0.1, 1e-6, 4096, 90);
      case "simclr-cifar" -> plain(Kind.NESTEROV, 0.1, 0, 512, 100);
      // facebookresearch/moco: main_lincls.py
      case "mocov2" -> new ProbeRecipe(Kind.SGD, 30, false, 0, 256, 100, false, 0);
      // facebookresearch/moco-v3: main_lincls.py and CONFIG.md
      case "mocov3" -> plain(Kind.SGD, 0.1, 0, 1024, 90);
      case "mocov3-vit" -> plain(Kind.SGD, 3, 0, 1024, 90);
      // facebookresearch/simsiam: main_lincls.py
      case "simsiam-lars" -> plain(Kind.LARS, 0.1, 0, 4096, 90);
      // deepmind-research/byol: eval_experiment.py
      case "byol" -> plain(Kind.NESTEROV, 0.2, 0, 1024, 80);
      // facebookresearch/dino: eval_linear.py
      case "dino" -> plain(Kind.SGD, 0.001, 0, 1024, 100);
      // visresearch/patchmix: main_linear.py; the rate of ViT-S, the batch of CIFAR
      case "patchmix" -> plain(Kind.NESTEROV, 0.02, 0, 256, 100);
      // multi-network contrast: linear.py and config_finetune.yaml
      case "mnc" -> new ProbeRecipe(Kind.LARS, 0.8, false, 0, 256, 90, true, 0);
      default -> throw new IllegalArgumentException("no protocol '" + protocol + "'");
    };
  }

  private static ProbeRecipe plain(Kind kind, double rate, double decay, int batch, int epochs) {
    return new ProbeRecipe(kind, rate, true, decay, batch, epochs, true, 0);
  }

  ProbeRecipe rate(double value) {
    return new ProbeRecipe(optimizer, value, scaled, decay, batch, epochs, cosine, fewestSteps);
  }

  ProbeRecipe decay(double value) {
    return new ProbeRecipe(optimizer, rate, scaled, value, batch, epochs, cosine, fewestSteps);
  }

  ProbeRecipe batch(int value) {
    return new ProbeRecipe(optimizer, rate, scaled, decay, value, epochs, cosine, fewestSteps);
  }

  ProbeRecipe epochs(int value, long steps) {
    return new ProbeRecipe(optimizer, rate, scaled, decay, batch, value, cosine, steps);
  }

  /** The recipe for so many records: a batch holds no more than there are. */
  ProbeRecipe fitting(int records) {
    return batch(Math.min(batch, records));
  }

  long steps(int records) {
    return Math.max(fewestSteps, (long) epochs * (records / batch));
  }

  double effectiveRate() {
    return scaled ? rate * batch / 256 : rate;
  }

  Schedule schedule(int records) {
    long steps = steps(records);
    return cosine
        ? Schedules.cosine(effectiveRate(), 0, steps)
        : Schedules.stepDecay(effectiveRate(), 0.1, steps * 6 / 10, steps * 8 / 10);
  }

  Optimizer updates() {
    WeightDecay weightDecay = WeightDecay.of(decay);
    return switch (optimizer) {
      case SGD -> Sgd.of(0.9).decay(weightDecay);
      case NESTEROV -> Sgd.of(0.9).decay(weightDecay).lookingAhead();
      case LARS -> Lars.larc(weightDecay);
    };
  }

  Map<String, String> shown(int records) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("optimizer", optimizer.name().toLowerCase(Locale.ROOT) + ", momentum 0.9");
    shown.put("learning-rate", number(effectiveRate()) + (cosine ? ", cosine" : ", step decay"));
    shown.put("weight-decay", number(decay));
    shown.put("batch", Integer.toString(batch));
    shown.put(
        "steps",
        steps(records)
            + " ("
            + Math.max(1, steps(records) / Math.max(1, records / batch))
            + " epochs)");
    return shown;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
