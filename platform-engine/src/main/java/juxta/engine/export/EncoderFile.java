package juxta.engine.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return "encoder";
  }

  @Override
  public List<Path> write(
      FrozenModel model, Set<String> functions, Map<String, String> aliases, Path folder) {
    if (!functions.contains(ModelFunction.ENCODE)
        || !model.functions().contains(ModelFunction.ENCODE)) {
      return List.of();
    }
    Map<String, Value> weights = new LinkedHashMap<>();
    Map<String, ParameterStore.Entry> entries = model.store().entries();
    EncoderParameters.of(model)
        .forEach(
            (full, own) -> {
              ParameterStore.Entry entry = entries.get(full);
              weights.put(
                  aliases.getOrDefault(own, own), Layouts.toDisk(entry.layout(), entry.value()));
            });
    Path file = folder.resolve(NAME);
    Safetensors.writeValues(file, weights, Map.of("format", "pt"));
    return List.of(file);
  }
}
