package juxta.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Exported folders for tests; their graphs are test resources of a few hundred bytes. */
final class Folders {
  static final String PICTURES =
      """
      "pictures": {"height": 8, "width": 8, "channels": 3, "fit": "squared",
                   "window": "full", "orientation": "exif"}""";

  private static final String INPUT = "{'name': '%s', 'tensor': '%s', 'type': '%s', 'shape': %s}";

  private Folders() {}

  private static String function(String name, String in, String type, String shape, String out) {
    return ("'%s': {'file': '%s.onnx', 'inputs': [" + INPUT + "], 'outputs': [%s]}")
        .formatted(name, name, in, in, type, shape, out)
        .replace('\'', '"');
  }

  static String embed() {
    return function(
        "embed",
        "image",
        "uint8",
        "[8, 8, 3]",
        "{'name': 'embedding', 'tensor': 'embedding', 'shape': [4]}");
  }

  static String segment() {
    return function(
        "segment",
        "image",
        "float32",
        "[-1, -1, -1, 1]",
        "{'name': 'image', 'tensor': 'image_1', 'shape': [-1, -1, -1, 1]}");
  }

  static String any() {
    return function(
            "any",
            "image",
            "uint8",
            "[-1, -1, 3]",
            "{'name': 'embedding', 'tensor': 'embedding', 'shape': [3]}")
        .replace("\"any\":", "\"embed\":");
  }

  static String text(String text) {
    return function(
            "embedText",
            "tokens",
            "int32",
            "[6]",
            "{'name': 'embedding', 'tensor': 'embedding', 'shape': [6]}")
        .replaceFirst("}$", text + "}");
  }

  static String json(String more, String... functions) {
    return "{\"format\": 1, \"to\": \"onnx\", \"functions\": {"
        + String.join(", ", functions)
        + "}"
        + (more.isEmpty() ? "" : ", " + more)
        + "}";
  }

  /** Writes the description and all graphs. */
  static Path write(Path folder, String json) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("export.json"), json);
      for (String graph : new String[] {"embed", "any", "segment", "embedText"}) {
        try (InputStream in = Folders.class.getResourceAsStream(graph + ".onnx")) {
          Files.write(folder.resolve(graph + ".onnx"), in.readAllBytes());
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path pictures(Path folder) {
    return write(folder, json(PICTURES, embed(), segment()));
  }
}
