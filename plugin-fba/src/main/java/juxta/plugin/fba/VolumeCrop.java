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
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Patches of scans for training: a random place, a random quarter turn in the plane where the patch
 * is as long as wide, and always a flip along one of the two axes. Scan and mask alike.
 */
public final class VolumeCrop implements Augmentation {
  static final Setting<Integer> X = size("patch-x", 112);
  static final Setting<Integer> Y = size("patch-y", 112);
  static final Setting<Integer> Z = size("patch-z", 80);

  static final Setting<Boolean> TURN =
      Setting.flag("turn", true)
          .describe(
              "turn by quarters in the plane and flip along one of its axes: each patch is seen"
                  + " mirrored, in one of four ways")
          .source("dataloaders: left atrium; not for the pancreas");

  static final Setting<Double> INTENSITY =
      Setting.real("intensity", 0)
          .range(0, 2)
          .describe(
              "strength s of random changes of a patch's intensities: gamma 2^[-s, s], contrast"
                  + " 2^[-s/2, s/2], shift [-s/2, s/2] deviations; 0 for none")
          .source("dataloaders have none; own choice, as nnU-Net's, for few labelled scans");

  /** Made by the service loader. */
  public VolumeCrop() {}

  private static Setting<Integer> size(String key, int voxels) {
    return Setting.integer(key, voxels)
        .range(16, 1024)
        .describe("voxels of a patch along this axis, a multiple of 16")
        .source("train_3d.py: 112 x 112 x 80 for the left atrium, 96 x 96 x 96 for the pancreas");
  }

  @Override
  public String id() {
    return "volume-crop";
  }

  @Override
  public String summary() {
    return "random patches of scans with their masks, turned by quarters and flipped";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(X, Y, Z, TURN, INTENSITY);
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    return settings.get(X);
  }

  @Override
  public List<Integer> lengths(View.Kind kind, DataSummary data, Settings settings) {
    return List.of(settings.get(X), settings.get(Y), settings.get(Z));
  }

  @Override
  public Batch apply(
      GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
    if (view.kind() == View.Kind.EVALUATION || view.kind() == View.Kind.PROBE) {
      return batch;
    }
    Ops tf = scope.tf();
    int[] patch = {settings.get(X), settings.get(Y), settings.get(Z)};
    Operand<TFloat32> scan = batch.floats(Field.VOLUME); // [N, X, Y, Z, 1]
    Operand<TFloat32> mask = // [N, X, Y, Z, 1]
        tf.expandDims(tf.dtypes.cast(batch.bytes(Field.MASK), TFloat32.class), tf.constant(4));
    // one tensor of two channels, so that both see the same draws
    Operand<TFloat32> both = tf.concat(List.of(scan, mask), tf.constant(4));
    Operand<TFloat32> seen = crop(scope, both, batch.ints(Field.EXTENT), patch);
    if (settings.get(TURN)) {
      seen = turned(scope, seen, patch);
    }
    int n = (int) scan.shape().get(0);
    Operand<TFloat32> shown = // [N, px, py, pz, 1]
        tf.slice(seen, scope.ints(0, 0, 0, 0, 0), scope.ints(n, patch[0], patch[1], patch[2], 1));
    double strength = settings.get(INTENSITY);
    return batch
        .with(Field.VOLUME, strength > 0 ? Intensity.changed(scope, shown, strength) : shown)
        .with(
            Field.MASK,
            tf.dtypes.cast(
                tf.squeeze(
                    tf.slice(
                        seen,
                        scope.ints(0, 0, 0, 0, 1),
                        scope.ints(n, patch[0], patch[1], patch[2], 1)),
                    Squeeze.axis(List.of(4L))),
                TUint8.class));
  }

