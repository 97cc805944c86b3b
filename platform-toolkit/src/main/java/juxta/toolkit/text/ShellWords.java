package juxta.toolkit.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Commands that are shown to be copied: a shell reads each word as it was meant. */
public final class ShellWords {
  /** What means nothing to a shell; at the beginning of a word {@code =} does, in zsh. */
  private static final String PLAIN = "[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:=,@%+-]*";

  private ShellWords() {}

  /**
   * A command.
   *
   * @param words its words
   * @return one line of printable characters
   */
  public static String line(List<String> words) {
    return words.stream().map(ShellWords::word).collect(Collectors.joining(" "));
  }

  /**
   * A word of a command.
   *
   * @param word the word as a program is to get it
   * @return the word, quoted where it must be
   */
  public static String word(String word) {
    if (word.matches(PLAIN)) {
      return word;
    }
    return word.codePoints().allMatch(Printable::shows)
        ? "'" + word.replace("'", "'\\''") + "'"
        : escaped(word);
  }

  /** The quotes of bash, zsh, ksh and POSIX 2024 that know escapes. */
  private static String escaped(String word) {
    StringBuilder quoted = new StringBuilder("$'");
    word.codePoints()
        .forEach(
            c -> {
              if (c == '\'' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (Printable.shows(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format(Locale.ROOT, c < 0x80 ? "\\x%02x" : "\\U%08x", c));
              }
            });
    return quoted.append('\'').toString();
  }
}
