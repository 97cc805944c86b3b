package juxta.toolkit.clustering;

import java.util.Arrays;
import juxta.api.Matrix;

/** One start of k-means: points to the nearest centre, centres to the mean of their points. */
final class Lloyd {
  private final Matrix points;
  private final PointBlocks blocks;
  private final int k;
  private final int d;
  private final float[] centres; // [K, D]
  private final int[] labels;
  private final float[] squares; // of the distance of each point from its centre

  private Lloyd(float[] centres, Matrix points, PointBlocks blocks) {
    this.points = points;
    this.blocks = blocks;
    this.d = points.columns();
    this.k = d == 0 ? 1 : centres.length / d;
    this.centres = centres;
    this.labels = new int[points.rows()];
    this.squares = new float[points.rows()];
  }

  static Lloyd from(float[] centres, Matrix points, PointBlocks blocks) {
    return new Lloyd(centres, points, blocks);
  }

  /** Until no point changes its cluster, the centres hardly move, or the rounds are used up. */
  Clusters run(int rounds, double still) {
    blocks.nearest(centres, labels, squares);
    int round = 0;
    while (round < rounds) {
      round++;
      int[] before = labels.clone();
      boolean filled = fillEmpty();
      double moved = moveCentres();
      blocks.nearest(centres, labels, squares);
      boolean settled = !filled && Arrays.equals(before, labels);
      if (settled || (moved <= still && allUsed())) {
        break;
      }
    }
    return new Clusters(new Matrix(k, d, centres), labels, distortion(), round);
  }

  private int[] sizes() {
    int[] sizes = new int[k];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  private boolean allUsed() {
    return Arrays.stream(sizes()).allMatch(size -> size > 0);
  }

  /**
   * Gives each empty cluster the point farthest from its centre that leaves none empty; returns
   * whether there was one.
   */
  private boolean fillEmpty() {
    boolean filled = false;
    int[] sizes = sizes();
    for (int empty = 0; empty < k; empty++) {
      if (sizes[empty] > 0) {
        continue;
      }
      int farthest = -1;
      for (int i = 0; i < labels.length; i++) {
        if (squares[i] > (farthest < 0 ? 0 : squares[farthest]) && sizes[labels[i]] > 1) {
          farthest = i;
        }
      }
      if (farthest < 0) {
        return filled; // fewer different points than clusters
      }
      filled = true;
      sizes[labels[farthest]]--;
      sizes[empty]++;
      labels[farthest] = empty;
      squares[farthest] = 0;
    }
    return filled;
  }

  /** Moves centres to the mean of their points; returns the sum of the squares of the moves. */
  private double moveCentres() {
    double[] sums = new double[centres.length];
    int[] sizes = sizes();
    float[] values = points.values();
    for (int i = 0; i < labels.length; i++) {
      int from = i * d;
      int to = labels[i] * d;
      for (int j = 0; j < d; j++) {
        sums[to + j] += values[from + j];
      }
    }
    double moved = 0;
    for (int at = 0; at < centres.length; at++) {
      int size = sizes[at / d];
      if (size > 0) {
        float mean = (float) (sums[at] / size);
        double off = (double) mean - centres[at];
        moved += off * off;
        centres[at] = mean;
      }
    }
    return moved;
  }

  private double distortion() {
    double sum = 0;
    float[] values = points.values();
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < d; j++) {
        double off = (double) values[i * d + j] - centres[labels[i] * d + j];
        sum += off * off;
      }
    }
    return sum;
  }
}
