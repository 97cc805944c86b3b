package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A frozen model: named functions and the weights behind them. */
public interface Model {
  /**
   * Names of its functions.
   *
   * @return the names
   */
  Set<String> functions();

  /**
   * Fields that a function takes.
   *
   * @param function name of the function
   * @return the fields, with the shape of one record as the method declares it
   * @throws UserException if the model lacks the function
   */
  List<Field> inputs(String function);

  /**
   * Builds a function into another graph, with weights that are not trained.
   *
   * @param function name of the function
   * @param scope root of that graph
   * @param batch the inputs, after the function's preparation if it has one
   * @return outputs by name
   * @throws UserException if the model lacks the function
   */
  Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch);
}
