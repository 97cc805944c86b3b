package juxta.plugin.grass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads vectors that the reference implementation computed. */
final class Conformance {
  private Conformance() {}

  static JsonNode read(String name) {
    try (InputStream in = Conformance.class.getResourceAsStream("/conformance/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** All numbers of nested arrays, row-major. */
  static double[] numbers(JsonNode node) {
    List<Double> all = new ArrayList<>();
    collect(node, all);
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The same as floats. */
  static float[] floats(JsonNode node) {
    double[] numbers = numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static void collect(JsonNode node, List<Double> all) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, all));
    } else {
      all.add(node.asDouble());
    }
  }
}
