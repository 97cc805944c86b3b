package juxta.toolkit.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes the operations of {@link DoubleGraph}: goes from its result backwards to the reads of the
 * parameters, which become placeholders.
 */
final class DoubleNodes {
  private final Graph graph;
  private final GraphDef old;
  private final Set<String> reads;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  /** By name, whether an operation depends on a parameter's value. */
  private final Map<String, Boolean> seen = new HashMap<>();

  private final Map<String, NodeDef> written = new LinkedHashMap<>();

  DoubleNodes(Graph graph, Collection<String> reads) {
    this.graph = graph;
    this.old = graph.toGraphDef();
    this.reads = Set.copyOf(reads);
    old.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  GraphDef of(String result) {
    depends(result);
    return old.toBuilder().clearNode().addAllNode(written.values()).build();
  }

  private boolean depends(String name) {
    Boolean known = seen.get(name);
    if (known != null) {
      return known;
    }
    seen.put(name, false);
    NodeDef node = nodes.get(name);
    boolean depends = false;
    if (reads.contains(name)) {
      depends = single(name);
      write(
          name,
          "Placeholder",
          List.of(),
          Map.of("dtype", precise(node.getAttrOrThrow("dtype")), "shape", shape(name)));
    } else {
      for (String input : node.getInputList()) {
        depends |= depends(operation(input)) && single(input);
      }
      write(depends ? precise(node) : node);
    }
    seen.put(name, depends);
    return depends;
  }

  private NodeDef precise(NodeDef node) {
    List<String> inputs = node.getInputList().stream().map(this::precise).toList();
    if (node.getOp().equals("FusedBatchNormV3")
        && node.getAttrOrThrow("data_format").getS().toStringUtf8().equals("NHWC")) {
      return normalised(node, inputs);
    }
    if (node.getOp().equals("AvgPool3D") && tiles(node)) {
      return pooled(node, inputs.get(0));
    }
    NodeDef.Builder next = node.toBuilder().clearInput().addAllInput(inputs);
    node.getAttrMap().forEach((key, value) -> next.putAttr(key, precise(value)));
    return next.build();
  }

  /** The input itself where it is double or no float, else a cast of it. */
  private String precise(String input) {
    if (!single(input) || seen.get(operation(input))) {
      return input;
    }
    return write(
        "double/" + input.replace(':', '/'),
        "Cast",
        List.of(input),
        Map.of("SrcT", type(DataType.DT_FLOAT), "DstT", type(DataType.DT_DOUBLE)));
  }

  private static AttrValue precise(AttrValue value) {
    if (value.getType() == DataType.DT_FLOAT) {
      return type(DataType.DT_DOUBLE);
    }
    AttrValue.Builder next = value.toBuilder();
    for (int i = 0; i < value.getList().getTypeCount(); i++) {
      if (value.getList().getType(i) == DataType.DT_FLOAT) {
        next.getListBuilder().setType(i, DataType.DT_DOUBLE);
      }
    }
    return next.build();
  }

  /** Batch normalisation in its parts: the one operation for all of it takes float32 only. */
  private NodeDef normalised(NodeDef node, List<String> in) {
    String at = node.getName() + "/";
    String x = in.get(0);
    String mean = in.get(3);
    String variance = in.get(4);
    if (node.getAttrOrThrow("is_training").getB()) {
      ByteBuffer rows = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      rows.putInt(0).putInt(1).putInt(2).flip(); // all but the channels
      String axes = constant(at + "axes", DataType.DT_INT32, 3, rows);
      mean = mean(at + "mean", x, axes);
      variance =
          mean(at + "variance", arithmetic(at + "square", "SquaredDifference", x, mean), axes);
    }
    ByteBuffer epsilon = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    epsilon.putDouble(node.getAttrOrThrow("epsilon").getF()).flip();
    String positive =
        arithmetic(
            at + "positive",
            "AddV2",
            variance,
            constant(at + "epsilon", DataType.DT_DOUBLE, 1, epsilon));
    String slope =
        arithmetic(at + "slope", "Mul", arithmetic(at + "rsqrt", "Rsqrt", positive), in.get(1));
    String centred = arithmetic(at + "centred", "Sub", x, mean);
    return node(
        node.getName(),
        "AddV2",
        List.of(arithmetic(at + "scaled", "Mul", centred, slope), in.get(2)),
        Map.of("T", type(DataType.DT_DOUBLE)));
  }

  /** Whether windows of a pooling lie side by side and fill the whole. */
  private boolean tiles(NodeDef node) {
    List<Long> window = node.getAttrOrThrow("ksize").getList().getIList();
    long[] in = graph.operation(operation(node.getInput(0))).output(0).shape().asArray();
    boolean even = window.equals(node.getAttrOrThrow("strides").getList().getIList());
    for (int axis = 0; axis < in.length; axis++) {
      even &= in[axis] > 0 && in[axis] % window.get(axis) == 0;
    }
    return even && window.get(0) == 1 && window.get(4) == 1;
  }

  /** Means of such windows: their pooling has no kernel in double precision. */
  private NodeDef pooled(NodeDef node, String x) {
    List<Long> window = node.getAttrOrThrow("ksize").getList().getIList();
    long[] in = graph.operation(operation(node.getInput(0))).output(0).shape().asArray();
    ByteBuffer shape = ByteBuffer.allocate(4 * 8).order(ByteOrder.LITTLE_ENDIAN);
    shape.putInt((int) in[0]);
    for (int axis = 1; axis < 4; axis++) { // [N, x / k, k, y / k, k, z / k, k, C]
      shape.putInt((int) (in[axis] / window.get(axis))).putInt(window.get(axis).intValue());
    }
    shape.putInt((int) in[4]).flip();
    String at = node.getName() + "/";
    String windows =
        write(
            at + "windows",
            "Reshape",
            List.of(x, constant(at + "shape", DataType.DT_INT32, 8, shape)),
            Map.of("T", type(DataType.DT_DOUBLE), "Tshape", type(DataType.DT_INT32)));
    ByteBuffer axes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    axes.putInt(2).putInt(4).putInt(6).flip();
    String within = constant(at + "axes", DataType.DT_INT32, 3, axes);
    return written.get(mean(node.getName(), windows, within));
  }

  private String mean(String name, String x, String axes) {
    return write(
        name,
        "Mean",
        List.of(x, axes),
        Map.of("T", type(DataType.DT_DOUBLE), "Tidx", type(DataType.DT_INT32)));
  }

  private String arithmetic(String name, String operation, String... inputs) {
    return write(name, operation, List.of(inputs), Map.of("T", type(DataType.DT_DOUBLE)));
  }

  private String constant(String name, DataType type, int size, ByteBuffer content) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(size)))
            .setTensorContent(com.google.protobuf.ByteString.copyFrom(content))
            .build();
    return write(
        name,
        "Const",
        List.of(),
        Map.of("dtype", type(type), "value", AttrValue.newBuilder().setTensor(value).build()));
  }

  private String write(
      String name, String operation, List<String> inputs, Map<String, AttrValue> attributes) {
    return write(node(name, operation, inputs, attributes));
  }

  private String write(NodeDef node) {
    written.put(node.getName(), node);
    return node.getName();
  }

  private static NodeDef node(
      String name, String operation, List<String> inputs, Map<String, AttrValue> attributes) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(operation)
        .addAllInput(inputs)
        .putAllAttr(attributes)
        .build();
  }

  /** Whether an input, {@code name}, {@code name:output} or {@code ^name}, is a float32 tensor. */
  private boolean single(String input) {
    if (input.startsWith("^")) {
      return false;
    }
    int colon = input.indexOf(':');
    int output = colon < 0 ? 0 : Integer.parseInt(input.substring(colon + 1));
    return graph.operation(operation(input)).output(output).dataType() == DataType.DT_FLOAT;
  }

  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private AttrValue shape(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : graph.operation(name).output(0).shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return AttrValue.newBuilder().setShape(shape).build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
