package juxta.toolkit.graph;

import org.tensorflow.Operation;
import org.tensorflow.Output;

/**
 * Rows of a random draw, which pass for a draw: TensorFlow Java asks what it is given for its type.
 *
 * @param cut makes the rows
 * @param type of the draw
 */
record Rows(Operation cut, String type) implements Operation {
  @Override
  public String name() {
    return cut.name();
  }

  @Override
  public int numOutputs() {
    return cut.numOutputs();
  }

  @Override
  public int outputListLength(String name) {
    return cut.outputListLength(name);
  }

  @Override
  public Output<?>[] outputList(int from, int length) {
    return cut.outputList(from, length);
  }

  @Override
  public <T extends org.tensorflow.types.family.TType> Output<T> output(int index) {
    return cut.output(index);
  }

  @Override
  public int inputListLength(String name) {
    return cut.inputListLength(name);
  }

  @Override
  public org.tensorflow.ExecutionEnvironment env() {
    return cut.env();
  }
}
