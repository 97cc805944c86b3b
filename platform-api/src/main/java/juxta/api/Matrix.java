package juxta.api;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * A matrix of floats on the host, row-major.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values rows times columns elements; not copied
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Matrix(int rows, int columns, float[] values) {
  /**
   * Checks the sizes.
   *
   * @param rows see the record
   * @param columns see the record
   * @param values see the record
   */
  public Matrix {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " does not hold " + values.length + " elements");
    }
  }

  /**
   * One row.
   *
   * @param row its index
   * @return a copy
   */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /**
   * One element.
   *
   * @param row its row
   * @param column its column
   * @return the element
   */
  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
