package juxta.launcher.cli;

import java.util.Optional;
import java.util.stream.Stream;

/** How many characters fit into a line of the terminal. */
public final class Width {
  /** Of what is no terminal, and of terminals that do not tell. */
  public static final int UNKNOWN = 100;

  private static final int LEAST = 30;
  private static final int MOST = 1000;

  private Width() {}

  /**
   * The width that this process writes for.
   *
   * @return what the variable {@code COLUMNS} says, else what the start script found out ({@code
   *     juxta.columns}, set where results go to a terminal), else {@link #UNKNOWN}
   */
  public static int ofProcess() {
    return of(System.getenv("COLUMNS"), System.getProperty("juxta.columns"));
  }

  /** The first of these that is a sensible number; nothing narrower than a number beside a word. */
  static int of(String... said) {
    return Stream.of(said)
        .flatMap(word -> Optional.ofNullable(word).map(String::strip).stream())
        .filter(word -> word.matches("[1-9][0-9]{0,5}"))
        .map(word -> Math.max(LEAST, Math.min(MOST, Integer.parseInt(word))))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
