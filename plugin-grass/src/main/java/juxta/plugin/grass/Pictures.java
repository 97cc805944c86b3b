package juxta.plugin.grass;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import juxta.api.Sampler;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;

/** Leaves sheets of what guided steps saw among the artefacts of a run, and chooses no weights. */
final class Pictures {
  private Pictures() {}

  /**
   * Writes {@code guided-epoch-N.png} and {@code thresholds-epoch-N.png} at the end of every so
   * many epochs of the phase.
   *
   * @param epochs number of epochs between two sheets
   * @param sampler of the phase
   * @param seen what the last step saw
   * @return what the engine calls; its value is always 0
   */
  static TrainingPhase.Validation every(
      int epochs, Sampler sampler, AtomicReference<GuidanceSheet> seen) {
    long perEpoch = sampler.stepsPerEpoch();
    return new TrainingPhase.Validation(
        epochs * perEpoch, context -> write(context, seen, perEpoch), true, false, 0);
  }

  private static double write(
      TaskContext context, AtomicReference<GuidanceSheet> seen, long stepsPerEpoch) {
    Optional.ofNullable(seen.get())
        .ifPresent(
            sheet -> {
              long epoch = (sheet.step() + 1) / stepsPerEpoch;
              sheet.write(context.artefacts().resolve("guided-epoch-" + epoch + ".png"));
              sheet.writeThresholds(
                  context.artefacts().resolve("thresholds-epoch-" + epoch + ".png"));
            });
    return 0;
  }
}
