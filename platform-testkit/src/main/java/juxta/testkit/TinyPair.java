package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Schedule;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.optim.Sgd;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A method that trains an encoder: two views of a record attract.
 *
 * @param encoder the encoder's id
 */
record TinyPair(String encoder) implements Method {
  @Override
  public String id() {
    return "pair";
  }

  @Override
  public String summary() {
    return "two views attract";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.values());
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return Map.of("encoder", encoder, "epochs", "1");
  }

  @Override
  public Plan plan(Setup setup) {
    TrainingPhase phase =
        TrainingPhase.of(
            (long) Shortened.STEPS * setup.epochs(),
            Samplers.shuffled("train", setup.data().train().size(), setup.batch()),
            Map.of(TrainingPhase.LEARNING_RATE, Schedule.constant(0.01)),
            context -> step(setup, context));
    return Plan.of(
        phase,
        setup.data().kind() == DataKind.VOLUMES // whose views are cut with their masks
            ? List.of(encode(setup))
            : List.of(encode(setup), embed(setup)));
  }

  private static String field(Setup setup) {
    return setup.data().kind() == DataKind.VOLUMES ? Field.VOLUME : Field.IMAGE;
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    var f = setup.encoder(scope.sub("encoder"));
    Operand<TFloat32> q = f.apply(view(setup, context, 0), Pass.TRAINING).embedding();
    Operand<TFloat32> k = f.apply(view(setup, context, 1), Pass.TRAINING).embedding();
    Operand<TFloat32> loss =
        setup.loss(
            scope,
            Comparison.of(Similarity.cosine(scope, q, k), Targets.identity(scope, setup.batch())));
    Sgd.of(0.9).minimize(scope, loss);
    return Step.of(loss);
  }

  private static Operand<TFloat32> view(Setup setup, StepContext context, int index) {
    return setup.view(context.scope(), context.batch(), View.global(index)).floats(field(setup));
  }

  private static ModelFunction encode(Setup setup) {
    List<Long> stored = setup.data().train().field(field(setup)).shape();
    long channels = stored.get(stored.size() - 1);
    long[] shape =
        java.util.stream.LongStream.concat(
                setup.lengths(View.Kind.EVALUATION).stream().mapToLong(n -> n),
                java.util.stream.LongStream.of(channels))
            .toArray();
    return new ModelFunction(
        ModelFunction.ENCODE,
        List.of(Field.of(field(setup), FieldType.FLOAT32, shape)),
        (scope, batch) ->
            Map.of(
                ModelFunction.EMBEDDING,
                setup
                    .encoder(scope.sub("encoder"))
                    .apply(batch.floats(field(setup)), Pass.INFERENCE)
                    .embedding()));
  }

  private static ModelFunction embed(Setup setup) {
    return new ModelFunction(
        ModelFunction.EMBED,
        List.of(setup.data().train().field(field(setup))),
        (scope, batch) ->
            Map.of(
                ModelFunction.EMBEDDING,
                setup
                    .encoder(scope.sub("encoder"))
                    .apply(
                        setup.view(scope, batch, View.EVALUATION).floats(field(setup)),
                        Pass.INFERENCE)
                    .embedding()));
  }
}
