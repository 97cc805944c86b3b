package juxta.toolkit.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;

/** Reads weights that somebody else trained into the parameters of an encoder. */
public final class PretrainedWeights {
  private PretrainedWeights() {}

  /**
   * Reads a file: safetensors with the names of timm or torchvision, perhaps all behind one
   * beginning (see {@link WeightNames}), or a folded network (see {@link FoldedNetwork}) as {@code
   * .npz} with a {@code .json} of the same name beside it.
   *
   * @param file the file
   * @param place full name of the place that holds the encoder, without the last {@code .}
   * @param parameters the encoder's parameters in the order in which it makes them
   * @return values by full name, in the graph's layout, of all parameters
   * @throws UserException if the file is unreadable, or is not of this encoder
   */
  public static Map<String, Value> read(Path file, String place, List<Parameter<?>> parameters) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.endsWith(".npz")
        ? FoldedNetwork.read(file).values(parameters)
        : safetensors(file, place, parameters);
  }

  private static Map<String, Value> safetensors(
      Path file, String place, List<Parameter<?>> parameters) {
    Map<String, Value> values = new LinkedHashMap<>();
    try (Safetensors opened = Safetensors.open(file)) {
      WeightNames names =
          WeightNames.of(
              opened.entries().keySet(), parameters.stream().map(p -> own(place, p)).toList());
      String beginning = names.beginning().orElse("");
      for (Parameter<?> parameter : parameters) {
        String own = beginning + own(place, parameter);
        if (names.beginning().isEmpty()
            && (names.beginnings().size() > 1 || !opened.entries().containsKey(own))) {
          throw new UserException(
              file
                  + ": lacks '"
                  + own
                  + "'; these are not the weights of the chosen encoder, or have other names than"
                  + " timm's and torchvision's; "
                  + names.instead());
        }
        List<Long> wanted = Layouts.diskShape(parameter.layout(), parameter.shape());
        List<Long> found = opened.entries().get(own).shape();
        if (!found.equals(wanted)) {
          throw new UserException(
              file + ": '" + own + "' has shape " + found + " where the encoder has " + wanted);
        }
        values.put(parameter.name(), Layouts.toGraph(parameter.layout(), opened.value(own)));
      }
    }
    return values;
  }

  private static String own(String place, Parameter<?> parameter) {
    return parameter.name().substring(place.length() + 1);
  }
}
