package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.WeightDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An evaluator may train a model's weights further; the model has its own as before. */
class TuningTest {
  private static final String OUTPUT = ModelFunction.EMBEDDING;

  @TempDir private Path folder;

  private static Map<String, Operand<TFloat32>> scaled(GraphScope scope, Batch batch) {
    Operand<TFloat32> pixels =
        scope
            .tf()
            .reshape(
                scope.tf().dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class),
                scope.ints(-1, 4));
    Operand<TFloat32> weight =
        scope.sub("encoder").weight("w", Layout.PLAIN, Initializers.ones(), 4).value();
    return Map.of(OUTPUT, scope.tf().math.mul(pixels, weight));
  }

  private static FrozenModel model() {
    List<Field> image = List.of(Field.of(Field.IMAGE, FieldType.UINT8, 2, 2, 1));
    ParameterStore store = new ParameterStore();
    store.put("encoder.w", entry(0.5f, -1, 2, 3));
    store.put("optimizer.m.encoder.w", entry(9, 9, 9, 9)); // of the run's training
    return new FrozenModel(
        List.of(
            new ModelFunction(ModelFunction.EMBED, image, TuningTest::scaled)
                .tunedBy(TuningTest::scaled)),
        store);
  }

  private static ParameterStore.Entry entry(float... values) {
    return new ParameterStore.Entry(
        Tensors.floats(new long[] {values.length}, values), Layout.PLAIN);
  }

  private Matrix tuned(FrozenModel model, boolean further) {
    TrainingRun.Job job = Lines.labelled(folder, false, Map.of());
    Evaluation evaluation =
        new Evaluations(
                model,
                new RunSetup(job.choices(), job.data(), folder),
                folder,
                Placement.automatic(1),
                Monitor.SILENT,
                () -> false)
            .with(Settings.DEFAULTS);
    TrainingPhase phase =
        TrainingPhase.of(
            5,
            Samplers.shuffled(Dataset.TRAIN, job.data().train().size(), 8),
            Map.of(TrainingPhase.LEARNING_RATE, (step, history) -> 0.01),
            context -> {
              GraphScope scope = context.scope();
              Operand<TFloat32> x =
                  (further
                          ? evaluation.model().tune(ModelFunction.EMBED, scope, context.batch())
                          : evaluation
                              .model()
                              .apply(ModelFunction.EMBED, scope.frozen(), context.batch()))
                      .get(OUTPUT);
              Operand<TFloat32> head =
                  scope.weight("head", Layout.PLAIN, Initializers.ones(), 4).value();
              Operand<TFloat32> loss =
                  scope
                      .tf()
                      .math
                      .mean(scope.tf().math.square(scope.tf().math.mul(x, head)), scope.ints(0, 1));
              Adam.of(WeightDecay.NONE).minimize(scope, loss);
              return Step.of(loss);
            });
    return evaluation
        .train("tuning", job.data(), phase, List.of(model.function(ModelFunction.EMBED)))
        .run(ModelFunction.EMBED, Dataset.TRAIN, OUTPUT);
  }

  @Test
  void aCopyOfTheWeightsIsTrained() {
    FrozenModel model = model();
    Map<String, ParameterStore.Entry> before = model.store().entries();
    Matrix frozen = tuned(model, false);
    Matrix tuned = tuned(model, true);
    assertThat(model.store().entries()).isEqualTo(before).isEqualTo(model().store().entries());
    // record 2 is (2, 4, 1, 4): five steps of Adam of 0.01 towards 0
    assertThat(frozen.row(2)).containsExactly(1, -4, 2, 12);
    float[] weights = {0.5f, -1, 2, 3};
    for (int i = 0; i < 4; i++) {
      assertThat(Math.abs(frozen.row(2)[i] - tuned.row(2)[i]) * Math.abs(weights[i]))
          .isBetween(0.02f * Math.abs(frozen.row(2)[i]), 0.08f * Math.abs(frozen.row(2)[i]));
    }
    assertThat(tuned(model, true)).usingRecursiveComparison().isEqualTo(tuned);
  }
}
