package juxta.plugin.datasets;

import java.util.ArrayList;
import java.util.List;
import juxta.api.UserException;

/** Reports what is wrong with many files at once, but not with all of a thousand. */
final class Problems {
  private static final int SHOWN = 10;

  private Problems() {}

  /**
   * Throws unless there are none.
   *
   * @param problems a line each
   * @param what the word for what has them, in the plural
   */
  static void report(List<String> problems, String what) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(problems.subList(0, Math.min(SHOWN, problems.size())));
    if (problems.size() > SHOWN) {
      shown.add("and %d more %s like these".formatted(problems.size() - SHOWN, what));
    }
    throw new UserException(shown);
  }
}
