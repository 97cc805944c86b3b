package juxta.toolkit.clustering;

import java.util.Arrays;
import juxta.api.Matrix;

/** The rounds of {@link Lloyd} as they are written down: every point is looked at in each. */
final class PlainRounds {
  private PlainRounds() {}

  /** Moves centres in place, and returns the label of each point. */
  static int[] run(float[] centres, Matrix points, int rounds, double still) {
    PointBlocks blocks = PointBlocks.of(points);
    PointBlocks.Nearest nearest = new PointBlocks.Nearest(points.rows(), 1);
    int k = centres.length / points.columns();
    blocks.nearest(centres, nearest);
    for (int round = 0; round < rounds; round++) {
      int[] before = nearest.labels.clone();
      boolean filled = fill(k, nearest);
      double moved = move(centres, points, blocks, nearest.labels);
      blocks.nearest(centres, nearest);
      boolean used = Arrays.stream(nearest.labels).distinct().count() == k;
      if ((!filled && Arrays.equals(before, nearest.labels)) || (moved <= still && used)) {
        break;
      }
    }
    return nearest.labels;
  }

  private static int[] sizes(int k, int[] labels) {
    int[] sizes = new int[k];
    Arrays.stream(labels).forEach(label -> sizes[label]++);
    return sizes;
  }

  private static boolean fill(int k, PointBlocks.Nearest nearest) {
    boolean filled = false;
    int[] sizes = sizes(k, nearest.labels);
    for (int empty = 0; empty < k; empty++) {
      int farthest = -1;
      for (int i = 0; i < nearest.labels.length && sizes[empty] == 0; i++) {
        if (nearest.squares[i] > (farthest < 0 ? 0 : nearest.squares[farthest])
            && sizes[nearest.labels[i]] > 1) {
          farthest = i;
        }
      }
      if (farthest >= 0) {
        filled = true;
        sizes[nearest.labels[farthest]]--;
        sizes[empty]++;
        nearest.labels[farthest] = empty;
        nearest.squares[farthest] = 0;
      }
    }
    return filled;
  }

  private static double move(float[] centres, Matrix points, PointBlocks blocks, int[] labels) {
    int d = points.columns();
    ClusterSums sums = ClusterSums.of(points, blocks.scales(), centres.length / d);
    sums.update(labels);
    double moved = 0;
    for (int c = 0; c * d < centres.length; c++) {
      double square = 0;
      for (int j = 0; j < d && sums.size(c) > 0; j++) {
        double off = (double) sums.mean(c, j) - centres[c * d + j];
        square += off * off;
        centres[c * d + j] = sums.mean(c, j);
      }
      moved += square;
    }
    return moved;
  }
}
