package juxta.engine.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name nearest to a word: fewest letters inserted, left out, changed or swapped.
   *
   * @param word what was typed
   * @param known the names to choose from
   * @return the nearest, the first in alphabetical order of several; empty where none is near
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) <= limit)
        .min(
            Comparator.comparingInt((String name) -> distance(typed, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * A suggestion to append to an error message.
   *
   * @param word what was typed
   * @param known the names to choose from
   * @return such as {@code "; did you mean 'simclr'?"}, or nothing where no name is near
   */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /**
   * The end of a message about a name that is not known.
   *
   * @param word what was typed
   * @param known the names to choose from, in the order in which to show them
   * @return such as {@code "; did you mean 'simclr'? known: byol, simclr"}
   */
  public static String among(String word, Collection<String> known) {
    String hint = hint(word, known);
    return (hint.isEmpty() ? ";" : hint)
        + " known: "
        + (known.isEmpty() ? "none" : String.join(", ", known));
  }

  /** Edit distance in which a swap of two neighbours counts once. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
