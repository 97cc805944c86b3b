package juxta.engine.export.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * A function on its way into a model of ONNX.
 *
 * <p>TensorFlow's convolutions have the channels last, ONNX's have them after the batch. A tensor
 * that comes out of one stays as it is until somebody needs it as TensorFlow has it, and what is
 * computed element by element is computed on it as it is: so hardly a transposition is left.
 */
final class Translation {
  private final Nodes nodes;
  private final OnnxModel model;
  private final Map<String, String> plain = new HashMap<>();
  private final Map<String, String> first = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();

  Translation(Nodes nodes, OnnxModel model) {
    this.nodes = nodes;
    this.model = model;
  }

  /** Says by which name the model knows an input. */
  void input(String tensor, String name) {
    plain.put(tensor, name);
  }

  /** Translates all operations, or names those that cannot be. */
  void run() {
    Map<String, NodeDef> unknown = new LinkedHashMap<>();
    for (NodeDef node : nodes.order()) {
      if (!Operations.knows(node.getOp()) && !node.getOp().startsWith("Placeholder")) {
        unknown.putIfAbsent(node.getOp(), node);
      }
    }
    if (!unknown.isEmpty()) {
      throw new OnnxFunction.Refused(
          "the operation"
              + (unknown.size() > 1 ? "s " : " ")
              + String.join(", ", new TreeSet<>(unknown.keySet()))
              + " (first at '"
              + unknown.values().iterator().next().getName()
              + "')");
    }
    for (NodeDef node : nodes.order()) {
      if (!node.getOp().startsWith("Placeholder")) {
        Operations.translate(new Call(node));
      }
    }
  }

  /** A tensor under the name that the model's output shall have. */
  void output(String tensor, String name) {
    model.add("Identity", List.of(plain(tensor)), Map.of(), List.of(name));
  }

  private String real(String tensor) {
    String at = tensor;
    while (aliases.containsKey(at)) {
      at = aliases.get(at);
    }
    return at;
  }

  /** The model's name of a tensor, laid out as in TensorFlow. */
  private String plain(String asked) {
    String tensor = real(asked);
    String known = plain.get(tensor);
    if (known != null) {
      return known;
    }
    String channelsFirst = first.get(tensor);
    String made =
        channelsFirst != null
            ? transposed(channelsFirst, toLast(rank(tensor)), name(tensor) + "_last")
            : model.constant(
                nodes
                    .value(tensor)
                    .orElseThrow(() -> new IllegalStateException(tensor + " was not made")),
                name(tensor));
    plain.put(tensor, made);
    return made;
  }

  /** The model's name of a tensor with the channels after the batch. */
  private String first(String asked) {
    String tensor = real(asked);
    String known = first.get(tensor);
    if (known != null) {
      return known;
    }
    String made = transposed(plain(tensor), toFirst(rank(tensor)), name(tensor) + "_first");
    first.put(tensor, made);
    return made;
  }

  private String transposed(String name, long[] order, String wish) {
    return model.node("Transpose", List.of(name), Map.of("perm", order), wish);
  }

  private int rank(String tensor) {
    return nodes
        .value(tensor)
        .map(value -> value.shape().length)
        .orElseGet(() -> nodes.shape(tensor).numDimensions());
  }

  /** [0, 2, 3, 1] and the like. */
  private static long[] toLast(int rank) {
    long[] order = new long[rank];
    for (int axis = 1; axis < rank - 1; axis++) {
      order[axis] = axis + 1;
    }
    order[rank - 1] = 1;
    return order;
  }

  /** [0, 3, 1, 2] and the like. */
  private static long[] toFirst(int rank) {
    long[] order = new long[rank];
    order[1] = rank - 1;
    for (int axis = 2; axis < rank; axis++) {
      order[axis] = axis - 1;
    }
    return order;
  }

  private static String name(String tensor) {
    String name = tensor.substring(0, tensor.lastIndexOf(':'));
    return tensor.endsWith(":0") ? name : tensor.replace(':', '_');
  }

  /** One operation, seen by what translates it. */
  final class Call {
    private final NodeDef node;
    private final List<String> inputs;

    Call(NodeDef node) {
      this.node = node;
      this.inputs = Nodes.inputs(node);
    }

    String op() {
      return node.getOp();
    }

    int arity() {
      return inputs.size();
    }

    AttrValue attribute(String name) {
      return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    }

    boolean flag(String name) {
      return attribute(name).getB();
    }

    long[] numbers(String name) {
      return attribute(name).getList().getIList().stream().mapToLong(Long::longValue).toArray();
    }

