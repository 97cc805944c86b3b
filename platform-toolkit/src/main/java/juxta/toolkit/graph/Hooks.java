package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Values with a gradient of our own in place of TensorFlow's. The value passes through an {@code
 * IdentityN}, for which TensorFlow has no gradient, beside the tensors that the gradient flows to;
 * the node's name says which gradient it has.
 */
final class Hooks {
  /** What a hook does on the way back. */
  @FunctionalInterface
  interface Gradient {
    /** Gradients for all inputs of the hook, given the gradient of its value. */
    List<Operand<TFloat32>> of(Ops tf, GraphOperation hook, Operand<TFloat32> dy);
  }

  private static final Map<String, Gradient> GRADIENTS = new HashMap<>();

  static {
    GRADIENTS.putAll(BatchMatMul.gradients());
    GRADIENTS.putAll(GeluOp.gradients());
    GRADIENTS.putAll(InputGradient.gradients());
    GRADIENTS.putAll(LayerNormOp.gradients());
    GRADIENTS.putAll(PartEnd.gradients());
    GRADIENTS.putAll(SmallConvolution.gradients());
    GRADIENTS.putAll(Winograd.gradients());
  }

  private Hooks() {}

  /** The value, with gradients to the inputs by the rule of that name. */
  static Operand<TFloat32> attach(
      Ops tf, String rule, Operand<TFloat32> value, List<Operand<TFloat32>> inputs) {
    return build(named(tf, rule), tf, value, inputs);
  }

  /** The same with numbers that the rule will ask for, as an attribute that TensorFlow ignores. */
  static Operand<TFloat32> attach(
      Ops tf,
      String rule,
      String attribute,
      long[] numbers,
      Operand<TFloat32> value,
      List<Operand<TFloat32>> inputs) {
    OperationBuilder builder = named(tf, rule);
    builder.setAttr(attribute, numbers);
    return build(builder, tf, value, inputs);
  }

  /** The hook of a rule, without inputs yet. */
  static OperationBuilder named(Ops tf, String rule) {
    return tf.scope().withName(rule).opBuilder("IdentityN", rule);
  }

  /** Gives a hook its value and its inputs. */
  static Operand<TFloat32> build(
      OperationBuilder builder, Ops tf, Operand<TFloat32> value, List<Operand<TFloat32>> inputs) {
    List<Output<?>> all = new ArrayList<>();
    all.add(tf.stopGradient(value).asOutput());
    for (Operand<TFloat32> input : inputs) {
      all.add(input.asOutput());
    }
    builder.addInputList(all.toArray(new Output<?>[0]));
    Output<TFloat32> output = builder.build().output(0);
    return output;
  }

  /** The value that a hook was attached to. */
  static Operand<TFloat32> value(GraphOperation hook) {
    return hook.output(0);
  }

  /** An input of a hook. */
  static Operand<TFloat32> input(GraphOperation hook, int i) {
    return hook.output(i + 1);
  }

  /** The gradient of {@code IdentityN}. */
  static List<Operand<?>> gradient(Ops tf, GraphOperation hook, List<Output<?>> gradients) {
    String name =
        hook.name().substring(hook.name().lastIndexOf('/') + 1).replaceFirst("_\\d+$", "");
    Gradient gradient = GRADIENTS.get(name);
    if (gradient == null) {
      throw new IllegalStateException("no gradient for IdentityN '" + hook.name() + "'");
    }
    @SuppressWarnings("unchecked") // the gradient has the type of the value
    Operand<TFloat32> dy = (Operand<TFloat32>) gradients.get(0);
    List<Operand<?>> all = new ArrayList<>();
    all.add(tf.zerosLike(hook.output(0))); // goes to a stopGradient and is never computed
    all.addAll(gradient.of(tf, hook, dy));
    return all;
  }
}
