package juxta.plugin.spps;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.TaskContext;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;

/** What the phase of mining works with; parameters that nobody wrote have their first values. */
record FakeTask(
    FakeSetup setup,
    List<ModelFunction> functions,
    Path artefacts,
    Map<String, Value> weights,
    Map<String, Double> logged)
    implements TaskContext {
  static FakeTask of(FakeSetup setup, List<ModelFunction> functions, Path artefacts) {
    FakeTask task =
        new FakeTask(setup, functions, artefacts, new LinkedHashMap<>(), new LinkedHashMap<>());
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
      Batch images = Batch.of(Field.IMAGE, Rig.images(builder.root(), setup));
      var wanted = body.apply(builder.root(), images).get(output);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        builder.parameters().stream()
            .filter(p -> weights.containsKey(p.name()))
            .forEach(p -> session.write(p.name(), weights.get(p.name())));
        session
            .read(builder.parameters().stream().map(p -> p.name()).toList())
            .forEach(weights::putIfAbsent);
        Value rows = session.values(Map.of(), List.of(wanted), List.of()).get(0);
        return new Matrix(
            rows.shape().get(0).intValue(), rows.shape().get(1).intValue(), Tensors.floats(rows));
      }
    }
  }

  @Override
  public Dataset data() {
    return setup.data();
  }

  @Override
  public long seed() {
    return setup.seed();
  }

  @Override
  public Value read(String parameter) {
    return weights.get(parameter);
  }

  @Override
  public void write(Map<String, Value> parameters) {
    weights.putAll(parameters);
  }

  @Override
  public void progress(long done, long total, String unit) {
    if (done > total) {
      throw new AssertionError(done + " " + unit + " of " + total);
    }
  }

  @Override
  public void log(String name, double value) {
    logged.put(name, value);
  }

  @Override
  public Model model() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Evaluation.Applied open(String function, List<Field> inputs) {
    throw new UnsupportedOperationException();
  }
}
