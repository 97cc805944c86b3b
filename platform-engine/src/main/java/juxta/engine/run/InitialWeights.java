package juxta.engine.run;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.model.WeightNames;
import org.tensorflow.Graph;

/**
 * Weights to start a new run from: the checkpoint of another run, or a safetensors file with the
 * ecosystem's names, which become the encoder's.
 *
 * @param source the run folder or file that they come from
 * @param store the weights, without what an optimiser remembered
 * @param summary in words, what was taken
 */
public record InitialWeights(Path source, ParameterStore store, String summary) {
  private static final String ENCODER = "encoder.";

  /**
   * Reads weights. All of a run of the same method are taken, else those of the encoder.
   *
   * @param source a run folder or a safetensors file
   * @param setup the run that starts from them
   * @param method id of its method
   * @return the weights
   * @throws UserException if a weight of the encoder is not there
   */
  public static InitialWeights read(Path source, RunSetup setup, String method) {
    if (!Files.exists(source)) {
      throw new UserException(
          "--init-from " + source + ": is not there; name a run folder or a safetensors file");
    }
    InitialWeights read =
        Files.isDirectory(source) ? run(source, setup, method) : file(source, setup);
    for (String name : read.store().names()) {
      checkNumbers(source, name, read.store().value(name));
    }
    return read;
  }

  /** Damaged weights would only be noticed by a loss that is no number. */
  private static void checkNumbers(Path source, String name, Value value) {
    if (value.type() != FieldType.FLOAT32) {
      return;
    }
    FloatBuffer numbers = value.data().asFloatBuffer();
    while (numbers.hasRemaining()) {
      float number = numbers.get();
      if (!Float.isFinite(number)) {
        throw new UserException(
            "--init-from "
                + source
                + ": '"
                + name
                + "' holds "
                + number
                + ", so nothing can be trained from it; take an earlier checkpoint, or write the"
                + " file again");
      }
    }
  }

  private static InitialWeights run(Path source, RunSetup setup, String method) {
    RunRecord record =
        RunRecord.read(source)
            .orElseThrow(
                () ->
                    new UserException(
                        "--init-from "
                            + source
                            + ": holds no run; name a run folder or a safetensors file"));
    ParameterStore store =
        new Checkpoints(source.resolve("checkpoints"))
            .latest()
            .orElseThrow(
                () ->
                    new UserException(
                        "--init-from " + source + ": holds no checkpoint yet; train it first"))
            .store();
    store.forgetOptimizer();
    if (record.method().equals(method)) {
      return new InitialWeights(
          source, store, "all " + store.names().size() + " parameters of " + source);
    }
    ParameterStore encoder = new ParameterStore();
    store
        .entries()
        .forEach(
            (name, entry) -> {
              if (name.startsWith(ENCODER)) {
                encoder.put(name, entry);
              }
            });
    return fitting(source, setup, encoder, "");
  }

  private static InitialWeights file(Path source, RunSetup setup) {
    Map<String, Value> file = Safetensors.read(source);
    Map<String, Parameter<?>> wanted = parameters(setup);
    // the ecosystem's names first, then those by which Juxta saves, then what others write
    List<UnaryOperator<String>> spellings = new ArrayList<>();
    spellings.add(name -> known(name, setup));
    spellings.add(InitialWeights::own);
    setup.spellings().forEach(s -> spellings.add(name -> s.getOrDefault(own(name), own(name))));
    UnaryOperator<String> spelling = spellings.get(0);
    WeightNames names = names(file, wanted, spelling);
    for (int i = 1; i < spellings.size() && names.beginnings().isEmpty(); i++) {
      spelling = spellings.get(i);
      names = names(file, wanted, spelling);
    }
    String beginning = names.beginning().orElse("");
    ParameterStore store = new ParameterStore();
    if (names.beginnings().size() <= 1 || names.beginning().isPresent()) {
      for (Map.Entry<String, Parameter<?>> parameter : wanted.entrySet()) {
        Value value = file.get(beginning + spelling.apply(parameter.getKey()));
        if (value != null) {
          Layout layout = parameter.getValue().layout();
          store.put(
              parameter.getKey(), new ParameterStore.Entry(Layouts.toGraph(layout, value), layout));
        }
      }
    }
    return fitting(source, setup, store, "; " + names.instead());
  }

  private static WeightNames names(
      Map<String, Value> file, Map<String, Parameter<?>> wanted, UnaryOperator<String> spelling) {
    return WeightNames.of(file.keySet(), wanted.keySet().stream().map(spelling).toList());
  }

  private static String own(String name) {
    return name.substring(ENCODER.length());
  }

  private static String known(String name, RunSetup setup) {
    return setup.aliases().getOrDefault(own(name), own(name));
  }

  /** Checks shapes before anything is written to the new run's folder. */
  private static InitialWeights fitting(
      Path source, RunSetup setup, ParameterStore found, String instead) {
    Map<String, Parameter<?>> wanted = parameters(setup);
    List<String> missing = wanted.keySet().stream().filter(name -> !found.has(name)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "--init-from "
              + source
              + ": lacks "
              + missing.size()
              + " weights of encoder '"
              + setup.encoderName()
              + "', the first is '"
              + known(missing.get(0), setup)
              + "'; names are those of torchvision and timm"
              + instead);
    }
    for (String name : found.names()) {
      Parameter<?> parameter = wanted.get(name);
      if (parameter != null && !parameter.shape().equals(found.value(name).shape())) {
        throw new UserException(
            "--init-from "
                + source
                + ": '"
                + name
                + "' has shape "
                + found.value(name).shape()
                + " but encoder '"
                + setup.encoderName()
                + "' wants "
                + parameter.shape()
                + "; use the encoder and settings that the weights were trained with");
      }
    }
    return new InitialWeights(
        source,
        found,
        "the "
            + wanted.size()
            + " parameters of encoder '"
            + setup.encoderName()
            + "' from "
            + source);
  }

  /** The encoder's parameters by full name. */
  private static Map<String, Parameter<?>> parameters(RunSetup setup) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      setup.encoder(builder.root().sub("encoder"));
      Map<String, Parameter<?>> parameters = new LinkedHashMap<>();
      builder.parameters().forEach(p -> parameters.put(p.name(), p));
      return parameters;
    }
  }
}