  /**
   * A random patch of each record. Where an axis is not longer than the patch, all axes get margins
   * of {@code max((patch - length) div 2 + 3, 0)} zeros; the start is uniform in [0, length -
   * patch).
   */
  private static Operand<TFloat32> crop(
      GraphScope scope, Operand<TFloat32> x, Operand<TInt32> extent, int[] patch) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = extent; // [N, 3]
    Operand<TInt32> wanted = tf.constant(new int[][] {patch}); // [1, 3]
    Operand<TInt32> margin = // [N, 3]
        tf.math.maximum(
            tf.math.add(
                tf.math.floorDiv(tf.math.sub(wanted, lengths), tf.constant(2)), tf.constant(3)),
            tf.constant(0));
    Operand<TInt32> small = // [N, 1], 1 where any axis is too short
        tf.max(
            tf.dtypes.cast(tf.math.lessEqual(lengths, wanted), TInt32.class),
            tf.constant(1),
            Max.keepDims(true));
    margin = tf.math.mul(margin, small);
    Operand<TInt32> room = // [N, 3], 1 or more
        tf.math.maximum(
            tf.math.sub(tf.math.add(lengths, tf.math.mul(margin, tf.constant(2))), wanted),
            tf.constant(1));
    Operand<TFloat32> u = // [N, 3]
        tf.random.statelessRandomUniform(tf.shape(lengths), scope.seed("crop"));
    Operand<TInt32> start =
        tf.math.minimum(
            tf.dtypes.cast(
                tf.math.floor(tf.math.mul(u, tf.dtypes.cast(room, TFloat32.class))), TInt32.class),
            tf.math.sub(room, tf.constant(1)));
    start = tf.math.sub(start, margin);
    Operand<TFloat32> y = x;
    for (int axis = 0; axis < 3; axis++) {
      Operand<TInt32> first = // [N, 1]
          tf.slice(start, scope.ints(0, axis), scope.ints(-1, 1));
      Operand<TInt32> length = tf.slice(lengths, scope.ints(0, axis), scope.ints(-1, 1));
      Operand<TInt32> places = // [N, p]
          tf.math.add(first, tf.range(tf.constant(0), tf.constant(patch[axis]), tf.constant(1)));
      Operand<TInt32> last = tf.math.sub(length, tf.constant(1));
      Operand<TInt32> inside = tf.math.minimum(tf.math.maximum(places, tf.constant(0)), last);
      Operand<TFloat32> here = // 1 inside the scan, 0 outside
          tf.dtypes.cast(tf.math.equal(places, inside), TFloat32.class);
      int[] broadcast = {-1, 1, 1, 1, 1};
      broadcast[axis + 1] = patch[axis];
      y =
          tf.math.mul(
              tf.gather(y, inside, tf.constant(axis + 1), Gather.batchDims(1L)),
              tf.reshape(here, tf.constant(broadcast)));
    }
    return y; // [N, px, py, pz, 2]
  }

  /**
   * Turned by a random number of quarters, where the patch is square, and flipped along x or y: a
   * turn and one flip are together one of the four reflections of the square.
   */
  private static Operand<TFloat32> turned(GraphScope scope, Operand<TFloat32> x, int[] patch) {
    Ops tf = scope.tf();
    Operand<TInt32> n = // [1]
        tf.slice(tf.shape(x), scope.ints(0), scope.ints(1));
    Operand<TFloat32> draws = // [N, 2]
        tf.random.statelessRandomUniform(
            tf.concat(List.of(n, tf.constant(new int[] {2})), tf.constant(0)), scope.seed("turn"));
    Operand<TFloat32> flipX = tf.reverse(x, scope.ints(1));
    Operand<TFloat32> straight = choose(scope, draws, 0, flipX, tf.reverse(x, scope.ints(2)));
    if (patch[0] != patch[1]) {
      return straight;
    }
    Operand<TFloat32> across = // about the one diagonal or the other
        tf.linalg.transpose(
            choose(scope, draws, 0, tf.reverse(flipX, scope.ints(2)), x),
            scope.ints(0, 2, 1, 3, 4));
    return choose(scope, draws, 1, across, straight);
  }

  private static Operand<TFloat32> choose(
      GraphScope scope,
      Operand<TFloat32> draws,
      int column,
      Operand<TFloat32> a,
      Operand<TFloat32> b) {
    Ops tf = scope.tf();
    Operand<TFloat32> draw =
        tf.reshape(
            tf.slice(draws, scope.ints(0, column), scope.ints(-1, 1)), scope.ints(-1, 1, 1, 1, 1));
    return tf.select(tf.math.less(draw, scope.constant(0.5f)), a, b);
  }
}
