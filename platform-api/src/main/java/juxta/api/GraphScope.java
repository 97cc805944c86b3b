package juxta.api;

import java.util.List;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * A place in a graph under construction: it makes operations, named parameters and random seeds.
 *
 * <p>Names nest with {@code .}: {@code scope.sub("encoder").weight("conv1.weight", …)} is saved as
 * {@code encoder.conv1.weight}. Create each parameter once (in a layer's constructor) and apply it
 * as often as you like; asking twice for one name is an error.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface GraphScope {
  /**
   * Makes operations at this place of the graph.
   *
   * @return TensorFlow's operations
   */
  Ops tf();

  /**
   * The name of this place.
   *
   * @return names joined by {@code .}, empty for the root
   */
  String name();

  /**
   * A place below this one.
   *
   * @param name one name, or several joined by {@code .}
   * @return the place
   */
  GraphScope sub(String name);

  /**
   * The same place, where weights are saved but never trained.
   *
   * @return the place
   */
  GraphScope frozen();

  /**
   * The same place, where every weight is the moving average of the weight of the same relative
   * name below {@code source}: it starts equal, its value in this step is {@code m * old + (1 - m)
   * * source}, and it is never trained. Running statistics are not averaged: the copy keeps its
   * own.
   *
   * @param source the place whose weights are followed; they must exist already
   * @param m momentum in [0, 1], a scalar: 1 freezes the copy, 0 copies
   * @return the place
   */
  GraphScope averageOf(GraphScope source, Operand<TFloat32> m);

  /**
   * A trained float parameter.
   *
   * @param name name below this place, as the ecosystem (timm, torchvision) spells it
   * @param layout how the elements are laid out on disk
   * @param initializer its first value
   * @param shape its shape in the graph
   * @return the parameter
   */
  Parameter<TFloat32> weight(
      String name, Layout layout, Initializer<TFloat32> initializer, long... shape);

  /**
   * A parameter that is saved with the weights but never trained: running statistics, prototypes,
   * queues, counters.
   *
   * @param <T> type of its elements, {@code TFloat32} or {@code TInt32}
   * @param name name below this place
   * @param type class of the elements' type
   * @param initializer its first value
   * @param shape its shape
   * @return the parameter
   */
  <T extends TNumber> Parameter<T> state(
      String name, Class<T> type, Initializer<T> initializer, long... shape);

  /**
   * All parameters made so far at or below this place, in order of creation.
   *
   * @return the parameters
   */
  List<Parameter<?>> parameters();

  /**
   * A seed for stateless random operations: the same in every run with this run seed, another one
   * for every phase, step and purpose. Each call is a new purpose, numbered within its name.
   *
   * @param purpose what the randomness is for, for example {@code crop}
   * @return [2]
   */
  Operand<TInt64> seed(String purpose);

  /**
   * Number of the training step in this phase, from 0.
   *
   * @return a scalar; always 0 in inference graphs
   */
  Operand<TInt64> step();

  /**
   * A scalar that the engine feeds each step from a schedule of the phase.
   *
   * @param name name of the schedule, for example {@link TrainingPhase#LEARNING_RATE}
   * @return a scalar
   */
  Operand<TFloat32> scalar(String name);

  /**
   * Gives a parameter a new value at the end of this step. Everything else in the step sees the old
   * one. Where a parameter is assigned more than once in a graph, the last assignment stands and
   * the others do nothing: a value that several parts of a step contribute to must be computed from
   * the one assigned before, as batch normalisation does for its running statistics.
   *
   * @param <T> type of the elements
   * @param parameter the parameter
   * @param value the new value, of the parameter's shape
   */
  <T extends TNumber> void assign(Parameter<T> parameter, Operand<T> value);

  /**
   * Adds an operation that runs once in each step: an optimiser's update, for example.
   *
   * @param update the operation
   */
  void update(Op update);

  /**
   * How the layers of this graph compute their products. What layers of the toolkit do by
   * themselves, a layer of your own can do with {@code juxta.toolkit.graph.Contractions}.
   *
   * @return the arithmetic, by default float32 on a processor
   */
  default Arithmetic arithmetic() {
    return Arithmetic.FLOAT32;
  }

  /**
   * A float constant.
   *
   * @param value its value
   * @return a scalar
   */
  default Operand<TFloat32> constant(float value) {
    return tf().constant(value);
  }

  /**
   * An integer vector, for axes and shapes.
   *
   * @param values the elements
   * @return [n]
   */
  default Operand<TInt32> ints(int... values) {
    return tf().constant(values);
  }
}
