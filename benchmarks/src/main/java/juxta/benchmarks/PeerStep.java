package juxta.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import juxta.launcher.engine.Precision;

/**
 * The same training step in DJL with PyTorch, in a process of its own: two engines in one would
 * share libraries. Each contender trains on one batch, so that its loss must fall.
 */
final class PeerStep {
  private PeerStep() {}

  static void run(Options options) throws IOException {
    Table table = new Table("peer-step", options);
    Noise data = new Noise(options.batch(), options.side());
    long ours = Parameters.juxta(options.side());
    try (ChildLane peer = new ChildLane(options);
        EngineLane f32 = EngineLane.resnet18("juxta", data, Precision.FLOAT32, options)) {
      if (peer.parameters() != ours) {
        throw new IllegalStateException(
            "the encoders differ: " + ours + " parameters in Juxta, " + peer.parameters());
      }
      table.note("parameters of the encoder: %d in both", ours);
      List<Lane> lanes = new ArrayList<>(List.of(f32, peer));
      Rounds rounds = Rounds.run(lanes, options);
      lanes.forEach(lane -> table.times(rounds, lane.name()));
      table.ratio(rounds, "djl", "juxta");
      for (Lane lane : lanes) {
        List<Double> losses = rounds.losses().get(lane.name());
        table.note(
            "%-10s loss %.4f at first, %.4f at last",
            lane.name(), losses.get(0), losses.get(losses.size() - 1));
      }
    }
    table.end(options);
  }
}
