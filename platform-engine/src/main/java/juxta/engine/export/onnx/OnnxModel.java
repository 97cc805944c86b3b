package juxta.engine.export.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;

/**
 * A model in the form of ONNX, as it grows. Field numbers are those of {@code onnx.proto}, version
 * 8 of the intermediate representation (https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto).
 */
final class OnnxModel {
  /** The newest set of operations that onnx 1.12 knows. */
  static final int OPSET = 17;

  private static final int IR = 8;

  private final Wire graph = new Wire();
  private final Map<String, Integer> used = new HashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  OnnxModel(String name) {
    graph.text(2, name);
  }

  /** A name that no tensor has yet. */
  String fresh(String wish) {
    int number = used.merge(wish, 1, Integer::sum);
    return number == 1 ? wish : fresh(wish + "_" + number);
  }

  /** Attributes of an operation: Long, Float, String, or long[]. */
  String node(String type, List<String> inputs, Map<String, ?> attributes, String wish) {
    return nodes(type, inputs, attributes, wish, 1).get(0);
  }

  /** An operation with several results. */
  List<String> nodes(
      String type, List<String> inputs, Map<String, ?> attributes, String wish, int results) {
    List<String> outputs =
        java.util.stream.IntStream.range(0, results).mapToObj(i -> fresh(wish)).toList();
    add(type, inputs, attributes, outputs);
    return outputs;
  }

  /** An operation whose results have given names. */
  void add(String type, List<String> inputs, Map<String, ?> attributes, List<String> outputs) {
    Wire node = new Wire();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, outputs.get(0)).text(4, type);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    graph.message(1, node);
  }

  private static Wire attribute(String name, Object value) {
    Wire attribute = new Wire().text(1, name);
    if (value instanceof Float real) {
      return attribute.real(2, real).number(20, 1);
    }
    if (value instanceof Number number) {
      return attribute.number(3, number.longValue()).number(20, 2);
    }
    if (value instanceof String text) {
      return attribute.text(4, text).number(20, 3);
    }
    if (value instanceof long[] numbers) {
      return attribute.numbers(8, numbers).number(20, 7);
    }
    throw new IllegalArgumentException(name + " is a " + value.getClass());
  }

  /** A tensor of the model. */
  String constant(Stored value, String wish) {
    String name = fresh(wish);
    graph.message(
        5,
        new Wire()
            .numbers(1, value.shape())
            .number(2, type(value.type()))
            .text(8, name)
            .bytes(9, value.data()));
    return name;
  }

  /** An input; lengths that are open are -1, the first is that of the batch. */
  void input(String name, DataType type, long... shape) {
    used.put(name, 1);
    graph.message(11, value(name, type, shape));
  }

  /** An output, which some operation makes. */
  void output(String name, DataType type, long... shape) {
    graph.message(12, value(name, type, shape));
  }

  private static Wire value(String name, DataType type, long... shape) {
    Wire dimensions = new Wire();
    for (int axis = 0; axis < shape.length; axis++) {
      Wire length = new Wire();
      if (shape[axis] >= 0) {
        length.number(1, shape[axis]);
      } else {
        length.text(2, axis == 0 ? "batch" : name + "_" + axis);
      }
      dimensions.message(1, length);
    }
    Wire tensor = new Wire().number(1, type(type)).message(2, dimensions);
    return new Wire().text(1, name).message(2, new Wire().message(1, tensor));
  }

  /** A word about the model. */
  void note(String key, String value) {
    metadata.put(key, value);
  }

  /** ONNX's number of a type. */
  static int type(DataType type) {
    return switch (type) {
      case DT_FLOAT -> 1;
      case DT_UINT8 -> 2;
      case DT_INT8 -> 3;
      case DT_INT32 -> 6;
      case DT_INT64 -> 7;
      case DT_BOOL -> 9;
      case DT_DOUBLE -> 11;
      default -> throw new OnnxFunction.Refused("tensors of " + type);
    };
  }

  private Wire whole(String version) {
    Wire model = new Wire().number(1, IR).text(2, "juxta").text(3, version).message(7, graph);
    model.message(8, new Wire().text(1, "").number(2, OPSET));
    metadata.forEach((key, value) -> model.message(14, new Wire().text(1, key).text(2, value)));
    return model;
  }

  /** Writes the model. */
  void write(OutputStream to, String version) throws IOException {
    Wire model = whole(version);
    if (model.size() > Integer.MAX_VALUE) {
      throw new OnnxFunction.Refused("more than 2 GB of weights in one file");
    }
    CodedOutputStream out = CodedOutputStream.newInstance(to, 1 << 16);
    model.write(out);
    out.flush();
  }
}
