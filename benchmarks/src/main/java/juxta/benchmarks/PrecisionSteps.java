package juxta.benchmarks;

import java.io.IOException;
import java.util.List;
import juxta.api.Settings;
import juxta.engine.train.Precision;
import juxta.plugin.baselines.encoders.ResNetSmall;
import juxta.plugin.baselines.methods.Simclr;

/** float32 against bf16: speed, and how far the losses part from one seed. */
final class PrecisionSteps {
  private PrecisionSteps() {}

  static void run(Options options) throws IOException {
    Table table = new Table("precision", options);
    Noise data = new Noise(4 * options.batch(), options.side());
    SimclrSetup setup =
        new SimclrSetup(
            data, new ResNetSmall(), Settings.DEFAULTS, options.batch(), (options.total() + 3) / 4);
    try (EngineLane f32 = lane("float32", setup, Precision.FLOAT32, options);
        EngineLane bf16 = lane("bf16", setup, Precision.BF16, options)) {
      Rounds rounds = Rounds.run(List.of(f32, bf16), options);
      table.times(rounds, "float32");
      table.times(rounds, "bf16");
      table.ratio(rounds, "float32", "bf16");
      losses(table, rounds);
    }
    table.end(options);
  }

  private static EngineLane lane(
      String name, SimclrSetup setup, Precision precision, Options options) {
    return new EngineLane(name, new Simclr(), setup, precision, options.threads());
  }

  private static void losses(Table table, Rounds rounds) {
    List<Double> a = rounds.losses().get("float32");
    List<Double> b = rounds.losses().get("bf16");
    double[] apart = new double[a.size()];
    double most = 0;
    for (int i = 0; i < apart.length; i++) {
      apart[i] = Math.abs(a.get(i) - b.get(i));
      most = Math.max(most, apart[i]);
    }
    table.row("loss, absolute difference", Quartiles.of(apart), "");
    int last = a.size() - 1;
    table.note("largest difference over %d steps: %.4f", a.size(), most);
    table.note("float32: loss %.4f at first, %.4f at last", a.get(0), a.get(last));
    table.note("bf16:    loss %.4f at first, %.4f at last", b.get(0), b.get(last));
  }
}
