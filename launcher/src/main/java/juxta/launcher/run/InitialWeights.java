package juxta.launcher.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Layout;
import juxta.api.UserException;
import juxta.launcher.engine.ParameterStore;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import org.tensorflow.Graph;

/**
 * Weights to start a new run from: the checkpoint of another run, or a safetensors file with the
 * ecosystem's names, which become the encoder's.
 */
public final class InitialWeights {
  private static final String ENCODER = "encoder.";

  private InitialWeights() {}

  /**
   * Reads weights.
   *
   * @param source a run folder or a safetensors file
   * @param choices the run that starts from them
   * @return the weights, without what an optimiser remembered
   * @throws UserException if nothing in the file fits the encoder
   */
  public static ParameterStore read(Path source, Choices choices) {
    if (Files.isDirectory(source)) {
      ParameterStore store =
          new Checkpoints(source.resolve("checkpoints"))
              .latest()
              .orElseThrow(() -> new UserException(source + " holds no checkpoint to start from"))
              .store();
      store.forgetOptimizer();
      return store;
    }
    Map<String, Layout> layouts = layouts(choices);
    Map<String, String> aliases = new LinkedHashMap<>();
    choices
        .encoder()
        .ifPresent(e -> e.component().aliases().forEach((own, file) -> aliases.put(file, own)));
    ParameterStore store = new ParameterStore();
    Safetensors.read(source)
        .forEach(
            (key, value) -> {
              String own = aliases.getOrDefault(key, key);
              String name = own.startsWith(ENCODER) ? own : ENCODER + own;
              Layout layout = layouts.get(name);
              if (layout != null) {
                store.put(name, new ParameterStore.Entry(Layouts.toGraph(layout, value), layout));
              }
            });
    if (store.names().isEmpty()) {
      throw new UserException(
          source
              + " holds no weight of encoder '"
              + choices.encoderName()
              + "'; its names are torchvision's and timm's");
    }
    return store;
  }

  /** Layouts of the encoder's parameters by full name. */
  private static Map<String, Layout> layouts(Choices choices) {
    Map<String, Layout> layouts = new LinkedHashMap<>();
    choices
        .encoder()
        .ifPresent(
            e -> {
              try (Graph graph = new Graph()) {
                juxta.toolkit.graph.GraphBuilder builder =
                    new juxta.toolkit.graph.GraphBuilder(graph, 0, "names");
                e.component()
                    .create(
                        builder.root().sub("encoder"),
                        new long[] {32, 32, 3},
                        choices.of("encoder"));
                builder.parameters().forEach(p -> layouts.put(p.name(), p.layout()));
              }
            });
    return layouts;
  }
}
