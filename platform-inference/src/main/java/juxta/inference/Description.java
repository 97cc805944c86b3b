package juxta.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.picture.PictureForm;

/**
 * What {@code export.json} says.
 *
 * @param functions by name
 * @param pictures how a picture becomes the input {@code image}, if the model takes pictures
 */
record Description(Map<String, Function> functions, Optional<PictureForm> pictures) {
  private static final String NAME = "export.json";

  /** The newest form of the file that is understood. */
  private static final int FORMAT = 1;

  /**
   * A function.
   *
   * @param file its ONNX file
   * @param inputs in their order
   * @param outputs in their order
   * @param text what says how text becomes tokens, if it takes text
   */
  record Function(Path file, List<Input> inputs, List<Output> outputs, Optional<Path> text) {}

  /** An input: its name, its name in the graph, its type and the shape of one record. */
  record Input(String name, String tensor, Tensor.Type type, List<Long> shape) {}

  /** An output: its name, its name in the graph and the shape of one record. */
  record Output(String name, String tensor, List<Long> shape) {}

  /** Reads the file of a folder; all files that it names are there. */
  static Description read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InferenceException(
          folder + ": there is no such folder; name the one that 'juxta export' wrote");
    }
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new InferenceException(
          folder + ": holds no " + NAME + "; name the folder that 'juxta export' wrote");
    }
    Map<String, Object> all;
    try {
      all = JsonTree.object(Files.readAllBytes(file));
    } catch (IOException e) {
      throw damaged(file, InferenceException.reason(e), e);
    }
    try {
      return of(folder, file, all);
    } catch (ClassCastException | IllegalArgumentException e) {
      throw damaged(file, InferenceException.reason(e), e);
    }
  }

  private static InferenceException damaged(Path file, String why, Exception cause) {
    return new InferenceException(file + ": is damaged (" + why + "); export again", cause);
  }

  private static Description of(Path folder, Path file, Map<String, Object> all) {
    if (!(all.get("format") instanceof Integer format)) {
      throw new IllegalArgumentException("'format' is missing");
    }
    if (format > FORMAT) {
      throw new InferenceException(
          file
              + ": was made by a newer version (format "
              + format
              + ", this one reads up to "
              + FORMAT
              + "); use a newer platform-inference");
    }
    if (!"onnx".equals(all.get("to"))) {
      throw new InferenceException(
          file + ": holds a model for " + all.get("to") + "; export it with --to onnx");
    }
    Map<String, Function> functions = new LinkedHashMap<>();
    object(all, "functions")
        .forEach((name, one) -> functions.put(name, function(folder, map(one))));
    return new Description(
        functions,
        Optional.ofNullable(all.get("pictures")).map(words -> PictureForm.of(map(words))));
  }

  private static Function function(Path folder, Map<String, Object> one) {
    return new Function(
        file(folder, text(one, "file")),
        list(one, "inputs").stream()
            .map(
                in ->
                    new Input(
                        text(in, "name"),
                        text(in, "tensor"),
                        Tensor.Type.valueOf(text(in, "type").toUpperCase(Locale.ROOT)),
                        shape(in)))
            .toList(),
        list(one, "outputs").stream()
            .map(out -> new Output(text(out, "name"), text(out, "tensor"), shape(out)))
            .toList(),
        one.containsKey("text") ? Optional.of(file(folder, text(one, "text"))) : Optional.empty());
  }

  private static Path file(Path folder, String name) {
    if (name.contains("/") || name.contains("\\") || name.equals("..")) {
      throw new IllegalArgumentException("'" + name + "' is no file of the folder");
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new InferenceException(file + ": is missing; copy the whole folder, or export again");
    }
    return file;
  }

  /** The shape of one record; none at all stands for a single number. */
  private static List<Long> shape(Map<String, Object> of) {
    return of.get("shape") instanceof List<?> lengths
        ? lengths.stream().map(length -> ((Number) length).longValue()).toList()
        : List.of();
  }

  private static String text(Map<String, Object> of, String key) {
    if (of.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("'" + key + "' is missing");
  }

  private static Map<String, Object> object(Map<String, Object> of, String key) {
    if (of.get(key) instanceof Map) {
      return map(of.get(key));
    }
    throw new IllegalArgumentException("'" + key + "' is missing");
  }

  private static List<Map<String, Object>> list(Map<String, Object> of, String key) {
    return of.get(key) instanceof List<?> all
        ? all.stream().map(Description::map).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
