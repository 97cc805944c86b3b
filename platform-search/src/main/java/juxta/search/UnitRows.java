package juxta.search;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Matrix;
import juxta.api.UserException;

/** Checks what comes into an index and brings it to length 1. */
final class UnitRows {
  /** A row of the smallest page of a PostgreSQL index has room for this and more. */
  private static final int LONGEST_ID = 2000;

  private UnitRows() {}

  /** Unit vectors by id, in the order in which the ids came; the last row of an id counts. */
  static Map<String, float[]> byId(List<String> ids, Matrix vectors, int dimensions) {
    if (ids.size() != vectors.rows()) {
      throw new IllegalArgumentException(ids.size() + " ids for " + vectors.rows() + " vectors");
    }
    checkColumns("vectors have ", vectors, dimensions);
    Map<String, float[]> rows = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      checkId(id, i);
      float[] row = vectors.row(i);
      normalise(row, "the vector of '" + id + "' (row " + i + ")", "leave it out");
      rows.put(id, row);
    }
    return rows;
  }

  /** Unit queries. */
  static Matrix queries(Matrix queries, int dimensions, int k) {
    if (k < 1) {
      throw new UserException("a search for " + k + " hits finds nothing; ask for 1 or more");
    }
    checkColumns("a query has ", queries, dimensions);
    float[] values = new float[queries.values().length];
    for (int i = 0; i < queries.rows(); i++) {
      float[] row = queries.row(i);
      normalise(row, "query " + i, "search for something else");
      System.arraycopy(row, 0, values, i * dimensions, dimensions);
    }
    return new Matrix(queries.rows(), dimensions, values);
  }

  /** The dot product, in an order that is always the same. */
  static float dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  /** Why an id is not possible; empty if it is. */
  static String fault(String id) {
    if (id.isEmpty()) {
      return "is empty";
    }
    if (id.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return "has control characters";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      return "is no sound Unicode";
    }
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    return bytes > LONGEST_ID ? "has " + bytes + " bytes, more than " + LONGEST_ID : "";
  }

  private static void checkId(String id, int row) {
    String fault = fault(id);
    if (!fault.isEmpty()) {
      throw new UserException("the id of row " + row + " " + fault + "; choose another one");
    }
  }

  private static void checkColumns(String what, Matrix matrix, int dimensions) {
    if (matrix.columns() != dimensions) {
      throw new UserException(
          what
              + matrix.columns()
              + " features, the index holds "
              + dimensions
              + "; embed with the model that the index was made with");
    }
  }

  private static void normalise(float[] row, String what, String remedy) {
    double squares = 0; // in double: the square of any float fits
    for (float value : row) {
      squares += (double) value * value;
    }
    if (!Double.isFinite(squares)) {
      throw new UserException(what + " has numbers that are not finite; " + remedy);
    }
    if (squares == 0) {
      throw new UserException(what + " is zero, which has no direction; " + remedy);
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] * scale);
    }
  }
}
