package juxta.testkit;

import java.util.List;
import java.util.Set;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A corner of the record, with noise where views are random. */
record TinyViews() implements Augmentation {
  @Override
  public String id() {
    return Tiny.ID;
  }

  @Override
  public String summary() {
    return "noise";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.values());
  }

  @Override
  public int side(View.Kind kind, DataSummary data, Settings settings) {
    if (data.kind() == DataKind.VOLUMES) {
      return Tiny.VOLUMES.input().get(0);
    }
    return kind == View.Kind.LOCAL ? data.imageSide() / 2 : data.imageSide();
  }

  @Override
  public List<Integer> lengths(View.Kind kind, DataSummary data, Settings settings) {
    return data.kind() == DataKind.VOLUMES
        ? Tiny.VOLUMES.input().subList(0, 3)
        : Augmentation.super.lengths(kind, data, settings);
  }

  @Override
  public Batch apply(
      GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
    return data.kind() == DataKind.VOLUMES
        ? volumes(scope, batch, view)
        : images(scope, batch, view, side(view.kind(), data, settings));
  }

  /** The upper left corner in [-1, 1]. */
  static Batch images(GraphScope scope, Batch batch, View view, int side) {
    Ops tf = scope.tf();
    Operand<TFloat32> image = tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class);
    Operand<TFloat32> shown =
        tf.math.sub(tf.math.div(image, scope.constant(127.5f)), scope.constant(1));
    Operand<TFloat32> corner = // [B, side, side, C]
        tf.slice(shown, scope.ints(0, 0, 0, 0), scope.ints(-1, side, side, -1));
    return batch.with(Field.IMAGE, noisy(scope, corner, view, 0.2f));
  }

  /** The first corner of scan and mask. */
  static Batch volumes(GraphScope scope, Batch batch, View view) {
    Ops tf = scope.tf();
    List<Integer> patch = Tiny.VOLUMES.input();
    Operand<TFloat32> corner = // [B, x, y, z, 1]
        tf.slice(
            batch.floats(Field.VOLUME),
            scope.ints(0, 0, 0, 0, 0),
            scope.ints(-1, patch.get(0), patch.get(1), patch.get(2), 1));
    Operand<TUint8> mask = // [B, x, y, z]
        tf.slice(
            batch.bytes(Field.MASK),
            scope.ints(0, 0, 0, 0),
            scope.ints(-1, patch.get(0), patch.get(1), patch.get(2)));
    return batch.with(Field.VOLUME, noisy(scope, corner, view, 0.1f)).with(Field.MASK, mask);
  }

  private static Operand<TFloat32> noisy(
      GraphScope scope, Operand<TFloat32> shown, View view, float deviation) {
    if (view.kind() == View.Kind.EVALUATION) {
      return shown;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> noise = tf.random.statelessRandomNormal(tf.shape(shown), scope.seed("noise"));
    return tf.math.add(shown, tf.math.mul(noise, scope.constant(deviation)));
  }
}
