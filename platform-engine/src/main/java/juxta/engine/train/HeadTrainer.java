package juxta.engine.train;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.TrainingPhase;

/** Trains heads of evaluators over a frozen model, or over a copy of it that is tuned with them. */
final class HeadTrainer {
  private final long seed;
  private final Placement placement;
  private final Path directory;
  private final Monitor monitor;
  private final BooleanSupplier stop;

  HeadTrainer(
      long seed, Placement placement, Path directory, Monitor monitor, BooleanSupplier stop) {
    this.seed = seed;
    this.placement = placement;
    this.directory = directory;
    this.monitor = monitor;
    this.stop = stop;
  }

  Evaluation.Trained train(
      FrozenModel model,
      String name,
      Dataset data,
      TrainingPhase phase,
      List<ModelFunction> functions) {
    Trainer trainer =
        new Trainer(
            new Plan(List.of(new Phase.Training(name, artefacts -> phase)), functions),
            new Trainer.Conditions(data, seed, Precision.FLOAT32, placement, directory),
            monitor,
            new Unsaved(),
            stop,
            (head, scalar, value) -> {});
    ParameterStore copy = new ParameterStore(model.store().entries());
    ParameterStore trained = trainer.run(copy, PhaseState.START);
    trained.forgetOptimizer(); // of a tuned encoder it is twice the weights
    FrozenModel head = new FrozenModel(functions, trained);
    return new Head(head, data, new Inference(seed, placement, Monitor.SILENT));
  }

  private record Head(FrozenModel model, Dataset data, Inference inference)
      implements Evaluation.Trained {
    @Override
    public Matrix run(String function, String split, String output) {
      return inference.run(model, function, data.split(split), output);
    }

    @Override
    public Evaluation.Applied open(String function, List<Field> inputs) {
      return inference.open(model, function, inputs);
    }
  }

  /** Heads train in seconds to minutes; a run that is stopped evaluates again. */
  private static final class Unsaved implements Trainer.Saver {
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
