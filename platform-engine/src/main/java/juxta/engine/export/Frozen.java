package juxta.engine.export;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.engine.train.FunctionsGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Functions with their weights as constants, and nothing that they do not need. */
final class Frozen {
  /** TensorFlow's own limit of a graph in a file. */
  private static final long MOST = Integer.MAX_VALUE;

  private Frozen() {}

  static GraphDef of(FunctionsGraph functions) {
    GraphDef whole = functions.graph().toGraphDef();
    Map<String, NodeDef> nodes = new HashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Set<String> inputs =
        functions.functions().values().stream()
            .flatMap(function -> function.inputs().values().stream())
            .map(input -> input.op().name())
            .collect(Collectors.toSet());
    Set<String> needed = needed(functions, nodes);
    GraphDef.Builder frozen =
        GraphDef.newBuilder().setVersions(whole.getVersions()).setLibrary(whole.getLibrary());
    long bytes = 0;
    for (NodeDef node : whole.getNodeList()) {
      if (!needed.contains(node.getName())) {
        continue;
      }
      boolean variable = node.getOp().equals("ReadVariableOp");
      boolean step = node.getOp().equals("Placeholder") && !inputs.contains(node.getName());
      NodeDef written = variable || step ? constant(node, functions.session()) : node;
      bytes += written.getSerializedSize();
      if (bytes > MOST) {
        throw new UserException(
            "the model has more than 2 GB of weights, which a SavedModel of constants cannot hold;"
                + " use --to safetensors");
      }
      frozen.addNode(written);
    }
    return frozen.build();
  }

  private static Set<String> needed(FunctionsGraph functions, Map<String, NodeDef> nodes) {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    functions
        .functions()
        .values()
        .forEach(
            function -> {
              function.outputs().values().forEach(o -> open.push(o.asOutput().op().name()));
              function.inputs().values().forEach(i -> open.push(i.op().name()));
            });
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.pop());
      if (needed.add(node.getName()) && !node.getOp().equals("ReadVariableOp")) {
        node.getInputList()
            .forEach(input -> open.push(input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "")));
      }
    }
    return needed;
  }

  /** The value of a weight; of the step's number, which inference has none of, 0. */
  private static NodeDef constant(NodeDef node, Session session) {
    if (node.getOp().equals("Placeholder")) {
      AttrValue type = node.getAttrOrThrow("dtype");
      return constant(
          node.getName(),
          TensorProto.newBuilder()
              .setDtype(type.getType())
              .setTensorShape(TensorShapeProto.getDefaultInstance())
              .addInt64Val(0)
              .build());
    }
    try (Result result = session.runner().fetch(node.getName()).run()) {
      Tensor value = result.get(0);
      byte[] bytes = new byte[Math.toIntExact(value.numBytes())];
      value.asRawTensor().data().read(bytes, 0, bytes.length);
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (long length : value.shape().asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
      }
      return constant(
          node.getName(),
          TensorProto.newBuilder()
              .setDtype(value.dataType())
              .setTensorShape(shape)
              .setTensorContent(ByteString.copyFrom(bytes))
              .build());
    }
  }

  private static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(value.getDtype()).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }
}
