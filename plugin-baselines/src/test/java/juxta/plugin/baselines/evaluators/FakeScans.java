package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Spacing;

/**
 * Scans whose voxels show their class: the number nearest to the value. What fills records up shows
 * class 1, and must not be looked at. Their first axis points to the front, the second to the left.
 *
 * @param cases the scans
 * @param classes names of classes
 * @param filled size of a record
 */
record FakeScans(List<Scan> cases, List<String> classes, Extent filled) implements Dataset {
  /** A scan: what is shown and what is true, both [X, Y, Z]. */
  record Scan(String name, Extent extent, Spacing spacing, byte[] shown, byte[] truth) {}

  static final Extent FILLED = new Extent(12, 11, 10);

  static FakeScans of(Scan... cases) {
    return new FakeScans(List.of(cases), List.of(), FILLED);
  }

  /** A box of class 1, shown as it is. */
  static Scan clear(String name, int x, int y, int z) {
    Extent extent = new Extent(x, y, z);
    byte[] mask = box(extent, 1, 1);
    return new Scan(name, extent, Spacing.VOXELS, mask, mask);
  }

  /** A box of 4 x 3 x 3 voxels of a class that starts at (1, 2, z). */
  static byte[] box(Extent extent, int z, int label) {
    byte[] mask = new byte[extent.voxels()];
    for (int i = 1; i < 5; i++) {
      for (int j = 2; j < 5; j++) {
        for (int k = z; k < z + 3; k++) {
          mask[extent.index(i, j, k)] = (byte) label;
        }
      }
    }
    return mask;
  }

  @Override
  public String id() {
    return "scans";
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public Map<String, Split> splits() {
    Records records = new Records(cases, filled);
    return Map.of(TRAIN, records, TEST, records);
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Records(List<Scan> cases, Extent filled) implements Split {
    @Override
    public int size() {
      return cases.size();
    }

    @Override
    public List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      fields.add(Field.of(Field.VOLUME, FieldType.FLOAT32, filled.x(), filled.y(), filled.z(), 1));
      fields.add(Field.of(Field.MASK, FieldType.UINT8, filled.x(), filled.y(), filled.z()));
      fields.add(Field.of("extent", FieldType.INT32, 3));
      fields.add(Field.of("spacing", FieldType.FLOAT32, 3));
      fields.add(Field.of("affine", FieldType.FLOAT32, 12));
      if (!cases.get(0).name().isEmpty()) {
        fields.add(Field.of("case", FieldType.TEXT));
      }
      return fields;
    }

    @Override
    public Value value(String field, int record) {
      Scan scan = cases.get(record);
      Extent extent = scan.extent();
      return switch (field) {
        case "extent" -> Tensors.ints(new long[] {3}, extent.x(), extent.y(), extent.z());
        case "affine" -> {
          float sx = (float) scan.spacing().x();
          float sy = (float) scan.spacing().y();
          float sz = (float) scan.spacing().z();
          yield Tensors.floats(
              new long[] {12}, 0, -sy, 0, 10.3f + record, sx, 0, 0, -20, 0, 0, sz, 5.5f);
        }
        case "spacing" -> {
          float[] mm = new float[3];
          for (int i = 0; i < 3; i++) {
            mm[i] = scan.spacing().axes().get(i).floatValue();
          }
          yield Tensors.floats(new long[] {3}, mm);
        }
        case "case" -> Value.of(scan.name());
        case Field.MASK ->
            new Value(
                FieldType.UINT8,
                field(field).shape(),
                ByteBuffer.wrap(filled(scan.truth(), extent)));
        default -> {
          byte[] shown = filled(scan.shown(), extent);
          Random noise = new Random(record);
          float[] values = new float[shown.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = shown[i] + .8f * (noise.nextFloat() - .5f);
          }
          yield Tensors.floats(new long[] {filled.x(), filled.y(), filled.z(), 1}, values);
        }
      };
    }

    private byte[] filled(byte[] mask, Extent extent) {
      byte[] all = new byte[filled.voxels()];
      java.util.Arrays.fill(all, (byte) 1);
      for (int x = 0; x < Math.min(extent.x(), filled.x()); x++) {
        for (int y = 0; y < Math.min(extent.y(), filled.y()); y++) {
          for (int z = 0; z < Math.min(extent.z(), filled.z()); z++) {
            all[filled.index(x, y, z)] = mask[extent.index(x, y, z)];
          }
        }
      }
      return all;
    }
  }
}
