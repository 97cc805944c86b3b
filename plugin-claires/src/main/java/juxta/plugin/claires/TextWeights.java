package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import juxta.api.FieldType;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import org.tensorflow.Graph;

/** Weights of text encoders as files, under the names of Hugging Face's {@code DistilBertModel}. */
final class TextWeights {
  /** Before the names in files of models with a head, such as {@code distilbert-base-uncased}. */
  private static final String PREFIX = "distilbert.";

  private static final String WORDS = "embeddings.word_embeddings.weight";

  private TextWeights() {}

  /**
   * Reads the weights of an encoder; others in the file are left alone.
   *
   * @return values by the encoder's names, in the graph's layout
   * @throws UserException if the file is unsound, or lacks a weight, or has one of another shape
   */
  static Map<String, Value> read(Path file, TextPlan plan) {
    try (Safetensors opened = Safetensors.open(file)) {
      Set<String> names = opened.entries().keySet();
      String prefix = names.contains(PREFIX + WORDS) ? PREFIX : "";
      List<Parameter<?>> wanted = parameters(plan);
      List<String> missing =
          wanted.stream().map(p -> prefix + p.name()).filter(n -> !names.contains(n)).toList();
      if (!missing.isEmpty()) {
        throw new UserException(
            "text-weights: %s lacks %d of %d weights of the text encoder, the first is '%s'; name a"
                    .formatted(file, missing.size(), wanted.size(), missing.get(0))
                + " DistilBertModel's file, and set text-layers to its layers");
      }
      Map<String, Value> values = new LinkedHashMap<>();
      for (Parameter<?> parameter : wanted) {
        checkShape(file, parameter, opened.entries().get(prefix + parameter.name()).shape());
        Value stored = opened.value(prefix + parameter.name());
        if (stored.type() != FieldType.FLOAT32) {
          throw new UserException(
              "text-weights: %s: '%s' holds no floats; name a DistilBertModel's file"
                  .formatted(file, prefix + parameter.name()));
        }
        values.put(parameter.name(), Layouts.toGraph(parameter.layout(), stored));
      }
      return values;
    }
  }

  private static void checkShape(Path file, Parameter<?> parameter, List<Long> found) {
    List<Long> wanted = Layouts.diskShape(parameter.layout(), parameter.shape());
    if (!found.equals(wanted)) {
      throw new UserException(
          "text-weights: %s: '%s' has shape %s where %s is needed; %s"
              .formatted(
                  file,
                  parameter.name(),
                  found,
                  wanted,
                  parameter.name().equals(WORDS)
                      ? "set vocabulary to the vocab.txt that belongs to these weights"
                      : "set text-width, text-hidden and text-positions to theirs"));
    }
  }

  /**
   * Writes the weights of an encoder.
   *
   * @param value gives a weight by the encoder's name, in the graph's layout
   */
  static void write(Path file, TextPlan plan, Function<String, Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters(plan)) {
      values.put(
          parameter.name(), Layouts.toDisk(parameter.layout(), value.apply(parameter.name())));
    }
    Safetensors.writeValues(file, values, Map.of("format", "pt"));
  }

  /** The encoder's parameters, in a graph that is never run. */
  static List<Parameter<?>> parameters(TextPlan plan) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      new TextEncoder(builder.root(), plan);
      return List.copyOf(builder.parameters());
    }
  }
}
