package juxta.launcher.engine;

import java.util.List;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.TrainingPhase;

/** Trains heads of evaluators over a frozen model. */
final class HeadTrainer {
  private final long seed;
  private final int threads;
  private final Monitor monitor;
  private final BooleanSupplier stop;

  HeadTrainer(long seed, int threads, Monitor monitor, BooleanSupplier stop) {
    this.seed = seed;
    this.threads = threads;
    this.monitor = monitor;
    this.stop = stop;
  }

  Evaluation.Trained train(
      FrozenModel model,
      String name,
      Dataset data,
      TrainingPhase phase,
      List<ModelFunction> functions) {
    ParameterStore store = new ParameterStore(model.store().entries());
    PhaseRunner.Surroundings around =
        new PhaseRunner.Surroundings(
            data,
            seed,
            Precision.FLOAT32,
            threads,
            monitor,
            new Unsaved(),
            stop,
            s -> {
              throw new IllegalArgumentException("heads have no validation");
            });
    new PhaseRunner(name, phase, around, store, PhaseState.START).run();
    FrozenModel head = new FrozenModel(functions, store);
    Inference inference = new Inference(seed, threads, Monitor.SILENT);
    return (function, split, output) -> run(inference, head, data, function, split, output);
  }

  private static Matrix run(
      Inference inference,
      FrozenModel head,
      Dataset data,
      String function,
      String split,
      String output) {
    return inference.run(head, function, data.split(split), output);
  }

  /** Heads train in seconds to minutes; a run that is stopped evaluates again. */
  private static final class Unsaved implements PhaseRunner.Saver {
    @Override
    public boolean due(long step, boolean endOfEpoch) {
      return false;
    }

    @Override
    public String save(ParameterStore store, PhaseState state) {
      return "nowhere, since evaluations start again";
    }

    @Override
    public String remedy() {
      return "start the same command again (a comparison with --resume)";
    }

    @Override
    public String last() {
      return "the trained model, which is unchanged";
    }
  }
}
