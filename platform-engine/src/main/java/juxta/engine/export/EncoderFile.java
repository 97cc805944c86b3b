package juxta.engine.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.ModelFunction;
import juxta.api.Value;
import juxta.engine.train.EncoderParameters;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;

/**
 * The encoder alone, under the names of timm and torchvision: the weights that the model's function
 * {@code encode} uses, in {@code encoder.safetensors}.
 */
public final class EncoderFile implements Exporter {
  private static final String NAME = "encoder.safetensors";

  /** An exporter, which holds nothing. */
  public EncoderFile() {}

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public Set<String> usual(FrozenModel model) {
    return encode(model);
  }

  @Override
  public Written write(Exported subject, Set<String> functions, Path folder) {
    Map<String, String> leftOut =
        functions.stream()
            .filter(function -> !function.equals(ModelFunction.ENCODE))
            .collect(Collectors.toMap(f -> f, f -> "safetensors holds the encoder's weights only"));
    if (!functions.contains(ModelFunction.ENCODE)
        || !subject.model().functions().contains(ModelFunction.ENCODE)) {
      return new Written(List.of(), Map.of(), leftOut);
    }
    Path file = folder.resolve(NAME);
    Safetensors.writeValues(file, weights(subject), metadata(subject));
    return new Written(List.of(file), Map.of(), leftOut);
  }

  /** The function that shows which weights are the encoder's, if the model has it. */
  static Set<String> encode(FrozenModel model) {
    return model.functions().contains(ModelFunction.ENCODE)
        ? Set.of(ModelFunction.ENCODE)
        : Set.of();
  }

  /** What the weights want to see, as timm calls it. */
  static Map<String, String> metadata(Exported subject) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("format", "pt");
    subject
        .transform()
        .ifPresent(
            seen -> {
              String side = Integer.toString(seen.side());
              words.put("input_size", seen.mean().size() + "," + side + "," + side);
              words.put("mean", numbers(seen.mean()));
              words.put("std", numbers(seen.deviation()));
              words.put("interpolation", seen.interpolation());
              words.put("crop_pct", Double.toString(seen.crop()));
            });
    return words;
  }

  private static String numbers(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The encoder's weights as files have them, by the names that files have. */
  static Map<String, Value> weights(Exported subject) {
    Map<String, Value> weights = new LinkedHashMap<>();
    Map<String, ParameterStore.Entry> entries = subject.model().store().entries();
    EncoderParameters.of(subject.model())
        .forEach(
            (full, own) -> {
              ParameterStore.Entry entry = entries.get(full);
              weights.put(
                  subject.aliases().getOrDefault(own, own),
                  Layouts.toDisk(entry.layout(), entry.value()));
            });
    return weights;
  }
}
