package juxta.launcher.plugins;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.toolkit.data.FileNames;

/**
 * What went wrong, for the user.
 *
 * @param lines what is wrong, where, and what to do, a line each
 * @param trace lines for whoever mends it, none for what a user can mend
 * @param mistake whether a user can mend it; else it is a fault of Juxta or of a plug-in
 */
public record Explanation(List<String> lines, List<String> trace, boolean mistake) {
  private static final String INTERNAL = "internal fault";
  private static final int DEEPEST = 20;
  private static final int MOST_CHARACTERS = 1_200;
  private static final int ENDING = 300;

  /**
   * Copies.
   *
   * @param lines see the record
   * @param trace see the record
   * @param mistake see the record
   */
  public Explanation {
    lines = lines.stream().map(Explanation::shortened).toList();
    trace = trace.stream().map(line -> line.replace("\t", "    ")).toList(); // as terminals show it
  }

  /**
   * Files may hold words of any length, which messages quote: what is wrong is said at the ends.
   */
  private static String shortened(String line) {
    return line.length() <= MOST_CHARACTERS
        ? line
        : line.substring(0, MOST_CHARACTERS - ENDING)
            + " … "
            + line.substring(line.length() - ENDING);
  }

  /**
   * The reason in one line, where what to do has no place.
   *
   * @return the lines, joined; of a fault of ours also what was thrown
   */
  public String reason() {
    String all = String.join("; ", lines);
    return all.startsWith(INTERNAL) && !trace.isEmpty()
        ? INTERNAL + ": " + trace.get(0)
        : all.replaceFirst(" with these lines:$", "");
  }

  /**
   * A mistake of a user.
   *
   * @param mistake what is wrong
   * @return its explanation
   */
  public static Explanation of(UserException mistake) {
    return new Explanation(mistake.problems(), List.of(), true);
  }

  /**
   * A name that no file can have, wherever the user wrote it: on the command line or in a file.
   *
   * @param thrown what was thrown
   * @return its explanation, empty if that is not the cause
   */
  static Optional<Explanation> ofName(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof InvalidPathException name) {
        return Optional.of(of(new UserException(FileNames.explain(name), thrown)));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /**
   * What no plug-in is to blame for.
   *
   * @param thrown what was thrown
   * @return its explanation
   */
  public static Explanation ofOurs(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return new Explanation(
          List.of(
              "out of memory ("
                  + thrown.getMessage()
                  + "); use a smaller --batch, or give Java more with JUXTA_JAVA_OPTIONS=-Xmx8g"),
          List.of(),
          false);
    }
    Optional<Explanation> name = ofName(thrown);
    if (name.isPresent()) {
      return name.get();
    }
    return ofOurs(INTERNAL + ", please report it with these lines:", thrown);
  }

  /** With a first line of its own. */
  static Explanation ofOurs(String line, Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return new Explanation(List.of(line), trace.toString().lines().toList(), false);
  }
}
