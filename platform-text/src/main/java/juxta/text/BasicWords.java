package juxta.text;

import java.text.Normalizer;
import java.util.function.Predicate;

/**
 * Splits text into words as BERT's uncased models expect it: control characters dropped, lower
 * case, accents stripped, each punctuation mark and each Chinese character a word of its own.
 *
 * <p>Source: the description of the basic tokenizer in BERT's README, "Tokenization".
 */
final class BasicWords {
  /** Longer words are not looked up, here or in BERT. */
  static final int LONGEST = 100;

  private static final char CAPITAL_SIGMA = '\u03A3';

  /** The lower case of a capital sigma at the end of a word; elsewhere it is another letter. */
  private static final char FINAL_SIGMA = '\u03C2';

  private final Predicate<String> each;
  private final StringBuilder word = new StringBuilder();
  private boolean wanted = true;
  private boolean sigma; // whether the word so far ends in what was a capital sigma

  private BasicWords(Predicate<String> each) {
    this.each = each;
  }

  /**
   * Hands out the words in their order.
   *
   * @param text any text
   * @param each takes a word and says whether it wants another one
   */
  static void split(String text, Predicate<String> each) {
    BasicWords words = new BasicWords(each);
    int at = 0;
    while (at < text.length() && words.wanted) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      // One character at a time: String.toLowerCase takes the square of the length for capital
      // sigmas, since it looks for the end of the word after each.
      words.take(Character.toLowerCase(c));
      words.sigma = c == CAPITAL_SIGMA || words.sigma && c >= 0x300 && mark(c);
    }
    words.end();
  }

  private static boolean mark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private void take(int c) {
    if (c < 0x80) {
      put(c);
      return;
    }
    boolean alone = chinese(c);
    if (alone) {
      end();
    }
    // One character at a time: all marks go anyway, so their order does not matter, and a long
    // run of marks costs no more than other text.
    if (!dropped(c)) {
      Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
          .codePoints()
          .filter(part -> !mark(part))
          .forEach(this::put);
    }
    if (alone) {
      end();
    }
  }

  private void put(int c) {
    if (blank(c)) {
      end();
    } else if (punctuation(c)) {
      end();
      word.appendCodePoint(c);
      end();
    } else if (!dropped(c)) {
      word.appendCodePoint(c);
    }
  }

  private void end() {
    if (sigma && word.length() > 1) {
      word.setCharAt(word.length() - 1, FINAL_SIGMA);
    }
    sigma = false;
    if (!word.isEmpty() && wanted) {
      wanted = each.test(word.toString());
    }
    word.setLength(0);
  }

  private static boolean blank(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  /** What says nothing: control and format characters, halves of pairs, unassigned ones. */
  private static boolean dropped(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          !blank(c);
      default -> c == 0xFFFD;
    };
  }

  /** All ASCII that is no letter, digit or blank counts, also what Unicode calls a symbol. */
  private static boolean punctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of ideographs, which are written without blanks; Korean and kana are not. */
  private static boolean chinese(int c) {
    return in(c, 0x4E00, 0x9FFF)
        || in(c, 0x3400, 0x4DBF)
        || in(c, 0x20000, 0x2A6DF)
        || in(c, 0x2A700, 0x2CEAF)
        || in(c, 0xF900, 0xFAFF)
        || in(c, 0x2F800, 0x2FA1F);
  }

  private static boolean in(int c, int first, int last) {
    return c >= first && c <= last;
  }
}
