package juxta.plugin.multinet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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

  /** A matrix. */
  static double[][] matrix(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[node.get(i).size()];
      for (int c = 0; c < rows[i].length; c++) {
        rows[i][c] = node.get(i).get(c).asDouble();
      }
    }
    return rows;
  }
}
