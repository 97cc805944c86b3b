package juxta.engine.embed;

import java.util.List;

/**
 * How far a file is. It lies beside a draft until that is whole, and then beside each part.
 *
 * @param format number of this form
 * @param subject what the rows are of
 * @param shard which part, from 0
 * @param shards how many parts
 * @param rows rows that were written
 * @param wanted rows of the part
 * @param shape of one row before it was flattened
 * @param bytes length of the file with the numbers
 * @param tableBytes length of the table beside it, 0 where there is none
 */
record State(
    int format,
    Subject subject,
    int shard,
    int shards,
    long rows,
    long wanted,
    List<Long> shape,
    long bytes,
    long tableBytes) {
  static final int FORMAT = 1;

  long columns() {
    return columns(shape);
  }

  static long columns(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  boolean isWhole() {
    return rows == wanted;
  }
}
