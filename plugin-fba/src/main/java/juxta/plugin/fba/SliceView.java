package juxta.plugin.fba;

import java.util.List;
import java.util.Set;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Slices of scans for training in the plane: a random slice of each scan, turned by quarters and
 * flipped or rotated by a few degrees or left as it is, at a fixed size. Scan and mask alike.
 */
public final class SliceView implements Augmentation {
  static final Setting<Integer> SIZE =
      Setting.integer("size", 256)
          .range(16, 1024)
          .describe("side of the views in pixels, a multiple of 16")
          .source("dataloaders: 256 x 256 for ACDC");

  /** Made by the service loader. */
  public SliceView() {}

  @Override
  public String id() {
    return "slice";
  }

  @Override
  public String summary() {
    return "random slices of scans with their masks, turned and resized to squares";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE);
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    int size = settings.get(SIZE);
    if (size % 16 != 0) {
      throw new UserException(
          "augmentation slice: size "
              + size
              + " is not a multiple of 16; pass "
              + (size + 8) / 16 * 16);
    }
    return size;
  }

  @Override
  public List<Integer> lengths(View.Kind kind, DataSummary data, Settings settings) {
    int side = side(kind, data, settings);
    return List.of(side, side, 1);
  }

  @Override
  public Batch apply(
      GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
    if (view.kind() == View.Kind.EVALUATION || view.kind() == View.Kind.PROBE) {
      return batch;
    }
    Ops tf = scope.tf();
    int size = side(view.kind(), data, settings);
    Operand<TFloat32> scan = batch.floats(Field.VOLUME); // [N, X, Y, Z, 1]
    Operand<TUint8> mask = batch.bytes(Field.MASK); // [N, X, Y, Z]
    Operand<TInt32> extent = batch.ints(Field.EXTENT); // [N, 3]
    SliceMap map = SliceMap.of(scope, SliceDraws.of(scope, extent), extent, tf.shape(mask), size);
    int n = (int) scan.shape().get(0);
    return batch
        .with(Field.VOLUME, tf.reshape(shown(scope, scan, map), scope.ints(n, size, size, 1, 1)))
        .with(
            Field.MASK,
            tf.reshape(
                tf.dtypes.cast(shown(scope, mask, map), TUint8.class),
                scope.ints(n, size, size, 1)));
  }

  /** The pixels of the view [N, size * size], 0 where it shows what lies beyond the scan. */
  private static Operand<TFloat32> shown(
      GraphScope scope, Operand<? extends TNumber> scan, SliceMap map) {
    Ops tf = scope.tf();
    Operand<TInt32> n = tf.slice(tf.shape(scan), scope.ints(0), scope.ints(1));
    Operand<? extends TNumber> flat = // [N, X * Y * Z]
        tf.reshape(scan, tf.concat(List.of(n, scope.ints(-1)), tf.constant(0)));
    return tf.math.mul(
        tf.dtypes.cast(
            tf.gather(flat, map.voxels(), tf.constant(1), Gather.batchDims(1L)), TFloat32.class),
        map.inside());
  }
}
