package juxta.engine.train;

import java.util.List;
import java.util.Optional;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;

/**
 * Measures at intervals during a phase, keeps the best weights, and ends a phase early. The best
 * weights lie in the store under a prefix, so that checkpoints hold them.
 */
final class Validator {
  private static final String BEST = "best.";

  private final Optional<TrainingPhase.Validation> validation;
  private final List<Double> history;

  Validator(TrainingPhase phase, List<Double> history) {
    this.validation = phase.validation();
    this.history = history;
  }

  boolean due(long done) {
    return validation.isPresent() && done % validation.get().every() == 0;
  }

  /** Measures; false if the phase should end. */
  boolean measure(TaskContext context, ParameterStore store) {
    TrainingPhase.Validation watch = validation.orElseThrow();
    int before = bestIndex(watch);
    history.add(ComponentFault.in("the validation", () -> watch.measure().apply(context)));
    int now = bestIndex(watch);
    if (watch.keepBest() && now != before) {
      store
          .entries()
          .forEach(
              (name, entry) -> {
                if (!name.startsWith(BEST) && !name.startsWith(ParameterStore.OPTIMIZER)) {
                  store.put(BEST + name, entry);
                }
              });
    }
    return watch.patience() == 0 || history.size() - 1 - now < watch.patience();
  }

  /** The first of the best values; what is not a number is worse than any. */
  private int bestIndex(TrainingPhase.Validation watch) {
    double sign = watch.lowerIsBetter() ? 1 : -1;
    int best = -1;
    for (int i = 0; i < history.size(); i++) {
      if (best < 0
          || Double.isNaN(history.get(best)) && !Double.isNaN(history.get(i))
          || sign * history.get(i) < sign * history.get(best)) {
        best = i;
      }
    }
    return best;
  }

  /** Puts the best weights in place of the last ones, if they were kept. */
  void restoreBest(ParameterStore store) {
    for (String name : store.names()) {
      if (name.startsWith(BEST)) {
        store.put(name.substring(BEST.length()), store.entry(name));
        store.remove(name);
      }
    }
  }
}
