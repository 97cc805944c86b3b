package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Matrix;
import juxta.api.Split;
import juxta.api.Value;

/**
 * Features of records, kept in memory, in place of the records: fields {@link #FEATURE} and {@link
 * Field#LABEL}.
 *
 * @param id id of the data that the features come from
 * @param splits the features
 * @param classes names of the classes
 * @param fingerprint fingerprint of the data that the features come from
 */
record FeatureData(String id, Map<String, Split> splits, List<String> classes, String fingerprint)
    implements Dataset {
  /** Name of the field of features. */
  static final String FEATURE = "feature";

  static FeatureData of(Dataset source, Map<String, Split> splits) {
    return new FeatureData(source.id(), splits, source.classes(), source.fingerprint());
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES; // features of images; the kind is not looked at again
  }

  /** A row of features and a label a record. */
  static Split split(Matrix features, int[] labels) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(4, features.values().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(features.values());
    List<Field> fields =
        List.of(
            Field.of(FEATURE, FieldType.FLOAT32, features.columns()),
            Field.of(Field.LABEL, FieldType.INT32));
    return new Rows(labels.clone(), fields, bytes, 4 * features.columns());
  }

  private record Rows(int[] labels, List<Field> fields, ByteBuffer bytes, int width)
      implements Split {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Value value(String name, int record) {
      Field field = field(name);
      return name.equals(FEATURE)
          ? new Value(
              field.type(),
              field.shape(),
              bytes.duplicate().position(record * width).limit((record + 1) * width))
          : Value.of(labels[record]);
    }
  }
}
