package juxta.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.engine.train.Precision;

/**
 * The same training step in DJL with PyTorch, in a process of its own: two engines in one would
 * share libraries. Each contender trains on one batch, so that its loss must fall. A product of
 * large matrices in the same rounds tells what the machine could do at best.
 */
final class PeerStep {
  private PeerStep() {}

  static void run(Options options) throws IOException {
    PeerTask task = options.network();
    Table table = new Table("peer-step " + task.word(), options);
    try (ChildLane peer = new ChildLane(task, options);
        EngineLane f32 = task.juxta("juxta", Precision.FLOAT32, options);
        Roof roof = new Roof(Precision.FLOAT32.config(options.threads()))) {
      List<Lane> lanes = new ArrayList<>(List.of(f32, peer, roof));
      Optional<EngineLane> bf16 = bf16(task, options);
      bf16.ifPresent(lanes::add);
      Rounds rounds = Rounds.run(lanes, options);
      lanes.forEach(lane -> table.times(rounds, lane.name()));
      table.ratio(rounds, "djl", "juxta");
      if (bf16.isPresent()) {
        table.ratio(rounds, "djl", "juxta bf16");
        table.ratio(rounds, "juxta", "juxta bf16");
      }
      table.note("trained values of DJL's network: %d", peer.parameters());
      double best = Roof.gigaflop() / rounds.of("matmul", Lane.Sample::cpu).median() * 1e3;
      table.note("matmul: %.0f GFLOP/s a core", best);
      if (task == PeerTask.RESNET18) {
        double step = Flops.resnet18(options.batch(), options.side());
        double done = step / rounds.of("juxta", Lane.Sample::cpu).median() * 1e3;
        table.note("convolutions and matrix products of a step, as plain ones: %.0f GFLOP", step);
        table.note("juxta: %.0f GFLOP/s a core, %.0f %% of matmul's", done, 100 * done / best);
      }
      for (Lane lane : lanes) {
        List<Double> losses = rounds.losses().get(lane.name());
        table.note(
            "%-10s loss %.4f at first, %.4f at last",
            lane.name(), losses.get(0), losses.get(losses.size() - 1));
      }
      bf16.ifPresent(EngineLane::close);
    }
    table.end(options);
  }

  /** Where the processor multiplies bfloat16; elsewhere TensorFlow may end the process. */
  private static Optional<EngineLane> bf16(PeerTask task, Options options) {
    return Machine.hasBf16()
        ? Optional.of(task.juxta("juxta bf16", Precision.BF16, options))
        : Optional.empty();
  }
}
