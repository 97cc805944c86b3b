package juxta.plugin.spps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import juxta.api.Parameter;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.model.FoldedNetwork;
import org.tensorflow.Graph;

/** The weights of a trained encoder, from a run's folder or a safetensors file. */
final class ReferenceWeights {
  private static final String OWN = "encoder.";

  /** Where files keep an encoder: a run's own, that of a file, the bootstrapped one of a run. */
  private static final List<String> PLACES = List.of(OWN, "", Spps.REFERENCE + ".");

  private ReferenceWeights() {}

  /**
   * Reads all parameters of the encoder that mines.
   *
   * @param source a run's folder, a safetensors file, or a folded network as .npz beside its .json
   * @param encoder which one that is
   * @return values by name below the encoder, in the graph's layout
   * @throws UserException if there are none, or they belong to another encoder
   */
  static Map<String, Value> read(Path source, ReferenceEncoder encoder) {
    Path file = Files.isDirectory(source) ? newest(source) : source;
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "reference: "
              + source
              + " is not there; name a run's folder, a safetensors file or a folded network (.npz)");
    }
    if (file.getFileName().toString().endsWith(".npz")) {
      return folded(file, encoder);
    }
    try (Safetensors weights = Safetensors.open(file)) {
      Map<String, Parameter<?>> wanted = parameters(encoder.setup());
      UnaryOperator<String> place = place(file, weights, wanted, encoder);
      Map<String, Value> values = new LinkedHashMap<>();
      wanted.forEach(
          (name, parameter) -> {
            Value value = weights.value(place.apply(name));
            List<Long> shape = Layouts.diskShape(parameter.layout(), parameter.shape());
            if (!value.shape().equals(shape)) {
              throw new UserException(
                  "reference: '"
                      + place.apply(name)
                      + "' in "
                      + file
                      + " has shape "
                      + value.shape()
                      + " but the encoder of this run wants "
                      + shape
                      + "; "
                      + encoder.remedy());
            }
            values.put(name, Layouts.toGraph(parameter.layout(), value));
          });
      return values;
    }
  }

  /** A network of TensorFlow Lite, its batch normalisation folded into the convolutions. */
  private static Map<String, Value> folded(Path file, ReferenceEncoder encoder) {
    List<Parameter<?>> wanted = List.copyOf(parameters(encoder.setup()).values());
    Map<String, Value> values = new LinkedHashMap<>();
    FoldedNetwork.read(file)
        .values(wanted)
        .forEach((name, value) -> values.put(name.substring(OWN.length()), value));
    return values;
  }

  /** Under which prefix and spelling the file has the encoder. */
  private static UnaryOperator<String> place(
      Path file, Safetensors weights, Map<String, Parameter<?>> wanted, ReferenceEncoder encoder) {
    for (String place : PLACES) {
      for (Map<String, String> spelling : encoder.spellings()) {
        UnaryOperator<String> known = name -> place + spelling.getOrDefault(name, name);
        if (wanted.keySet().stream()
            .allMatch(name -> weights.entries().containsKey(known.apply(name)))) {
          return known;
        }
      }
    }
    String missing =
        wanted.keySet().stream()
            .filter(name -> PLACES.stream().noneMatch(p -> weights.entries().containsKey(p + name)))
            .findFirst()
            .orElse(wanted.keySet().iterator().next());
    throw new UserException(
        "reference: "
            + file
            + " lacks weights of the encoder of this run, such as '"
            + missing
            + "'; "
            + encoder.remedy());
  }

  /** The encoder's parameters by name below it. */
  static Map<String, Parameter<?>> parameters(Setup setup) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      setup.encoder(builder.root().sub("encoder"));
      Map<String, Parameter<?>> parameters = new LinkedHashMap<>();
      builder.parameters().forEach(p -> parameters.put(p.name().substring(OWN.length()), p));
      return parameters;
    }
  }

  private static Path newest(Path run) {
    Path checkpoints = run.resolve("checkpoints");
    if (Files.isDirectory(checkpoints)) {
      try (Stream<Path> entries = Files.list(checkpoints)) {
        List<Path> finished =
            entries.filter(p -> p.getFileName().toString().startsWith("phase-")).sorted().toList();
        if (!finished.isEmpty()) {
          return finished.get(finished.size() - 1).resolve("weights.safetensors");
        }
      } catch (IOException e) {
        throw new UserException(
            "reference: cannot read " + checkpoints + " (" + e.getMessage() + ")", e);
      }
    }
    throw new UserException(
        "reference: "
            + run
            + " holds no checkpoint; name a run's folder, a safetensors file or a folded network (.npz)");
  }
}
