package juxta.plugin.baselines.projection;

import juxta.api.Matrix;

/**
 * Two maps of the same points, by principal components and by neighbours. Both are the same, bit
 * for bit, whatever the threads.
 *
 * @param components [N, 2], coordinates along the two axes of largest variance
 * @param share share of the variance along each of the two axes, from 0 to 1
 * @param neighbours [N, 2], by t-SNE
 */
public record PlanarMap(Matrix components, double[] share, Matrix neighbours) {
  /**
   * Keeps the maps.
   *
   * @param components see the record
   * @param share see the record; not copied
   * @param neighbours see the record
   */
  public PlanarMap {}

  /**
   * Maps points. Time and memory grow with the square of their number: a few thousand at most.
   *
   * @param points [N, D], all finite, at least 4 of them
   * @param tsne how to map by neighbours
   * @return the maps
   */
  public static PlanarMap of(Matrix points, TSne tsne) {
    if (points.rows() < 4) {
      throw new IllegalArgumentException(points.rows() + " points are too few for a map");
    }
    Gram gram = Gram.of(points);
    PrincipalAxes axes = PrincipalAxes.of(points, gram);
    double[] start = axes.coordinates(); // [N, 2]
    return new PlanarMap(matrix(start), axes.shares(), matrix(tsne.map(gram, start)));
  }

  private static Matrix matrix(double[] coordinates) {
    float[] values = new float[coordinates.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) coordinates[i];
    }
    return new Matrix(values.length / 2, 2, values);
  }
}
