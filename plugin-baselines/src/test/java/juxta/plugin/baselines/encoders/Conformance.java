package juxta.plugin.baselines.encoders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the files of inputs and results that reference implementations computed. */
public final class Conformance {
  private Conformance() {}

  /** A file. */
  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static Path path(String name) {
    return Path.of("src/test/resources/conformance", name);
  }

  /** All numbers of nested arrays, row-major. */
  public static float[] floats(JsonNode node) {
    List<Float> all = new ArrayList<>();
    collect(node, all);
    float[] out = new float[all.size()];
    IntStream.range(0, out.length).forEach(i -> out[i] = all.get(i));
    return out;
  }

  private static void collect(JsonNode node, List<Float> out) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, out));
    } else {
      out.add(node.floatValue());
    }
  }

  /** Row-major elements with the axes in another order. */
  static float[] permuted(float[] values, long[] shape, int... axes) {
    int rank = shape.length;
    long[] strides = new long[rank];
    long stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    float[] out = new float[values.length];
    long[] at = new long[rank];
    for (int o = 0; o < out.length; o++) {
      long from = 0;
      for (int i = 0; i < rank; i++) {
        from += at[i] * strides[axes[i]];
      }
      out[o] = values[(int) from];
      for (int i = rank - 1; i >= 0 && ++at[i] == shape[axes[i]]; i--) {
        at[i] = 0;
      }
    }
    return out;
  }
}
