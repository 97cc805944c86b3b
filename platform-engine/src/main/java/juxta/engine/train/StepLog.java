package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Step;
import juxta.toolkit.graph.GraphSession;

/** Tells of every step in its turn, as soon as its scalars are on the host. */
final class StepLog {
  /** Is told of a step. */
  interface Listener {
    void step(long step, Map<String, Double> scalars);

    /** A step's loss is no number; ends the run. */
    RuntimeException diverged(long step, double loss);
  }

  /** A step that ran, with the scalars that the host knows by itself. */
  private record Ran(long step, Map<String, Double> scalars) {}

  private final Optional<ScalarRing> ring;
  private final GraphSession session;
  private final Listener listener;
  private final List<Ran> waiting = new ArrayList<>();
  private boolean begun;

  StepLog(Optional<ScalarRing> ring, GraphSession session, Listener listener) {
    this.ring = ring;
    this.session = session;
    this.listener = listener;
  }

  /** A step ran; without a ring all its scalars are given. */
  void ran(long step, Map<String, Double> scalars) {
    waiting.add(new Ran(step, scalars));
    // the first at once: it takes longest, and what measures time begins with its end
    if (!begun || waiting.size() >= ring.map(ScalarRing::steps).orElse(1)) {
      flush();
      begun = true;
    }
  }

  /** Tells of all steps that ran; before it nothing that they changed may be saved. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Ran> all = List.copyOf(waiting);
    waiting.clear();
    List<Map<String, Double>> kept =
        ring.map(r -> r.read(session, all.stream().map(Ran::step).toList())).orElse(List.of());
    for (int i = 0; i < all.size(); i++) {
      Map<String, Double> scalars = new LinkedHashMap<>(all.get(i).scalars());
      if (!kept.isEmpty()) {
        scalars.putAll(kept.get(i));
      }
      double loss = scalars.get(Step.LOSS);
      if (!Double.isFinite(loss)) {
        throw listener.diverged(all.get(i).step(), loss);
      }
      listener.step(all.get(i).step(), scalars);
    }
  }
}
