package juxta.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.TaskContext;
import juxta.api.UserException;
import juxta.api.Value;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a task between phases works with, and the model behind an evaluation. */
record TinyTask(
    Dataset data,
    long seed,
    Path artefacts,
    List<ModelFunction> functions,
    Map<String, Value> weights)
    implements TaskContext {
  @Override
  public Model model() {
    return new Functions(functions);
  }

  @Override
  public Matrix run(String function, String split, String output) {
    return Weights.rows(functions, function, data.split(split), output, weights, seed);
  }

  @Override
  public Evaluation.Applied open(String function, List<Field> inputs) {
    return new OpenedFunction(new Functions(functions).function(function), inputs, seed, weights);
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
    Promise.require(done <= total, "progress of " + done + " " + unit + " out of " + total);
  }

  @Override
  public void log(String name, double value) {
    Promise.require(Double.isFinite(value), "a logged '" + name + "' of " + value);
  }

  /** A model whose weights are those of the graph that it is built into. */
  record Functions(List<ModelFunction> all) implements Model {
    @Override
    public Set<String> functions() {
      return all.stream().map(ModelFunction::name).collect(Collectors.toSet());
    }

    @Override
    public List<Field> inputs(String function) {
      return function(function).inputs();
    }

    @Override
    public Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch) {
      return function(function).body().apply(scope.frozen(), batch);
    }

    @Override
    public Map<String, Operand<TFloat32>> tune(String function, GraphScope scope, Batch batch) {
      return function(function)
          .tuned()
          .orElseThrow(() -> new UserException("'" + function + "' cannot be trained further"))
          .apply(scope, batch);
    }

    ModelFunction function(String name) {
      return all.stream()
          .filter(f -> f.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new UserException("the model has no function '" + name + "'"));
    }
  }
}
