package juxta.toolkit.discrimination;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Parts of images and their combinations, as in Fast-MoCo (<a
 * href="https://arxiv.org/abs/2207.08220">Ci et al. 2022</a>): an image is cut into s x s parts,
 * whose features are averaged k at a time.
 *
 * @param splits s
 * @param combined k
 */
public record Parts(int splits, int combined) {
  /** More combinations than these are a mistake: each is a row of the projector for each image. */
  private static final int MOST = 1000;

  /**
   * What keeps views from being cut and combined so, in words for users of the settings {@code
   * splits} and {@code parts-combined}.
   *
   * @param side of the views in pixels
   * @return one line for each problem, none where all is well
   */
  public List<String> problems(int side) {
    List<String> problems = new ArrayList<>();
    if (side % splits != 0) {
      problems.add(
          String.format(
              Locale.ROOT,
              "splits: views of side %d do not divide into %d parts a side; pass --set splits=N"
                  + " with a divisor of %1$d",
              side,
              splits));
    }
    if (combined > count()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "parts-combined: %d of %d parts cannot be chosen; pass --set parts-combined=N with N"
                  + " up to %2$d",
              combined,
              count()));
    } else if (choices() > MOST) {
      problems.add(
          String.format(
              Locale.ROOT,
              "parts-combined: there are %.0f choices of %d of %d parts, more than %d; pass a"
                  + " smaller --set parts-combined or splits",
              choices(),
              combined,
              count(),
              MOST));
    }
    return problems;
  }

  /**
   * Number of parts of an image.
   *
   * @return P = s x s
   */
  public int count() {
    return splits * splits;
  }

  /**
   * Number of combinations.
   *
   * @return P over k; at least 0 and exact below 2^53
   */
  public double choices() {
    double choices = 1;
    for (int i = 0; i < combined; i++) {
      choices = choices * (count() - i) / (i + 1);
    }
    return choices;
  }

  /**
   * All sets of k parts.
   *
   * @return each in ascending order, in lexicographic order
   */
  public List<List<Integer>> combinations() {
    List<List<Integer>> all = new ArrayList<>();
    choose(List.of(), 0, all);
    return all;
  }

  private void choose(List<Integer> begun, int from, List<List<Integer>> all) {
    if (begun.size() == combined) {
      all.add(begun);
      return;
    }
    for (int part = from; part < count(); part++) {
      List<Integer> more = new ArrayList<>(begun);
      more.add(part);
      choose(List.copyOf(more), part + 1, all);
    }
  }

  /**
   * Cuts images.
   *
   * @param scope where to build
   * @param x [B, H, W, C]
   * @return [P B, H/s, W/s, C], part by part: column by column, from top to bottom
   */
  public Operand<TFloat32> cut(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int h = (int) x.shape().get(1) / splits;
    int w = (int) x.shape().get(2) / splits;
    int c = (int) x.shape().get(3);
    Operand<TFloat32> grid = // [B, row, h, column, w, C]
        tf.reshape(x, scope.ints(-1, splits, h, splits, w, c));
    Operand<TFloat32> parts = // [column, row, B, h, w, C]
        tf.linalg.transpose(grid, scope.ints(3, 1, 0, 2, 4, 5));
    return tf.reshape(parts, scope.ints(-1, h, w, c));
  }

  /**
   * Averages the features of parts.
   *
   * @param scope where to build
   * @param v [P B, D], part by part
   * @param width D
   * @return their means, [n B, D], combination by combination
   */
  public Operand<TFloat32> combine(GraphScope scope, Operand<TFloat32> v, int width) {
    Ops tf = scope.tf();
    int[] chosen = combinations().stream().flatMap(List::stream).mapToInt(i -> i).toArray();
    Operand<TFloat32> parts = // [P, B, D]
        tf.reshape(v, scope.ints(count(), -1, width));
    Operand<TFloat32> sets = // [n k, B, D]
        tf.gather(parts, tf.constant(chosen), tf.constant(0));
    Operand<TFloat32> grouped = // [n, k, B D]
        tf.reshape(sets, scope.ints(chosen.length / combined, combined, -1));
    return tf.reshape(tf.math.mean(grouped, scope.ints(1)), scope.ints(-1, width));
  }
}
