package juxta.launcher.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.launcher.engine.ParameterStore;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import org.tensorflow.Graph;

/**
 * Weights to start a new run from: the checkpoint of another run, or a safetensors file with the
 * ecosystem's names, which become the encoder's.
 */
public final class InitialWeights {
  private static final String SCOPE = "encoder";

  private InitialWeights() {}

  /**
   * Reads weights.
   *
   * @param source a run folder or a safetensors file
   * @param choices the run that starts from them
   * @param data the run's data
   * @return the weights, without what an optimiser remembered
   * @throws UserException if the file lacks a weight of the encoder
   */
  public static ParameterStore read(Path source, Choices choices, Dataset data) {
    if (Files.isDirectory(source)) {
      ParameterStore store =
          new Checkpoints(source.resolve("checkpoints"))
              .latest()
              .orElseThrow(() -> new UserException(source + " holds no checkpoint to start from"))
              .store();
      store.forgetOptimizer();
      return store;
    }
    Map<String, Value> file = Safetensors.read(source);
    Map<String, String> aliases = new LinkedHashMap<>();
    choices.encoder().ifPresent(e -> aliases.putAll(e.component().aliases()));
    ParameterStore store = new ParameterStore();
    List<String> missing = new ArrayList<>();
    for (Parameter<?> parameter : parameters(new RunSetup(choices, data))) {
      String own = parameter.name().substring(SCOPE.length() + 1);
      String name = aliases.getOrDefault(own, own);
      Value value = file.getOrDefault(name, file.get(parameter.name()));
      if (value == null) {
        missing.add(name);
        continue;
      }
      store.put(
          parameter.name(),
          new ParameterStore.Entry(Layouts.toGraph(parameter.layout(), value), parameter.layout()));
    }
    if (!missing.isEmpty()) {
      throw new UserException(
          source
              + " lacks "
              + missing.size()
              + " weights of encoder '"
              + choices.encoderName()
              + "', the first is '"
              + missing.get(0)
              + "'; names are those of torchvision and timm");
    }
    return store;
  }

  private static List<Parameter<?>> parameters(RunSetup setup) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      setup.encoder(builder.root().sub(SCOPE));
      return builder.parameters();
    }
  }
}
