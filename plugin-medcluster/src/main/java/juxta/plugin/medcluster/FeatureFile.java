package juxta.plugin.medcluster;

import java.nio.file.Path;
import java.util.Map;
import juxta.api.Matrix;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;

/** A matrix as a safetensors file. */
final class FeatureFile {
  private static final String NAME = "features";

  private FeatureFile() {}

  static void write(Path file, Matrix matrix) {
    Value value = Tensors.floats(new long[] {matrix.rows(), matrix.columns()}, matrix.values());
    Safetensors.writeValues(file, Map.of(NAME, value), Map.of());
  }

  static Matrix read(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      Value value = opened.value(NAME);
      return new Matrix(
          value.shape().get(0).intValue(), value.shape().get(1).intValue(), Tensors.floats(value));
    }
  }
}
