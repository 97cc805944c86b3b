package juxta.engine.train;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * A place where a model's functions are built: those that are built into one graph, or one that is
 * built twice, share the model's weights.
 *
 * @param scope the place in the graph
 * @param own full names of the model's weights that are in the graph; grows
 */
record SharedScope(GraphScope scope, Set<String> own) implements GraphScope {
  @Override
  public Ops tf() {
    return scope.tf();
  }

  @Override
  public String name() {
    return scope.name();
  }

  @Override
  public GraphScope sub(String child) {
    return new SharedScope(scope.sub(child), own);
  }

  @Override
  public GraphScope frozen() {
    return new SharedScope(scope.frozen(), own);
  }

  @Override
  public GraphScope averageOf(GraphScope source, Operand<TFloat32> m) {
    return new SharedScope(scope.averageOf(source, m), own);
  }

  @Override
  public Parameter<TFloat32> weight(
      String child, Layout layout, Initializer<TFloat32> initializer, long... shape) {
    return shared(
        child, TFloat32.class, shape, () -> scope.weight(child, layout, initializer, shape));
  }

  @Override
  public <T extends TNumber> Parameter<T> state(
      String child, Class<T> type, Initializer<T> initializer, long... shape) {
    return shared(child, type, shape, () -> scope.state(child, type, initializer, shape));
  }

  @SuppressWarnings("unchecked") // the type is compared
  private <T extends TNumber> Parameter<T> shared(
      String child, Class<T> type, long[] shape, Supplier<Parameter<T>> make) {
    String full = name().isEmpty() ? child : name() + "." + child;
    if (own.contains(full)) {
      for (Parameter<?> known : scope.parameters()) {
        if (known.name().equals(full)
            && known.type() == type
            && Arrays.equals(known.dimensions(), shape)) {
          return (Parameter<T>) known;
        }
      }
    }
    Parameter<T> made = make.get();
    own.add(full);
    return made;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return scope.parameters();
  }

  @Override
  public Operand<TInt64> seed(String purpose) {
    return scope.seed(purpose);
  }

  @Override
  public Operand<TInt64> step() {
    return scope.step();
  }

  @Override
  public Operand<TFloat32> scalar(String scalar) {
    return scope.scalar(scalar);
  }

  @Override
  public <T extends TNumber> void assign(Parameter<T> parameter, Operand<T> value) {
    scope.assign(parameter, value);
  }

  @Override
  public void update(Op update) {
    scope.update(update);
  }

  @Override
  public Arithmetic arithmetic() {
    return scope.arithmetic();
  }
}
