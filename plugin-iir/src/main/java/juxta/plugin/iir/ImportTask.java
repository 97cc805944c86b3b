package juxta.plugin.iir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Parameter;
import juxta.api.Setup;
import juxta.api.TaskContext;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.model.PretrainedWeights;
import org.tensorflow.Graph;

/** Gives the encoder the weights of a file. */
final class ImportTask {
  private ImportTask() {}

  static void run(Setup setup, Path file, TaskContext context) {
    Map<String, Value> values =
        PretrainedWeights.read(file, DescriptorNetwork.ENCODER, parameters(setup));
    context.write(values);
    context.progress(values.size(), values.size(), "parameters");
  }

  /** The encoder's parameters in the order in which it makes them. */
  private static List<Parameter<?>> parameters(Setup setup) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      setup.encoder(builder.root().sub(DescriptorNetwork.ENCODER));
      return List.copyOf(builder.parameters());
    }
  }
}
