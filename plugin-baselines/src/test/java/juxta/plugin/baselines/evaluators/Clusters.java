package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** Vectors around one centre a class; every seventh training record has no label. */
record Clusters(Map<String, Split> splits) implements Dataset {
  static Clusters of(int classes, int width, double noise, int train, int test) {
    return new Clusters(
        Map.of(
            TRAIN, new Drawn(classes, width, noise, train, 1, 7),
            TEST, new Drawn(classes, width, noise, test, 2, Integer.MAX_VALUE)));
  }

  @Override
  public String id() {
    return "clusters";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Drawn(
      int classes, int width, double noise, int size, long seed, int unlabelledEach)
      implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.IMAGE, FieldType.FLOAT32, width), Field.of(Field.LABEL, FieldType.INT32));
    }

    @Override
    public Value value(String field, int record) {
      int label = record % classes;
      if (field.equals(Field.LABEL)) {
        return Value.of(record % unlabelledEach == unlabelledEach - 1 ? -1 : label);
      }
      Random centre = new Random(label);
      Random around = new Random(seed * 1_000_003 + record);
      float[] x = new float[width];
      for (int i = 0; i < width; i++) {
        x[i] = (float) (centre.nextGaussian() + noise * around.nextGaussian()) + 3;
      }
      return Tensors.floats(new long[] {width}, x);
    }
  }
}
