package juxta.toolkit.clustering;

import juxta.api.Matrix;

/**
 * What k-means found.
 *
 * @param centres [K, D]
 * @param assignments for each point the index of its nearest centre, of equally near ones the first
 * @param distortion sum over the points of the square of the distance from the nearest centre
 * @param rounds how often the centres were moved
 */
public record Clusters(Matrix centres, int[] assignments, double distortion, int rounds) {
  /**
   * Keeps the arrays.
   *
   * @param centres see the record
   * @param assignments see the record; not copied
   * @param distortion see the record
   * @param rounds see the record
   */
  public Clusters {}

  /**
   * Assigns other points.
   *
   * @param points [N, D]
   * @return for each point the index of its nearest centre
   * @throws IllegalArgumentException if the points do not have the centres' dimensions
   */
  public int[] assign(Matrix points) {
    return nearest(centres, points);
  }

  /**
   * The nearest centre of each point.
   *
   * @param centres [K, D], at least one
   * @param points [N, D]
   * @return for each point the index of its nearest centre, of equally near ones the first
   * @throws IllegalArgumentException if the points do not have the centres' dimensions
   */
  public static int[] nearest(Matrix centres, Matrix points) {
    if (points.columns() != centres.columns() || centres.rows() == 0) {
      throw new IllegalArgumentException(
          "points of "
              + points.columns()
              + " dimensions, "
              + centres.rows()
              + " centres of "
              + centres.columns());
    }
    PointBlocks.Nearest nearest = new PointBlocks.Nearest(points.rows(), 1);
    PointBlocks.of(points).nearest(centres.values(), nearest);
    return nearest.labels;
  }

  /**
   * Number of points of each cluster.
   *
   * @return K counts; 0 only where there are fewer different points than clusters, or the rounds
   *     ended too early
   */
  public int[] sizes() {
    int[] sizes = new int[centres.rows()];
    for (int cluster : assignments) {
      sizes[cluster]++;
    }
    return sizes;
  }
}
