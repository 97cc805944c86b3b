package juxta.plugin.patchmix;

import juxta.api.GraphScope;
import juxta.api.UserException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Mixes the patches of M images (module/mix.py of the reference implementation; section 3.1 of the
 * specification) and says how alike mixed images and originals are.
 *
 * <p>One permutation of the T patch positions is shared by the batch. Its first M * S positions, S
 * = floor(T / M), fall into M chunks of S; chunk j of mixed image g comes from image (g + j) mod B.
 * The tail of T - M * S positions stays image g's. A patch never changes its place: only the image
 * that it comes from changes, so mixing is a masked sum of M shifted batches.
 *
 * @param images M, images that meet in one
 * @param patch p, side of a patch in pixels
 * @param batch B, images a batch
 */
record Mixing(int images, int patch, int batch) {
  Mixing {
    if (images > batch) {
      throw new UserException(
          "images-mixed: " + images + " images cannot be mixed in a batch of " + batch);
    }
  }

  /**
   * Mixes a batch of views.
   *
   * @param scope where to build
   * @param x [B, H, H, C], H a multiple of the patch side
   * @return [B, H, H, C]
   */
  Operand<TFloat32> mix(GraphScope scope, Operand<TFloat32> x) {
    return mix(scope, x, permutation(scope, patches(x)));
  }

  /** T, from the static shape of the views. */
  private int patches(Operand<TFloat32> x) {
    long side = x.shape().get(1);
    if (side % patch != 0) {
      throw new UserException(
          "mix-patch: views of side " + side + " do not divide into patches of side " + patch);
    }
    int across = (int) (side / patch);
    return across * across;
  }

  /** A random permutation of {0..T-1}. */
  private Operand<TInt32> permutation(GraphScope scope, int patches) {
    Ops tf = scope.tf();
    Operand<TFloat32> keys =
        tf.random.statelessRandomUniform(scope.ints(patches), scope.seed("patch-permutation"));
    return tf.nn.topK(keys, tf.constant(patches), new TopK.Options[0]).indices();
  }

  /**
   * Mixes with a given permutation.
   *
   * @param scope where to build
   * @param x [B, H, H, C]
   * @param permutation [T]; position i of the shuffled sequence holds patch permutation[i]
   * @return [B, H, H, C]
   */
  Operand<TFloat32> mix(GraphScope scope, Operand<TFloat32> x, Operand<TInt32> permutation) {
    Ops tf = scope.tf();
    int patches = patches(x);
    if (images > patches) {
      throw new UserException(
          "images-mixed: " + images + " images do not fit into " + patches + " patches");
    }
    int across = (int) Math.round(Math.sqrt(patches));
    int side = across * patch;
    Operand<TInt32> offset = offsets(scope, permutation, patches); // [T]
    Operand<TInt32> perPixel = // [1, H, H, 1]: the same offset for all pixels of a patch
        tf.reshape(
            tf.tile(
                tf.reshape(offset, scope.ints(across, 1, across, 1)),
                scope.ints(1, patch, 1, patch)),
            scope.ints(1, side, side, 1));
    Operand<TFloat32> mixed = tf.zerosLike(x);
    for (int j = 0; j < images; j++) {
      Operand<TFloat32> mask =
          tf.dtypes.cast(tf.math.equal(perPixel, tf.constant(j)), TFloat32.class);
      // row g of the rolled batch is row (g + j) mod B
      Operand<TFloat32> shifted = j == 0 ? x : tf.roll(x, tf.constant(-j), tf.constant(0));
      mixed = tf.math.add(mixed, tf.math.mul(shifted, mask));
    }
    return mixed;
  }

  /** By patch position t: j where the patch comes from image (g + j) mod B. */
  Operand<TInt32> offsets(GraphScope scope, Operand<TInt32> permutation, int patches) {
    Ops tf = scope.tf();
    int chunk = patches / images; // S
    Operand<TInt32> place = tf.math.invertPermutation(permutation); // [T]
    Operand<TInt32> j = tf.math.floorDiv(place, tf.constant(chunk));
    Operand<TInt32> tail = // 0 in the tail, 1 elsewhere
        tf.dtypes.cast(tf.math.less(place, tf.constant(images * chunk)), TInt32.class);
    return tf.math.mul(j, tail);
  }

  /** W_mo [B, B]: 1/M where mixed image g holds patches of original (g + j) mod B. */
  Operand<TFloat32> toOriginals(GraphScope scope) {
    float[][] w = new float[batch][batch];
    for (int g = 0; g < batch; g++) {
      for (int j = 0; j < images; j++) {
        w[g][(g + j) % batch] += 1f / images;
      }
    }
    return scope.tf().constant(w);
  }

  /**
   * W_mm [B, B] = W_mo W_mo^T: the share of patches that two mixed images have from the same
   * original. The product stays right where the batch is small and offsets meet around its end.
   */
  Operand<TFloat32> toMixed(GraphScope scope) {
    Operand<TFloat32> w = toOriginals(scope);
    return scope.tf().linalg.matMul(w, w, MatMul.transposeB(true));
  }

  /**
   * Smooths targets: w becomes (1 - s) w + s / C.
   *
   * @param scope where to build
   * @param targets [N, C], rows sum to 1
   * @param s smoothing in [0, 1)
   * @return [N, C], rows sum to 1
   */
  static Operand<TFloat32> smooth(GraphScope scope, Operand<TFloat32> targets, double s) {
    if (s == 0) {
      return targets;
    }
    Ops tf = scope.tf();
    float keys = targets.shape().get(1);
    return tf.math.add(
        tf.math.mul(targets, scope.constant((float) (1 - s))), scope.constant((float) (s / keys)));
  }
}
