package juxta.engine.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.engine.train.FunctionsGraph;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * All functions as signatures of one SavedModel, which shares the weights among them. The weights
 * are constants of the graph: what is loaded cannot be trained further.
 */
public final class SavedModelFiles implements Exporter {
  private static final String FILE = "saved_model.pb";
  private static final String METHOD = "tensorflow/serving/predict";

  /** An exporter, which holds nothing. */
  public SavedModelFiles() {}

  @Override
  public String format() {
    return "savedmodel";
  }

  @Override
  public Written write(Exported subject, Set<String> functions, Path folder) {
    Map<String, List<Field>> fields = new LinkedHashMap<>();
    functions.forEach(name -> fields.put(name, subject.fields(name)));
    Map<String, ExportedFunction> written = new LinkedHashMap<>();
    try (FunctionsGraph built = new FunctionsGraph(subject.model(), fields, subject.seed());
        Graph graph = new Graph()) {
      graph.importGraphDef(Frozen.of(built));
      SavedModelBundle.Exporter exporter = SavedModelBundle.exporter(folder.toString());
      try (Session session = new Session(graph)) {
        exporter.withSession(session);
        for (String name : functions) {
          exporter.withSignature(signature(name, built.functions().get(name), graph));
          written.put(name, described(built.functions().get(name)));
        }
        exporter.export();
      }
    } catch (IOException e) {
      throw new UserException(
          "cannot write to "
              + folder
              + " ("
              + e.getMessage()
              + "); free some space or choose a place that can be written to",
          e);
    }
    return new Written(
        List.of(folder.resolve("saved_model.pb"), folder.resolve("variables")), written, Map.of());
  }

  private static Signature signature(String name, FunctionsGraph.Function function, Graph graph) {
    Signature.Builder signature = Signature.builder().key(name).methodName(METHOD);
    function.inputs().forEach((field, input) -> signature.input(field, in(graph, input)));
    new TreeMap<>(function.outputs())
        .forEach((output, operand) -> signature.output(output, in(graph, operand)));
    return signature.build();
  }

  /** The operand of the same name in the graph that is written. */
  private static Operand<?> in(Graph graph, Operand<?> operand) {
    return graph.operation(operand.asOutput().op().name()).output(operand.asOutput().index());
  }

  private static ExportedFunction described(FunctionsGraph.Function function) {
    List<ExportedFunction.Input> inputs = new ArrayList<>();
    function
        .fields()
        .forEach(
            field ->
                inputs.add(
                    new ExportedFunction.Input(
                        field.name(),
                        field.name(),
                        field.type().name().toLowerCase(Locale.ROOT),
                        field.shape())));
    List<ExportedFunction.Output> outputs = new ArrayList<>();
    for (Map.Entry<String, Operand<TFloat32>> output :
        new TreeMap<>(function.outputs()).entrySet()) {
      outputs.add(
          new ExportedFunction.Output(
              output.getKey(), output.getKey(), row(output.getValue().shape())));
    }
    return new ExportedFunction(FILE, inputs, outputs, "");
  }

  private static List<Long> row(Shape shape) {
    return shape.isUnknown()
        ? List.of(-1L)
        : LongStream.of(shape.asArray()).skip(1).boxed().toList();
  }
}
