package juxta.benchmarks;

import java.io.IOException;
import java.util.List;
import juxta.engine.train.Precision;

/** What the engine adds to the bare network: data, views, scalars and bookkeeping. */
final class StepOverhead {
  private static final int RECORDS = 4096;

  private StepOverhead() {}

  static void run(Options options) throws IOException {
    Table table = new Table("step-overhead", options);
    Noise data = new Noise(Math.max(RECORDS, options.batch()), options.side());
    try (EngineLane juxta = EngineLane.resnet18("juxta", data, Precision.FLOAT32, options);
        BareLane bare = new BareLane(options, Precision.FLOAT32.config(options.threads()))) {
      Rounds rounds = Rounds.run(List.of(bare, juxta), options);
      table.times(rounds, "bare graph");
      table.times(rounds, "juxta");
      table.ratio(rounds, "juxta", "bare graph");
    }
    table.end(options);
  }
}
