package juxta.engine.export.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.DataType;

/** TensorFlow's operations in terms of ONNX's. */
final class Operations {
  /** Translates one operation. */
  @FunctionalInterface
  interface Rule {
    void apply(Translation.Call call);
  }

  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    for (String op :
        List.of(
            "Identity",
            "StopGradient",
            "EnsureShape",
            "Snapshot",
            "PreventGradient",
            "CheckNumerics")) {
      RULES.put(op, c -> c.alias(0, 0));
    }
    RULES.put(
        "IdentityN",
        c -> {
          for (int i = 0; i < c.arity(); i++) {
            c.alias(i, i);
          }
        });
    pointwise();
    RULES.putAll(Shapes.RULES);
    RULES.putAll(Layers.RULES);
    RULES.putAll(Blocks.RULES);
  }

  private Operations() {}

  /** The operations that have a translation. */
  static Set<String> known() {
    return RULES.keySet();
  }

  static boolean knows(String op) {
    return RULES.containsKey(op);
  }

  static void translate(Translation.Call call) {
    RULES.get(call.op()).apply(call);
  }

  private static void pointwise() {
    Map<String, String> same = new HashMap<>();
    for (String op :
        List.of(
            "Neg",
            "Abs",
            "Exp",
            "Log",
            "Sqrt",
            "Erf",
            "Tanh",
            "Sigmoid",
            "Relu",
            "Elu",
            "Selu",
            "Softplus",
            "Softsign",
            "Floor",
            "Ceil",
            "Round",
            "Sin",
            "Cos",
            "Sign",
            "Reciprocal",
            "Sub",
            "Mul",
            "Pow",
            "Less",
            "Greater",
            "Equal")) {
      same.put(op, op);
    }
    same.putAll(
        Map.ofEntries(
            Map.entry("Add", "Add"),
            Map.entry("AddV2", "Add"),
            Map.entry("AddN", "Sum"),
            Map.entry("BiasAdd", "Add"),
            Map.entry("RealDiv", "Div"),
            Map.entry("Maximum", "Max"),
            Map.entry("Minimum", "Min"),
            Map.entry("Rint", "Round"),
            Map.entry("Inv", "Reciprocal"),
            Map.entry("LessEqual", "LessOrEqual"),
            Map.entry("GreaterEqual", "GreaterOrEqual"),
            Map.entry("LogicalAnd", "And"),
            Map.entry("LogicalOr", "Or"),
            Map.entry("LogicalNot", "Not"),
            Map.entry("Select", "Where"),
            Map.entry("SelectV2", "Where")));
    same.forEach((op, type) -> RULES.put(op, c -> c.elementwise(in -> c.make(type, in, Map.of()))));
    RULES.put("NotEqual", c -> c.elementwise(in -> c.make("Not", c.make("Equal", in, Map.of()))));
    RULES.put("Square", c -> c.elementwise(in -> c.make("Mul", in.get(0), in.get(0))));
    RULES.put(
        "Rsqrt", c -> c.elementwise(in -> c.make("Reciprocal", c.make("Sqrt", in, Map.of()))));
    RULES.put(
        "SquaredDifference",
        c ->
            c.elementwise(
                in -> {
                  String difference = c.make("Sub", in, Map.of());
                  return c.make("Mul", difference, difference);
                }));
    RULES.put(
        "Relu6", c -> c.elementwise(in -> c.make("Clip", in.get(0), c.scalar(0), c.scalar(6))));
    RULES.put(
        "ClipByValue",
        c -> c.elementwise(in -> c.make("Min", c.make("Max", in.get(0), in.get(1)), in.get(2))));
    RULES.put(
        "LeakyRelu",
        c ->
            c.elementwise(
                in -> c.make("LeakyRelu", in, Map.of("alpha", c.attribute("alpha").getF()))));
    RULES.put(
        "Log1p", c -> c.elementwise(in -> c.make("Log", c.make("Add", in.get(0), c.scalar(1)))));
    RULES.put(
        "Expm1", c -> c.elementwise(in -> c.make("Sub", c.make("Exp", in, Map.of()), c.scalar(1))));
    RULES.put(
        "DivNoNan",
        c ->
            c.elementwise(
                in -> {
                  String none = c.make("Equal", in.get(1), c.scalar(0));
                  String safe = c.make("Where", none, c.scalar(1), in.get(1));
                  return c.make("Where", none, c.scalar(0), c.make("Div", in.get(0), safe));
                }));
    RULES.put("FloorDiv", Operations::floorDiv);
    RULES.put("FloorMod", c -> c.is(floorMod(c)));
    RULES.put("Div", c -> c.elementwise(in -> c.make("Div", in, Map.of())));
    RULES.put(
        "Cast",
        c ->
            c.elementwise(
                in ->
                    c.make(
                        "Cast", in, Map.of("to", OnnxModel.type(c.attribute("DstT").getType())))));
  }

  private static boolean real(Translation.Call c) {
    DataType type = c.attribute("T").getType();
    return type == DataType.DT_FLOAT || type == DataType.DT_DOUBLE;
  }

  /** ONNX divides integers towards zero, so what is left over is taken off before. */
  private static void floorDiv(Translation.Call c) {
    c.is(
        real(c)
            ? c.make("Floor", c.make("Div", c.ins(), Map.of()))
            : c.make("Div", c.make("Sub", c.in(0), c.make("Mod", c.ins(), Map.of())), c.in(1)));
  }

  private static String floorMod(Translation.Call c) {
    if (!real(c)) {
      return c.make("Mod", c.ins(), Map.of());
    }
    String whole = c.make("Floor", c.make("Div", c.ins(), Map.of()));
    return c.make("Sub", c.in(0), c.make("Mul", whole, c.in(1)));
  }

  /** Axes as they are counted from the front. */
  static long[] axes(long[] axes, int rank) {
    return Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).toArray();
  }

  /** The axis of a tensor whose channels lie after the batch. */
  static long whereFirst(long axis, int rank) {
    return axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1;
  }
}
