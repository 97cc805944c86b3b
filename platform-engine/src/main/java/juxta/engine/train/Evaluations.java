package juxta.engine.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TrainingPhase;
import juxta.api.View;

/** Evaluates one frozen model; what its functions make of a split is computed once. */
public final class Evaluations {
  /** Applies a function of the model to a split. */
  @FunctionalInterface
  private interface Passes {
    Matrix over(String function, Split split, String output);
  }

  private final FrozenModel model;
  private final Setup setup;
  private final Path directory;
  private final Monitor monitor;
  private final Inference inference;
  private final HeadTrainer heads;
  private final Passes passes;
  private final Map<String, Matrix> known = new HashMap<>();

  /**
   * Prepares to evaluate.
   *
   * @param model the frozen model
   * @param setup the run that it comes from, over the data to score on
   * @param directory folder for evaluators' files
   * @param placement where it runs
   * @param monitor is told what happens
   * @param stop becomes true when the user wants to stop
   */
  public Evaluations(
      FrozenModel model,
      Setup setup,
      Path directory,
      Placement placement,
      Monitor monitor,
      BooleanSupplier stop) {
    this.model = model;
    this.setup = setup;
    this.directory = directory;
    this.monitor = monitor;
    this.inference = new Inference(setup.seed(), placement, monitor);
    this.heads = new HeadTrainer(setup.seed(), placement, directory, monitor, stop);
    this.passes = (function, split, output) -> inference.run(model, function, split, output);
  }

  /**
   * Prepares to look at a model in training, in silence and to the end.
   *
   * @param functions the model's functions, with the weights of this moment
   * @param setup the run, over the data to score on
   * @param directory folder for evaluators' files
   * @param placement where it runs
   */
  public Evaluations(KeptFunctions functions, Setup setup, Path directory, Placement placement) {
    this.model = functions.model();
    this.setup = setup;
    this.directory = directory;
    this.monitor = Monitor.SILENT;
    this.inference = new Inference(setup.seed(), placement, monitor);
    this.heads = new HeadTrainer(setup.seed(), placement, directory, monitor, () -> false);
    this.passes = functions::run;
  }

  /**
   * What one evaluator works with.
   *
   * @param settings the evaluator's settings
   * @return the evaluation
   */
  public Evaluation with(Settings settings) {
    return new One(settings);
  }

  private final class One implements Evaluation {
    private final Settings settings;

    One(Settings settings) {
      this.settings = settings;
    }

    @Override
    public Settings settings() {
      return settings;
    }

    @Override
    public Dataset data() {
      return setup.data();
    }

    @Override
    public Model model() {
      return model;
    }

    @Override
    public long seed() {
      return setup.seed();
    }

    @Override
    public Path directory() {
      return directory;
    }

    @Override
    public Matrix run(String function, String split, String output) {
      return known.computeIfAbsent(
          function + " " + split + " " + output,
          key -> passes.over(function, data().split(split), output));
    }

    @Override
    public Applied open(String function, List<Field> inputs) {
      return inference.open(model, function, inputs);
    }

    @Override
    public Batch view(GraphScope scope, Batch batch, View view) {
      return setup.view(scope, batch, view);
    }

    @Override
    public Trained train(
        String name, Dataset data, TrainingPhase phase, List<ModelFunction> functions) {
      return heads.train(model, name, data, phase, functions);
    }

    @Override
    public void progress(long done, long total, String unit) {
      monitor.progress(done, total, unit);
    }
  }
}
