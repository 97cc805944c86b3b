package juxta.toolkit.clustering;

import java.util.Arrays;
import juxta.api.Matrix;

/**
 * One start of k-means: points to the nearest centre, centres to the mean of their points.
 *
 * <p>A point is only looked at again when the centres have moved so far that another one may be
 * nearer (<a href="https://dl.acm.org/doi/10.5555/3041838.3041857">Elkan 2003</a>; centres in
 * groups where there are many, as in <a href="https://proceedings.mlr.press/v37/ding15.html">Ding
 * et al. 2015</a>): the distance of its own centre grows by no more than that centre's move, that
 * of any other one shrinks by no more than the longest move in its group. Distances are bounded
 * with the rounding that sums of squares can have, so that the labels are those of looking at every
 * point in every round, bit for bit.
 */
final class Lloyd {
  private static final double TINY = 1e-15; // squares below lose digits
  private static final int BOUNDS = 1 << 23; // at most, 64 MiB, unless there are more points

  private final Matrix points;
  private final PointBlocks blocks;
  private final int k;
  private final int d;
  private final float[] centres; // [K, D]
  private final ClusterSums sums;
  private final PointBlocks.Nearest nearest;
  private final int[] labels;
  private final int groups;
  private final double[] moves; // of each centre in this round
  private final double[] own; // at most so far is the own centre
  private final double[] others; // [N, groups]: at least so far are the other ones
  private final double rounding; // relative, of a distance
  private boolean squaresKnown;

  private Lloyd(float[] centres, Matrix points, PointBlocks blocks, int groups) {
    this.points = points;
    this.blocks = blocks;
    this.d = points.columns();
    this.k = d == 0 ? 1 : centres.length / d;
    this.centres = centres;
    this.sums = ClusterSums.of(points, blocks.scales(), k);
    this.groups = Math.max(1, Math.min(k, groups));
    this.nearest = new PointBlocks.Nearest(points.rows(), this.groups);
    this.labels = nearest.labels;
    this.moves = new double[k];
    this.own = new double[labels.length];
    this.others = new double[nearest.others.length];
    // sums of four squares, added up one after the other
    this.rounding = (d / 4 + 16) * 0x1p-24;
  }

  static Lloyd from(float[] centres, Matrix points, PointBlocks blocks) {
    return from(centres, points, blocks, BOUNDS / Math.max(1, points.rows()));
  }

  /** With so many groups of centres, at least one and at most one for each. */
  static Lloyd from(float[] centres, Matrix points, PointBlocks blocks, int groups) {
    return new Lloyd(centres, points, blocks, groups);
  }

  /** Until no point changes its cluster, the centres hardly move, or the rounds are used up. */
  Clusters run(int rounds, double still) {
    lookAtAll();
    int round = 0;
    while (round < rounds) {
      round++;
      int[] before = labels.clone();
      boolean filled = fillEmpty();
      double moved = moveCentres();
      if (filled) {
        lookAtAll();
      } else {
        lookAtDoubtful();
      }
      boolean settled = !filled && Arrays.equals(before, labels);
      if (settled || (moved <= still && allUsed())) {
        break;
      }
    }
    return new Clusters(new Matrix(k, d, centres), labels, distortion(), round);
  }

  private void lookAtAll() {
    blocks.nearest(centres, nearest);
    squaresKnown = true;
    for (int i = 0; i < labels.length; i++) {
      bound(i);
    }
  }

  /** Looks at the points that may have another nearest centre since the centres moved. */
  private void lookAtDoubtful() {
    double[] longest = new double[groups];
    for (int c = 0; c < k; c++) {
      longest[c % groups] = Math.max(longest[c % groups], moves[c]);
    }
    int[] doubtful = new int[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      own[i] += moves[labels[i]];
      double least = Double.POSITIVE_INFINITY;
      for (int g = 0; g < groups; g++) {
        others[i * groups + g] -= longest[g];
        least = Math.min(least, others[i * groups + g]);
      }
      if (!(own[i] * (1 + rounding) < least * (1 - rounding)) || least < TINY) {
        doubtful[count++] = i;
      }
    }
    if (2 * count > labels.length) {
      lookAtAll(); // their places need not be looked up then
      return;
    }
    blocks.nearest(centres, nearest, doubtful, count);
    squaresKnown = false;
    for (int at = 0; at < count; at++) {
      bound(doubtful[at]);
    }
  }

  private void bound(int i) {
    own[i] = Math.sqrt(nearest.squares[i]) * (1 + rounding);
    for (int at = i * groups; at < (i + 1) * groups; at++) {
      // too far apart for a float is at least as far apart as floats can tell
      others[at] = Math.sqrt(Math.min(nearest.others[at], Float.MAX_VALUE)) * (1 - rounding);
    }
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
    if (allUsed()) {
      return false;
    }
    if (!squaresKnown) {
      lookAtAll();
    }
    boolean filled = false;
    int[] sizes = sizes();
    float[] squares = nearest.squares;
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
    sums.update(labels);
    double all = 0;
    for (int c = 0; c < k; c++) {
      double moved = 0;
      for (int j = 0; j < d && sums.size(c) > 0; j++) {
        float mean = sums.mean(c, j);
        double off = (double) mean - centres[c * d + j];
        moved += off * off;
        centres[c * d + j] = mean;
      }
      moves[c] = Math.sqrt(moved) * (1 + 1e-9); // more than the rounding of the sum
      all += moved;
    }
    return all;
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
