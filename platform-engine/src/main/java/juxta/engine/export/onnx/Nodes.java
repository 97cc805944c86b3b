package juxta.engine.export.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.engine.train.FunctionsGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;

/**
 * The operations of a function in the order in which they are computed, and which of them depend on
 * the records. What does not, weights and all that is made of them and of known lengths, TensorFlow
 * computes itself when the model is written, so that only the way of the records is translated.
 */
final class Nodes {
  private final FunctionsGraph graph;
  private final FunctionsGraph.Function function;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final List<NodeDef> order = new ArrayList<>();
  private final Set<String> fixed = new HashSet<>();
  private final Map<String, Stored> values = new LinkedHashMap<>();

  Nodes(FunctionsGraph graph, FunctionsGraph.Function function, List<? extends Operand<?>> wanted) {
    this.graph = graph;
    this.function = function;
    graph.graph().toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    List<String> ends = wanted.stream().map(Nodes::tensor).toList();
    sort(ends);
    for (NodeDef node : order) {
      if (isFixed(node)) {
        fixed.add(node.getName());
      }
    }
    compute(ends);
  }

  /** Name of a tensor: that of its operation, a colon, and which of the results it is. */
  static String tensor(Operand<?> operand) {
    return operand.asOutput().op().name() + ":" + operand.asOutput().index();
  }

  /** The operations that depend on the records, each after those that it needs. */
  List<NodeDef> order() {
    return order.stream().filter(node -> !fixed.contains(node.getName())).toList();
  }

  /** The value of a tensor that does not depend on the records. */
  Optional<Stored> value(String tensor) {
    return Optional.ofNullable(values.get(tensor));
  }

  /** The tensors that an operation takes. */
  static List<String> inputs(NodeDef node) {
    List<String> inputs = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (!input.startsWith("^")) {
        inputs.add(input.contains(":") ? input : input + ":0");
      }
    }
    return inputs;
  }

  /** The shape of a tensor as far as it is known. */
  Shape shape(String tensor) {
    int colon = tensor.lastIndexOf(':');
    return graph
        .graph()
        .operation(tensor.substring(0, colon))
        .output(Integer.parseInt(tensor.substring(colon + 1)))
        .shape();
  }

  private static String operation(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf(':'));
  }

  private NodeDef maker(String tensor) {
    return nodes.get(operation(tensor));
  }

  private void sort(List<String> ends) {
    Set<String> done = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    ends.forEach(end -> open.push(operation(end)));
    while (!open.isEmpty()) {
      String name = open.peek();
      List<String> missing =
          inputs(nodes.get(name)).stream()
              .map(Nodes::operation)
              .filter(input -> !done.contains(input))
              .toList();
      if (!missing.isEmpty()) {
        missing.forEach(open::push);
        continue;
      }
      open.pop();
      if (done.add(name)) {
        order.add(nodes.get(name));
      }
    }
  }

  private boolean isFixed(NodeDef node) {
    if (node.getOp().startsWith("Placeholder")) {
      return false;
    }
    List<String> inputs = inputs(node);
    if (node.getOp().equals("Shape")) {
      return shape(inputs.get(0)).hasUnknownDimension() == false
          && !shape(inputs.get(0)).isUnknown();
    }
    return inputs.stream().allMatch(input -> fixed.contains(operation(input)))
        || isKnownLength(node);
  }

  /** One length of a tensor, which is the same for every batch. */
  private boolean isKnownLength(NodeDef node) {
    if (!node.getOp().equals("GatherV2")) {
      return false;
    }
    NodeDef shape = maker(inputs(node).get(0));
    NodeDef index = maker(inputs(node).get(1));
    if (!shape.getOp().equals("Shape") || !index.getOp().equals("Const")) {
      return false;
    }
    Shape lengths = shape(inputs(shape).get(0));
    int at = number(index);
    return !lengths.isUnknown() && at >= 0 && lengths.get(at) >= 0;
  }

  private static int number(NodeDef constant) {
    var tensor = constant.getAttrOrThrow("value").getTensor();
    if (tensor.getIntValCount() == 1) {
      return tensor.getIntVal(0);
    }
    return tensor.getTensorContent().size() == 4
        ? tensor
            .getTensorContent()
            .asReadOnlyByteBuffer()
            .order(java.nio.ByteOrder.nativeOrder())
            .getInt()
        : -1;
  }

  /** Has TensorFlow compute whatever the others take; the records' values do not matter to it. */
  private void compute(List<String> ends) {
    Set<String> wanted = new LinkedHashSet<>();
    for (NodeDef node : order()) {
      inputs(node).stream().filter(i -> fixed.contains(operation(i))).forEach(wanted::add);
    }
    ends.stream().filter(end -> fixed.contains(operation(end))).forEach(wanted::add);
    if (wanted.isEmpty()) {
      return;
    }
    Map<String, Tensor> fed = new LinkedHashMap<>();
    Session.Runner runner = graph.session().runner();
    try {
      function
          .zeros()
          .forEach(
              (name, value) -> {
                fed.put(name, juxta.toolkit.graph.Tensors.of(value));
                runner.feed(function.inputs().get(name), fed.get(name));
              });
      wanted.forEach(runner::fetch);
      try (Result result = runner.run()) {
        int i = 0;
        for (String tensor : wanted) {
          values.put(tensor, Stored.of(result.get(i++)));
        }
      }
    } finally {
      fed.values().forEach(Tensor::close);
    }
  }
}
