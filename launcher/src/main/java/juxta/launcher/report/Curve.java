package juxta.launcher.report;

import java.util.List;

/**
 * How a named scalar went during a phase of a run.
 *
 * @param phase name of the phase
 * @param name name of the scalar, such as {@code loss}
 * @param points step and value, in order of steps
 */
public record Curve(String phase, String name, List<double[]> points) {
  /**
   * Copies.
   *
   * @param phase see the record
   * @param name see the record
   * @param points see the record
   */
  public Curve {
    points = List.copyOf(points);
  }
}
