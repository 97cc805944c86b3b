package juxta.plugin.spps;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Value;
import juxta.testkit.StandInTask;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;

/** What the phase of mining works with; parameters that nobody wrote have their first values. */
final class FakeTask extends StandInTask {
  private final FakeSetup setup;
  private final List<ModelFunction> functions;

  private FakeTask(FakeSetup setup, List<ModelFunction> functions, Path artefacts) {
    super(setup.data(), artefacts);
    this.setup = setup;
    this.functions = functions;
  }

  static FakeTask of(FakeSetup setup, List<ModelFunction> functions, Path artefacts) {
    FakeTask task = new FakeTask(setup, functions, artefacts);
    task.run(Spps.EMBED_REFERENCE, Dataset.TRAIN, ModelFunction.EMBEDDING);
    return task;
  }

  @Override
  public Matrix run(String function, String split, String output) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, setup.seed(), "inference");
      var body =
          functions.stream()
              .filter(f -> f.name().equals(function))
              .findFirst()
              .orElseThrow()
              .body();
      Batch images = Batch.of(Field.IMAGE, FakeSetup.images(builder.root(), setup));
      var wanted = body.apply(builder.root(), images).get(output);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        builder.parameters().stream()
            .filter(p -> written().containsKey(p.name()))
            .forEach(p -> session.write(p.name(), written().get(p.name())));
        session
            .read(builder.parameters().stream().map(p -> p.name()).toList())
            .forEach(written()::putIfAbsent);
        Value rows = session.values(Map.of(), List.of(wanted), List.of()).get(0);
        return new Matrix(
            rows.shape().get(0).intValue(), rows.shape().get(1).intValue(), Tensors.floats(rows));
      }
    }
  }

  @Override
  public long seed() {
    return setup.seed();
  }
}
