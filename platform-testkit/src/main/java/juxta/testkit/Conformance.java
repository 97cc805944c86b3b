package juxta.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Inputs and results that reference implementations computed, as JSON files in {@code
 * src/test/resources/conformance} of the module that is tested.
 */
public final class Conformance {
  private static final Path FOLDER = Path.of("src/test/resources/conformance");

  private Conformance() {}

  /**
   * A file.
   *
   * @param name its name without {@code .json}
   * @return its content
   */
  public static JsonNode read(String name) {
    try {
      return new ObjectMapper().readTree(path(name + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * Where a file lies.
   *
   * @param name its whole name
   * @return the place
   */
  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  /**
   * All numbers of nested arrays, row-major.
   *
   * @param node the arrays
   * @return the numbers
   */
  public static double[] numbers(JsonNode node) {
    return leaves(node).mapToDouble(JsonNode::asDouble).toArray();
  }

  /**
   * All numbers of nested arrays, row-major.
   *
   * @param node the arrays
   * @return the numbers
   */
  public static float[] floats(JsonNode node) {
    double[] numbers = numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /**
   * All whole numbers of nested arrays, row-major.
   *
   * @param node the arrays
   * @return the numbers
   */
  public static int[] ints(JsonNode node) {
    return Arrays.stream(numbers(node)).mapToInt(number -> (int) number).toArray();
  }

  /**
   * A matrix.
   *
   * @param node rows of numbers
   * @return the rows
   */
  public static double[][] matrix(JsonNode node) {
    return elements(node).map(Conformance::numbers).toArray(double[][]::new);
  }

  private static Stream<JsonNode> leaves(JsonNode node) {
    return node.isArray() ? elements(node).flatMap(Conformance::leaves) : Stream.of(node);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
