package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.types.TFloat32;

/**
 * Several small operations in one pass over memory. TensorFlow runs each of them by itself, reading
 * and writing whole tensors; here they become a function that XLA compiles, once for all places of
 * a session that call it with tensors of the same shapes. On a processor GELU and its gradient took
 * a sixth of the time.
 *
 * <p>Only graphs that {@linkplain #allow allow} it have such functions: those that train here and
 * now, not those that are kept, or computed in another precision.
 */
final class Compiled {
  /** What a function computes; it may use nothing but its inputs and constants. */
  @FunctionalInterface
  interface Body {
    /** The results. */
    List<Operand<TFloat32>> of(Ops tf, List<Operand<TFloat32>> inputs);
  }

  /** Name of the operation whose presence allows functions in a graph. */
  private static final String MARK = "juxta.compiles";

  /** No function: TensorFlow Java reads an empty attribute as whatever lies in memory. */
  static final String NONE = "none";

  private static final String BACK = "_juxta_back";

  private Compiled() {}

  /** Lets layers of a graph use compiled functions, if this machine's TensorFlow can compile. */
  static void allow(Ops tf) {
    if (Compiler.PRESENT) {
      tf.withName(MARK).constant(true);
    }
  }

  /** Whether functions may be used. Not to be asked while gradients are being built. */
  static boolean allowed(Ops tf) {
    return graph(tf).operation(MARK) != null;
  }

  /**
   * Makes a function known to the graph. Not to be called while gradients are being built.
   *
   * @return its name, by which it can be called
   */
  static String define(Ops tf, String name, int inputs, Body body) {
    try (Graph graph = new Graph()) {
      Ops inner = Ops.create(graph);
      Signature.Builder signature = Signature.builder().key(name);
      List<Operand<TFloat32>> arguments = new ArrayList<>();
      for (int i = 0; i < inputs; i++) {
        Operand<TFloat32> argument = inner.withName("in" + i).placeholder(TFloat32.class);
        signature.input("in" + i, argument);
        arguments.add(argument);
      }
      List<Operand<TFloat32>> results = body.of(inner, arguments);
      for (int i = 0; i < results.size(); i++) {
        signature.output("out" + i, results.get(i));
      }
      try (ConcreteFunction function = ConcreteFunction.create(signature.build(), graph)) {
        graph(tf).attachFunction(function);
        return function.getDefinedName();
      }
    }
  }

  /** The results of a function of the graph. */
  static List<Operand<TFloat32>> call(
      Ops tf, String function, int results, List<Operand<TFloat32>> inputs) {
    OperationBuilder builder = tf.scope().opBuilder("PartitionedCall", "call");
    builder.addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    builder.setAttr("Tin", floats(inputs.size()));
    builder.setAttr("Tout", floats(results));
    builder.setAttr("_XlaMustCompile", true);
    builder.setAttr(
        "f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build());
    Operation call = builder.build();
    return IntStream.range(0, results).<Operand<TFloat32>>mapToObj(call::output).toList();
  }

  /**
   * A value with a gradient of the rule, which may call a function.
   *
   * @param back name of the function that {@link #back} calls, or {@link #NONE}
   */
  static Operand<TFloat32> attach(
      Ops tf, String rule, String back, Operand<TFloat32> value, List<Operand<TFloat32>> inputs) {
    OperationBuilder builder = Hooks.named(tf, rule);
    builder.setAttr(BACK, back);
    return Hooks.build(builder, tf, value, inputs);
  }

  /** What the function of a hook makes of the hook's inputs and the gradient of its value. */
  static List<Operand<TFloat32>> back(
      Ops tf, GraphOperation hook, int results, Operand<TFloat32> dy, Body uncompiled) {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < hook.numOutputs() - 1; i++) {
      inputs.add(Hooks.input(hook, i));
    }
    inputs.add(dy);
    String function = hook.attributes().getAttrString(BACK);
    return function.equals(NONE) ? uncompiled.of(tf, inputs) : call(tf, function, results, inputs);
  }

  private static DataType[] floats(int n) {
    DataType[] types = new DataType[n];
    Arrays.fill(types, DataType.DT_FLOAT);
    return types;
  }

  private static Graph graph(Ops tf) {
    return (Graph) tf.scope().env();
  }

  /**
   * Whether this machine's TensorFlow compiles functions; known to work on Linux. A session to try
   * it in would be the first of the process, and fix the number of threads for all later ones.
   */
  private static final class Compiler {
    static final boolean PRESENT =
        System.getProperty("os.name").equals("Linux")
            && TensorFlow.registeredOpList().getOpList().stream()
                .anyMatch(op -> op.getName().equals("XlaLaunch"));
  }
}
