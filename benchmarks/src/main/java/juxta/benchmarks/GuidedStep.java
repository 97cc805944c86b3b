package juxta.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Settings;
import juxta.engine.train.Precision;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.grass.Grass;

/**
 * What guided sampling costs: GraSS' second phase against its first, which is SimCLR. Two forward
 * passes and one backward pass of twice a forward pass's work are 4/3 of one and one.
 */
final class GuidedStep {
  private GuidedStep() {}

  static void run(Options options) throws IOException {
    Table table = new Table("guided-step", options);
    Noise data = new Noise(4 * options.batch(), options.side());
    try (EngineLane plain = lane("plain", "1", data, options);
        EngineLane guided = lane("guided", "0", data, options)) {
      Rounds rounds = Rounds.run(List.of(plain, guided), options);
      table.times(rounds, "plain");
      table.times(rounds, "guided");
      table.ratio(rounds, "guided", "plain");
    }
    table.end(options);
  }

  private static EngineLane lane(String name, String plainShare, Noise data, Options options) {
    Map<String, String> settings = new HashMap<>(SimclrSetup.optimisation());
    settings.put("schedule", "cosine");
    settings.put("picture-epochs", "0");
    settings.put("discrimination-share", plainShare);
    SimclrSetup setup =
        new SimclrSetup(
            data,
            new ResNet18(),
            EngineLane.CIFAR_STEM,
            options.batch(),
            (options.total() + 3) / 4,
            Settings.of(settings));
    return new EngineLane(name, new Grass(), setup, Precision.FLOAT32, options.threads());
  }
}
