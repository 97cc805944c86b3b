package juxta.toolkit.image;

import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Builds the views of a recipe. */
final class RecipeViews {
  /** What linear probes train on, whatever the recipe. */
  private static final Range PROBE_CROP = new Range(0.08, 1);

  private static final double PROBE_FLIP = 0.5;

  private static final float BYTE = 1 / 255f;

  private final ViewRecipe recipe;
  private final Sides sides;

  RecipeViews(ViewRecipe recipe, Sides sides) {
    this.recipe = recipe;
    this.sides = sides;
  }

  Batch view(GraphScope scope, Batch batch, View view) {
    Operand<TUint8> images = batch.bytes(Field.IMAGE);
    int channels = channels(images);
    return switch (view.kind()) {
      case GLOBAL ->
          random(
              scope, batch, images, channels, view, recipe.crop().global(), recipe.crop().flip());
      case LOCAL ->
          random(scope, batch, images, channels, view, recipe.crop().local(), recipe.crop().flip());
      case PROBE -> random(scope, batch, images, channels, view, PROBE_CROP, PROBE_FLIP);
      case EVALUATION -> fixed(scope, batch, images, channels);
    };
  }

  private Batch random(
      GraphScope scope,
      Batch batch,
      Operand<TUint8> images,
      int channels,
      View view,
      Range area,
      double flip) {
    int side = sides.of(view.kind());
    RandomCrop crop = RandomCrop.draw(scope, scope.tf().shape(images), side, area, flip);
    Operand<TFloat32> x = // [C, B, side, side]
        resample(scope.tf(), images, crop.rows(), crop.columns(), side);
    if (view.kind() != View.Kind.PROBE) {
      x = recipe.colours().jitter().apply(scope, x, channels, recipe.colours().gray());
      x =
          Blur.apply(
              scope, x, side, recipe.blur().radius(side), recipe.blur().probability().of(view));
      x = Solarize.apply(scope, x, recipe.colours().solarize().of(view));
    }
    return masked(
        scope.tf(),
        batch.with(Field.IMAGE, finished(scope.tf(), x, channels, side)),
        crop.rows(),
        crop.columns(),
        side);
  }

  private Batch fixed(GraphScope scope, Batch batch, Operand<TUint8> images, int channels) {
    Ops tf = scope.tf();
    int side = sides.scored();
    if (sides.whole() && !recipe.finish().testCrop()) {
      Operand<TFloat32> x = tf.math.mul(tf.dtypes.cast(images, TFloat32.class), tf.constant(BYTE));
      return batch.with(Field.IMAGE, recipe.finish().normalisation().apply(tf, x, channels, 3));
    }
    Operand<TInt32> shape = tf.shape(images);
    CentreCrop crop = CentreCrop.of(tf, shape, resized(side), side);
    Operand<TFloat32> x = resample(tf, images, crop.rows(), crop.columns(), side);
    return masked(
        tf,
        batch.with(Field.IMAGE, finished(tf, x, channels, side)),
        crop.rows(),
        crop.columns(),
        side);
  }

  /** What the shorter side is resized to before the middle is cut out, as 256 for 224. */
  static int resized(int side) {
    return side * 256 / 224;
  }

  private Operand<TFloat32> resample(
      Ops tf, Operand<TUint8> images, Window rows, Window columns, int side) {
    Operand<TFloat32> x =
        Resample.planes(tf, images, rows, columns, side, recipe.finish().sampling());
    x = tf.math.mul(x, tf.constant(BYTE));
    return recipe.finish().sampling() == Sampling.BICUBIC ? Planes.clip(tf, x) : x;
  }

  private Operand<TFloat32> finished(Ops tf, Operand<TFloat32> planes, int channels, int side) {
    Operand<TFloat32> images =
        Planes.images(tf, recipe.finish().normalisation().apply(tf, planes, channels, 0));
    // Changes nothing, but encoders need to know the channels, and the side if they can.
    return tf.reshape(images, tf.constant(new int[] {-1, side, side, channels}));
  }

  private Batch masked(Ops tf, Batch batch, Window rows, Window columns, int side) {
    if (!batch.fields().containsKey(Field.MASK)) {
      return batch;
    }
    Operand<TFloat32> mask = // [1, B, side, side]
        Resample.planes(
            tf,
            tf.expandDims(batch.bytes(Field.MASK), tf.constant(3)),
            rows,
            columns,
            side,
            Sampling.NEAREST);
    return batch.with(
        Field.MASK,
        tf.dtypes.cast(
            tf.math.rint(
                tf.squeeze(mask, org.tensorflow.op.core.Squeeze.axis(java.util.List.of(0L)))),
            TUint8.class));
  }

  private static int channels(Operand<TUint8> images) {
    if (images.shape().numDimensions() != 4
        || images.shape().get(3) != 1 && images.shape().get(3) != 3) {
      throw new UserException(
          "images of shape %s: this augmentation takes batches [B, H, W, C] with 1 or 3 channels"
              .formatted(images.shape()));
    }
    return (int) images.shape().get(3);
  }
}
