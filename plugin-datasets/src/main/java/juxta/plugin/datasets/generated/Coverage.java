package juxta.plugin.datasets.generated;

import java.util.Arrays;

/**
 * How much of each pixel a figure covers: exact along rows, sampled at four lines a pixel across.
 */
final class Coverage {
  private static final int LINES = 4;

  private Coverage() {}

  /**
   * Fills an outline by the even-odd rule.
   *
   * @param outline in the picture's coordinates, -1 to 1
   * @param side pixels along each edge
   * @return shares from 0 to 1, row by row
   */
  static float[] of(Outline outline, int side) {
    float[] cover = new float[side * side];
    double[] crossings = new double[outline.contours().stream().mapToInt(p -> p.length / 2).sum()];
    int last = line(most(outline), side);
    for (int line = line(least(outline), side); line <= last; line++) {
      double y = (line + 0.5) / (side * LINES) * 2 - 1;
      int found = crossings(outline, y, crossings);
      Arrays.sort(crossings, 0, found);
      for (int i = 0; i + 1 < found; i += 2) {
        double from = (crossings[i] + 1) / 2 * side;
        double to = (crossings[i + 1] + 1) / 2 * side;
        span(cover, line / LINES * side, side, Math.max(0, from), Math.min(side, to));
      }
    }
    return cover;
  }

  /** The sampling line near a height, within the picture. */
  private static int line(double y, int side) {
    return (int) Math.max(0, Math.min(side * LINES - 1, (y + 1) / 2 * side * LINES));
  }

  private static double least(Outline outline) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] p : outline.contours()) {
      for (int i = 1; i < p.length; i += 2) {
        least = Math.min(least, p[i]);
      }
    }
    return least;
  }

  private static double most(Outline outline) {
    double most = Double.NEGATIVE_INFINITY;
    for (double[] p : outline.contours()) {
      for (int i = 1; i < p.length; i += 2) {
        most = Math.max(most, p[i]);
      }
    }
    return most;
  }

  private static int crossings(Outline outline, double y, double[] into) {
    int found = 0;
    for (double[] p : outline.contours()) {
      for (int i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
        if (p[i + 1] <= y != p[j + 1] <= y) {
          into[found++] = p[i] + (y - p[i + 1]) / (p[j + 1] - p[i + 1]) * (p[j] - p[i]);
        }
      }
    }
    return found;
  }

  private static void span(float[] cover, int row, int side, double from, double to) {
    for (int x = (int) from; x < side && x < to; x++) {
      cover[row + x] += (float) ((Math.min(to, x + 1) - Math.max(from, x)) / LINES);
    }
  }
}
