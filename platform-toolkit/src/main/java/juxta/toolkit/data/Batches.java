package juxta.toolkit.data;

import juxta.api.UserException;

/** Checks of batch sizes. */
final class Batches {
  private Batches() {}

  /** Refuses batches that cannot be filled. */
  static void check(String what, long records, int batch) {
    if (batch < 1) {
      throw new UserException("a batch of " + batch + " records; ask for 1 or more");
    }
    if (records < batch) {
      throw new UserException(
          what
              + " has "
              + records
              + " records, fewer than the "
              + batch
              + " of a batch; choose a smaller batch");
    }
  }
}
