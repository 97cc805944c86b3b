package juxta.plugin.fba;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * Scans of 16 x 16 x 16 voxels, eight of which are for training and the first four of these
 * labelled. A block of each is bright and its mask.
 */
record TinyScans(Map<String, Split> splits, List<String> classes) implements Dataset {
  static final int SIDE = 16;
  static final int LABELLED = 4;

  /** Labels of a foreground class; {@code hidden} is what the masks of unlabelled scans hold. */
  static TinyScans of(int classes, int hidden) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(TRAIN, new Drawn(8, LABELLED, classes, hidden));
    splits.put(TEST, new Drawn(2, 2, classes, 0));
    return new TinyScans(splits, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** Without hidden masks, or with a split that reveals them. */
  TinyScans revealed() {
    Map<String, Split> more = new LinkedHashMap<>(splits);
    more.put(Dataset.REVEALED, new Drawn(8, 8, classes.size(), 0));
    return new TinyScans(more, classes);
  }

  @Override
  public String id() {
    return "tiny-scans";
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Drawn(int size, int labelled, int classes, int hidden) implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.VOLUME, FieldType.FLOAT32, SIDE, SIDE, SIDE, 1),
          Field.of(Field.MASK, FieldType.UINT8, SIDE, SIDE, SIDE),
          Field.of("extent", FieldType.INT32, 3),
          Field.of("labelled", FieldType.INT32));
    }

    @Override
    public Value value(String field, int index) {
      Random random = new Random(index);
      int from = 2 + random.nextInt(4);
      int to = from + 6;
      float[] scan = new float[SIDE * SIDE * SIDE];
      byte[] mask = new byte[scan.length];
      for (int i = 0; i < scan.length; i++) {
        int x = i / (SIDE * SIDE);
        int y = i / SIDE % SIDE;
        boolean inside = x >= from && x < to && y >= from && y < to;
        int label = inside ? 1 + (y - from) * (classes - 1) / 6 : 0;
        mask[i] = (byte) (index < labelled ? label : hidden);
        scan[i] = label + 0.2f * (float) random.nextGaussian();
      }
      return switch (field) {
        case Field.VOLUME -> Tensors.floats(new long[] {SIDE, SIDE, SIDE, 1}, scan);
        case Field.MASK ->
            new Value(FieldType.UINT8, List.of(16L, 16L, 16L), ByteBuffer.wrap(mask));
        case "labelled" -> Value.of(index < labelled ? 1 : 0);
        default -> throw new IllegalArgumentException(field);
      };
    }
  }
}
