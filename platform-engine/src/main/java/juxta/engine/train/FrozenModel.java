package juxta.engine.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Functions and the weights behind them. */
public final class FrozenModel implements Model {
  private final Map<String, ModelFunction> functions = new LinkedHashMap<>();
  private final ParameterStore store;

  /** Names of the weights that are in each graph that functions were built into. */
  private final Map<ExecutionEnvironment, Set<String>> built =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A model.
   *
   * @param functions its functions
   * @param store its weights
   */
  public FrozenModel(List<ModelFunction> functions, ParameterStore store) {
    functions.forEach(f -> this.functions.put(f.name(), f));
    this.store = store;
  }

  @Override
  public Set<String> functions() {
    return functions.keySet();
  }

  @Override
  public List<Field> inputs(String function) {
    return function(function).inputs();
  }

  @Override
  public Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch) {
    Set<String> own =
        built.computeIfAbsent(scope.tf().scope().env(), graph -> new LinkedHashSet<>());
    return build(function(function), new SharedScope(scope.frozen(), own), batch);
  }

  @Override
  public Map<String, Operand<TFloat32>> tune(String function, GraphScope scope, Batch batch) {
    return function(function)
        .tuned()
        .orElseThrow(
            () ->
                new UserException(
                    "the model's function '" + function + "' cannot be trained further"))
        .apply(scope, batch);
  }

  /** Builds a function into a graph. */
  static Map<String, Operand<TFloat32>> build(
      ModelFunction function, GraphScope scope, Batch batch) {
    return ComponentFault.in(
        "function '" + function.name() + "'", () -> function.body().apply(scope, batch));
  }

  /**
   * A function.
   *
   * @param name its name
   * @return the function
   * @throws UserException if the model lacks it, naming those that it has
   */
  public ModelFunction function(String name) {
    ModelFunction function = functions.get(name);
    if (function == null) {
      throw new UserException(
          "the model has no function '" + name + "'; it has " + functions.keySet());
    }
    return function;
  }

  /**
   * The weights behind the functions.
   *
   * @return the weights, what optimisers remember among them
   */
  public ParameterStore store() {
    return store;
  }
}
