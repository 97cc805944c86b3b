package juxta.launcher.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;

/**
 * Asks the user before something is done that is not easily undone.
 *
 * @param terminal where the question stands
 * @param answers what the user types; empty where nobody is there to type
 * @param given whether the user has agreed beforehand
 */
record Consent(Terminal terminal, Optional<BufferedReader> answers, boolean given) {
  /** That of this process: the start script says whether a person types. */
  static Consent ofProcess(Terminal terminal, boolean given) {
    return new Consent(
        terminal,
        Boolean.getBoolean("juxta.asks")
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())))
            : Optional.empty(),
        given);
  }

  /**
   * Makes sure that there will be an answer, before anything else is done.
   *
   * @throws UserException if there is nobody to ask
   */
  void require(String command) {
    if (!given && answers.isEmpty()) {
      throw new UserException(
          "juxta "
              + command
              + ": asks before it does anything, and there is no terminal to ask on; add --yes");
    }
  }

  /** Whether the user agrees; a line that is no answer is a no. */
  boolean to(String question) {
    if (given) {
      return true;
    }
    terminal.print(question + " [y/N]");
    try {
      String answer = answers.isPresent() ? answers.get().readLine() : null;
      return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return false;
    }
  }
}
