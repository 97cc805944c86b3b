package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.api.Score;
import juxta.api.UserException;
import juxta.engine.train.Monitor;

/** Writes a run's scalars to its folder and passes everything on. */
final class RecordingMonitor implements Monitor, AutoCloseable {
  /** Every step of a short phase is logged, every tenth of a long one. */
  private static final long EVERY = 10;

  private static final String SPREAD = "embedding-spread";
  private static final double COLLAPSED = 0.05;
  private static final int PATIENCE = 50;

  private final Monitor next;
  private final MetricsLog log;
  private final EventsWriter events;
  private final Map<String, Integer> low = new HashMap<>();
  private long globalStep;
  private long phaseSteps;
  private long phaseStep;
  private double phaseEpoch;
  private final Map<String, PhaseCost> costs = new LinkedHashMap<>();
  private long firstEnd;

  RecordingMonitor(Path folder, long firstStep, Monitor next) {
    this.next = next;
    this.log = new MetricsLog(folder.resolve("metrics.jsonl"));
    this.globalStep = firstStep;
    try {
      this.events = new EventsWriter(folder.resolve("events"), firstStep);
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + folder + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  /** What each training phase has taken so far. */
  List<PhaseCost> costs() {
    return List.copyOf(costs.values());
  }

  /** Steps done in all phases. */
  long globalStep() {
    return globalStep;
  }

  @Override
  public void phase(String phase, long steps, long done, long records) {
    phaseSteps = steps;
    phaseStep = Math.max(0, done - 1);
    phaseEpoch = 0;
    firstEnd = 0;
    if (steps > 0) {
      costs.put(phase, new PhaseCost(phase, done, records, 0, 0));
    }
    next.phase(phase, steps, done, records);
  }

  @Override
  public void step(String phase, long step, double epoch, Map<String, Double> scalars) {
    globalStep++;
    phaseStep = step;
    phaseEpoch = epoch;
    long now = System.nanoTime();
    firstEnd = firstEnd == 0 ? now : firstEnd;
    costs.computeIfPresent(phase, (name, cost) -> cost.step(step, firstEnd, now));
    boolean last = step + 1 == phaseSteps;
    if (step % EVERY == 0 || last || phaseSteps <= 100) {
      record(phase, step, epoch, scalars);
    }
    watch(phase, scalars);
    next.step(phase, step, epoch, scalars);
  }

  /** Warns once a phase when embeddings stay almost equal. */
  private void watch(String phase, Map<String, Double> scalars) {
    Double spread = scalars.get(SPREAD);
    if (spread == null) {
      return;
    }
    int before = low.getOrDefault(phase, 0);
    if (before >= PATIENCE) {
      return; // the user was told
    }
    int count = spread < COLLAPSED ? before + 1 : 0;
    low.put(phase, count);
    if (count == PATIENCE) {
      next.warn(
          String.format(
              Locale.ROOT,
              "%s: the embeddings have collapsed: their spread is %.3f of 1 and has been below"
                  + " %.2f for %d steps; all records get almost the same embedding",
              phase,
              spread,
              COLLAPSED,
              PATIENCE));
    }
  }

  @Override
  public void probed(String phase, long step, double epoch, Map<String, List<Score>> scores) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scores.forEach(
        (evaluator, own) ->
            own.stream()
                .filter(score -> score.metric().indexOf('/') < 0)
                .forEach(
                    score ->
                        scalars.put("probe-" + evaluator + "-" + score.metric(), score.value())));
    record(phase, step, epoch, scalars);
    next.probed(phase, step, epoch, scores);
  }

  /** Records what a task or a validation measured, beside the step after which it did. */
  void log(String phase, String name, double value) {
    Map<String, Double> one = new LinkedHashMap<>();
    one.put(name, value);
    record(phase, phaseStep, phaseEpoch, one);
  }

  private void record(String phase, long step, double epoch, Map<String, Double> scalars) {
    log.write(phase, step, epoch, scalars);
    try {
      events.scalars(phase, globalStep, scalars);
    } catch (IOException e) {
      throw new UserException(
          "cannot write TensorBoard events ("
              + Folders.reason(e)
              + "); make room, then pass --resume",
          e);
    }
  }

  @Override
  public void progress(long done, long total, String unit) {
    next.progress(done, total, unit);
  }

  @Override
  public void warn(String message) {
    next.warn(message);
  }

  @Override
  public void end() {
    next.end();
  }

  @Override
  public void close() {
    log.close();
    try {
      events.close();
    } catch (IOException e) {
      next.warn("TensorBoard events are incomplete (" + Folders.reason(e) + ")");
    }
  }
}
