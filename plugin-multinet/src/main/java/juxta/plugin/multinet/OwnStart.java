package juxta.plugin.multinet;

import java.util.List;
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
 * A place where weights are drawn anew: a moving average made here does not start equal to what it
 * follows. The released code builds its averaged network so.
 *
 * @param place the place
 */
record OwnStart(GraphScope place) implements GraphScope {
  @Override
  public Parameter<TFloat32> weight(
      String name, Layout layout, Initializer<TFloat32> initializer, long... shape) {
    // seeds of first values are [mixed, 0]
    return place.weight(
        name,
        layout,
        (tf, lengths, seed) ->
            initializer.create(tf, lengths, tf.math.add(seed, tf.constant(new long[] {0, 1}))),
        shape);
  }

  @Override
  public GraphScope sub(String name) {
    return new OwnStart(place.sub(name));
  }

  @Override
  public GraphScope frozen() {
    return new OwnStart(place.frozen());
  }

  @Override
  public GraphScope averageOf(GraphScope source, Operand<TFloat32> m) {
    return new OwnStart(place.averageOf(source, m));
  }

  @Override
  public Ops tf() {
    return place.tf();
  }

  @Override
  public String name() {
    return place.name();
  }

  @Override
  public <T extends TNumber> Parameter<T> state(
      String name, Class<T> type, Initializer<T> initializer, long... shape) {
    return place.state(name, type, initializer, shape);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return place.parameters();
  }

  @Override
  public Operand<TInt64> seed(String purpose) {
    return place.seed(purpose);
  }

  @Override
  public Operand<TInt64> step() {
    return place.step();
  }

  @Override
  public Operand<TFloat32> scalar(String name) {
    return place.scalar(name);
  }

  @Override
  public <T extends TNumber> void assign(Parameter<T> parameter, Operand<T> value) {
    place.assign(parameter, value);
  }

  @Override
  public void update(Op update) {
    place.update(update);
  }
}
