package juxta.plugin.baselines.evaluators;

import java.util.List;
import juxta.api.Batch;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.View;
import juxta.toolkit.image.RandAugment;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** What fine-tuning sees of its records. */
enum TuningViews {
  /** A random part of the image, resized, mirrored in half of the cases. */
  CROP("a random crop and flip") {
    @Override
    Batch of(Evaluation evaluation, GraphScope scope, Batch batch, RandAugment changes) {
      return evaluation.view(scope, changed(scope, batch, changes), View.PROBE);
    }
  },
  /**
   * The image moved by up to {@link #ROOM} pixels, black where nothing is left, mirrored in half of
   * the cases.
   */
  SHIFT("a shift by up to 4 pixels and a flip") {
    @Override
    Batch of(Evaluation evaluation, GraphScope scope, Batch batch, RandAugment changes) {
      Batch moved = batch.with(Field.IMAGE, moved(scope, batch.bytes(Field.IMAGE)));
      return evaluation.view(scope, changed(scope, moved, changes), View.EVALUATION);
    }
  },
  /** The view that models are scored with. */
  WHOLE("the fixed view of the evaluation") {
    @Override
    Batch of(Evaluation evaluation, GraphScope scope, Batch batch, RandAugment changes) {
      return evaluation.view(scope, changed(scope, batch, changes), View.EVALUATION);
    }
  };

  /** Pixels by which small images are moved: the padding of CIFAR's usual random crop. */
  static final int ROOM = 4;

  /** Sides up to which images are moved rather than cropped. */
  private static final int SMALL = 64;

  private final String words;

  TuningViews(String words) {
    this.words = words;
  }

  /** Views of a batch as stored, with changes, which need images of one size. */
  abstract Batch of(Evaluation evaluation, GraphScope scope, Batch batch, RandAugment changes);

  /** For people. */
  String words() {
    return words;
  }

  /** Shifts of small images, crops of others. */
  static TuningViews fitting(Field image) {
    boolean small = image.shape().stream().limit(2).allMatch(side -> side <= SMALL);
    return small && ofOneSize(image) ? SHIFT : CROP;
  }

  /** Whether all images have the same sides. */
  private static boolean ofOneSize(Field image) {
    return image.shape().stream().limit(2).allMatch(side -> side > 0);
  }

  /** Whether RandAugment can change the images: grey or coloured, of one size. */
  static boolean changeable(Field image) {
    List<Long> shape = image.shape();
    return ofOneSize(image) && shape.size() == 3 && (shape.get(2) == 1 || shape.get(2) == 3);
  }

  private static Batch changed(GraphScope scope, Batch batch, RandAugment changes) {
    return changes.none()
        ? batch
        : batch.with(Field.IMAGE, changes.apply(scope, batch.bytes(Field.IMAGE)));
  }

  /** Moves and mirrors each image of [B, H, W, C], H and W known. */
  private static Operand<TUint8> moved(GraphScope scope, Operand<TUint8> image) {
    Ops tf = scope.tf();
    int height = (int) image.shape().get(1);
    int width = (int) image.shape().get(2);
    Operand<TInt32> batch = tf.gather(tf.shape(image), tf.constant(0), tf.constant(0));
    Operand<TInt32> each = tf.stack(List.of(batch, tf.constant(1)));
    Operand<TUint8> padded = // [B, H + 2 ROOM, W + 2 ROOM, C]
        tf.pad(
            image,
            tf.constant(new int[][] {{0, 0}, {ROOM, ROOM}, {ROOM, ROOM}, {0, 0}}),
            tf.dtypes.cast(tf.constant(0), TUint8.class));
    Operand<TInt32> columns = tf.constant(counted(width)); // [W]
    Operand<TInt32> flipped = // [B, W]
        tf.math.add(
            tf.math.mul(
                coin(scope, each),
                tf.math.sub(tf.constant(width - 1), tf.math.mul(tf.constant(2), columns))),
            columns);
    Operand<TInt32> rows =
        tf.math.add(start(scope, each, "rows"), tf.constant(counted(height))); // [B, H]
    Operand<TUint8> moved = tf.gather(padded, rows, tf.constant(1), Gather.batchDims(1L));
    return tf.gather(
        moved,
        tf.math.add(start(scope, each, "columns"), flipped),
        tf.constant(2),
        Gather.batchDims(1L));
  }

  private static int[] counted(int length) {
    int[] numbers = new int[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /** [B, 1], each from 0 to 2 ROOM. */
  private static Operand<TInt32> start(GraphScope scope, Operand<TInt32> shape, String purpose) {
    Operand<TFloat32> u =
        scope.tf().random.statelessRandomUniform(shape, scope.seed("shift/" + purpose));
    return scope
        .tf()
        .dtypes
        .cast(
            scope.tf().math.floor(scope.tf().math.mul(u, scope.constant(2 * ROOM + 1))),
            TInt32.class);
  }

  /** [B, 1], 0 or 1. */
  private static Operand<TInt32> coin(GraphScope scope, Operand<TInt32> shape) {
    Operand<TFloat32> u = scope.tf().random.statelessRandomUniform(shape, scope.seed("shift/flip"));
    return scope.tf().dtypes.cast(scope.tf().math.less(u, scope.constant(0.5f)), TInt32.class);
  }
}