    String text(String name) {
      return attribute(name).getS().toStringUtf8();
    }

    /** An input as TensorFlow has it. */
    String in(int i) {
      return plain(inputs.get(i));
    }

    List<String> ins() {
      return inputs.stream().map(Translation.this::plain).toList();
    }

    /** An input with the channels first. */
    String firstIn(int i) {
      return first(inputs.get(i));
    }

    /** Whether an input lies with the channels first. */
    boolean isFirst(int i) {
      return first.containsKey(real(inputs.get(i)));
    }

    Shape shape(int i) {
      String tensor = real(inputs.get(i));
      return nodes
          .value(tensor)
          .map(value -> Shape.of(value.shape()))
          .orElseGet(() -> nodes.shape(tensor));
    }

    Shape result() {
      return nodes.shape(node.getName() + ":0");
    }

    int rank(int i) {
      int rank = shape(i).numDimensions();
      if (rank < 0) {
        throw new OnnxFunction.Refused(
            "the operation " + op() + " of a tensor of unknown rank ('" + node.getName() + "')");
      }
      return rank;
    }

    boolean known(int i) {
      return nodes.value(real(inputs.get(i))).isPresent();
    }

    /** An input that must be known now. */
    Stored value(int i) {
      return nodes
          .value(real(inputs.get(i)))
          .orElseThrow(() -> refused("whose input " + i + " depends on the records"));
    }

    /** Numbers of an input that must be known now. */
    long[] longs(int i) {
      return value(i).longs();
    }

    OnnxFunction.Refused refused(String why) {
      return new OnnxFunction.Refused(
          "the operation " + op() + " " + why + " ('" + node.getName() + "')");
    }

    /** An integer input in the 64 bits that ONNX wants. */
    String wide(int i) {
      return known(i)
          ? model.constant(Stored.longs(value(i).shape(), longs(i)), node.getName() + "_wide")
          : make("Cast", List.of(in(i)), Map.of("to", 7));
    }

    String constant(Stored value) {
      return model.constant(value, node.getName() + "_constant");
    }

    String longsConstant(long... values) {
      return constant(Stored.longs(values));
    }

    String scalar(float value) {
      return constant(Stored.floats(new long[0], value));
    }

    /** An operation on the way to the result. */
    String make(String type, List<String> in, Map<String, ?> attributes) {
      return model.node(type, in, attributes, node.getName());
    }

    String make(String type, String... in) {
      return make(type, List.of(in), Map.of());
    }

    List<String> several(String type, List<String> in, Map<String, ?> attributes, int results) {
      return model.nodes(type, in, attributes, node.getName(), results);
    }

    /** The result is a tensor of the model. */
    void is(String name) {
      is(0, name);
    }

    void is(int output, String name) {
      plain.put(node.getName() + ":" + output, name);
    }

    /** The result is a tensor of the model with the channels first. */
    void isFirst(String name) {
      first.put(node.getName() + ":0", name);
    }

    /** A result is an input. */
    void alias(int output, int input) {
      aliases.put(node.getName() + ":" + output, inputs.get(input));
    }

    /**
     * Computes element by element, wherever the channels lie.
     *
     * @param body makes the result of the inputs' names
     */
    void elementwise(java.util.function.Function<List<String>, String> body) {
      List<String> there = new ArrayList<>();
      boolean any = false;
      for (int i = 0; i < inputs.size(); i++) {
        any |= isFirst(i) && !plain.containsKey(real(inputs.get(i)));
      }
      for (int i = 0; any && i < inputs.size(); i++) {
        int rank = result().numDimensions();
        if (rank(i) == rank && (isFirst(i) || !known(i))) {
          there.add(firstIn(i));
        } else if (known(i) && rank(i) <= rank) {
          there.add(constant(channelsFirst(value(i), rank)));
        } else if (rank(i) == 0) {
          there.add(in(i));
        } else {
          any = false;
        }
      }
      if (any) {
        isFirst(body.apply(there));
      } else {
        is(body.apply(ins()));
      }
    }

    /** What is broadcast to channels last, for tensors with the channels first. */
    private Stored channelsFirst(Stored value, int rank) {
      if (value.shape().length == 0) {
        return value;
      }
      long[] padded = new long[rank];
      Arrays.fill(padded, 1);
      int skipped = rank - value.shape().length;
      System.arraycopy(value.shape(), 0, padded, skipped, value.shape().length);
      int[] order = Arrays.stream(toFirst(rank)).mapToInt(Math::toIntExact).toArray();
      return value.shaped(padded).transposed(order);
    }
  }
}
