package juxta.launcher.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's folder as another program sees it.
 *
 * @param path where it lies
 */
record RunFolder(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Folders of checkpoints, oldest first. */
  List<Path> checkpoints() {
    Path folder = path.resolve("checkpoints");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> p.getFileName().toString().startsWith("phase-"))
          .sorted(Comparator.comparing(p -> p.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path newest() {
    List<Path> all = checkpoints();
    return all.get(all.size() - 1);
  }

  byte[] weights() {
    return bytes(newest().resolve("weights.safetensors"));
  }

  byte[] optimizer() {
    return bytes(newest().resolve("optimizer.safetensors"));
  }

  boolean begun() {
    return Files.exists(path.resolve("run.json"));
  }

  JsonNode record() {
    return json(path.resolve("run.json"));
  }

  /** The logged lines. */
  List<JsonNode> metrics() {
    try {
      return Files.readAllLines(path.resolve("metrics.jsonl")).stream()
          .map(RunFolder::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was logged, as {@code phase/step}. */
  List<String> steps() {
    return metrics().stream()
        .map(line -> line.get("phase").asText() + "/" + line.get("step").asLong())
        .toList();
  }

  static JsonNode json(Path file) {
    return parse(new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8));
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
