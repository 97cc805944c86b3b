package juxta.engine.export.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.engine.export.ExportedFunction.Input;
import juxta.engine.export.ExportedFunction.Output;
import juxta.engine.train.FunctionsGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** A function of a trained model as a model of ONNX. */
public final class OnnxFunction {
  /** What has no translation, in words for the user. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String what) {
      super("ONNX, or Juxta's translation to it, lacks " + what);
    }
  }

  private final OnnxModel model;
  private final List<Input> inputs;
  private final List<Output> outputs;

  private OnnxFunction(OnnxModel model, List<Input> inputs, List<Output> outputs) {
    this.model = model;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Translates.
   *
   * @param graph holds the function
   * @param name the function's name
   * @return the same in ONNX, for batches of any size
   * @throws Refused if something in it has no translation, naming it
   */
  public static OnnxFunction of(FunctionsGraph graph, String name) {
    FunctionsGraph.Function function = graph.functions().get(name);
    Map<String, Operand<TFloat32>> wanted = new TreeMap<>(function.outputs());
    Nodes nodes = new Nodes(graph, function, List.copyOf(wanted.values()));
    OnnxModel model = new OnnxModel(name);
    List<Input> inputs = new ArrayList<>();
    Translation translation = new Translation(nodes, model);
    for (Field field : function.fields()) {
      long[] shape =
          LongStream.concat(LongStream.of(-1), field.shape().stream().mapToLong(d -> d)).toArray();
      model.input(field.name(), type(field.type()), shape);
      translation.input(Nodes.tensor(function.inputs().get(field.name())), field.name());
      inputs.add(
          new Input(
              field.name(),
              field.name(),
              field.type().name().toLowerCase(Locale.ROOT),
              field.shape()));
    }
    List<String> names = new ArrayList<>();
    wanted.keySet().forEach(output -> names.add(model.fresh(output)));
    translation.run();
    List<Output> outputs = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Operand<TFloat32>> output : wanted.entrySet()) {
      String tensor = names.get(i++);
      translation.output(Nodes.tensor(output.getValue()), tensor);
      long[] shape = shape(output.getValue().shape());
      model.output(tensor, DataType.DT_FLOAT, shape);
      outputs.add(
          new Output(output.getKey(), tensor, Arrays.stream(shape).skip(1).boxed().toList()));
    }
    return new OnnxFunction(model, inputs, outputs);
  }

  private static long[] shape(Shape shape) {
    if (shape.isUnknown()) {
      throw new Refused("outputs of unknown rank");
    }
    long[] lengths = shape.asArray();
    if (lengths.length > 0) {
      lengths[0] = -1;
    }
    return lengths;
  }

  private static DataType type(FieldType type) {
    return switch (type) {
      case UINT8 -> DataType.DT_UINT8;
      case INT32 -> DataType.DT_INT32;
      case FLOAT32 -> DataType.DT_FLOAT;
      case TEXT -> throw new Refused("text that is not prepared");
    };
  }

  /**
   * What it takes.
   *
   * @return the inputs in the function's order
   */
  public List<Input> inputs() {
    return inputs;
  }

  /**
   * What it gives.
   *
   * @return the outputs by name
   */
  public List<Output> outputs() {
    return outputs;
  }

  /**
   * Writes the model.
   *
   * @param to where to
   * @param version of Juxta
   * @throws IOException if writing fails
   * @throws Refused if the weights do not fit a file
   */
  public void write(OutputStream to, String version) throws IOException {
    model.write(to, version);
  }
}
