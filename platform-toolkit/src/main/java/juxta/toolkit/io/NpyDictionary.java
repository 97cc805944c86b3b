package juxta.toolkit.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the dictionary in the header of a NumPy array, {@code {'descr': '<f4', 'fortran_order':
 * False, 'shape': (2, 3), }}, in one go from left to right: as long as the header, whatever stands
 * in it.
 */
final class NpyDictionary {
  private static final int MOST_AXES = 32; // NumPy's own limit
  private static final int MOST_DIGITS = 18;

  private final String text;
  private int at;

  private NpyDictionary(String text) {
    this.text = text;
  }

  /**
   * What a header says.
   *
   * @param type NumPy's name of the elements' type
   * @param fortran whether the first axis runs fastest
   * @param shape lengths of the axes
   */
  record Content(String type, boolean fortran, List<Long> shape) {}

  /** The content; nothing where the text is anything but what NumPy writes for a plain array. */
  static Optional<Content> parse(String text) {
    return new NpyDictionary(text).content();
  }

  private Optional<Content> content() {
    if (!taken("{'descr': '")) {
      return Optional.empty();
    }
    int end = text.indexOf('\'', at);
    if (end < 0) {
      return Optional.empty();
    }
    String type = text.substring(at, end);
    at = end;
    if (!taken("', 'fortran_order': ")) {
      return Optional.empty();
    }
    boolean fortran = taken("True");
    if (!fortran && !taken("False") || !taken(", 'shape': (")) {
      return Optional.empty();
    }
    List<Long> shape = new ArrayList<>();
    while (!taken(")")) {
      long length = number();
      if (length < 0 || shape.size() == MOST_AXES) {
        return Optional.empty();
      }
      shape.add(length);
      if (taken(",")) {
        taken(" ");
      } else if (at >= text.length() || text.charAt(at) != ')') {
        return Optional.empty();
      }
    }
    taken(",");
    blanks();
    if (!taken("}")) {
      return Optional.empty();
    }
    blanks();
    taken("\n");
    return at == text.length()
        ? Optional.of(new Content(type, fortran, List.copyOf(shape)))
        : Optional.empty();
  }

  private boolean taken(String part) {
    boolean there = text.startsWith(part, at);
    at += there ? part.length() : 0;
    return there;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  /** A whole number, with the L that old versions write; -1 where there is none. */
  private long number() {
    int from = at;
    while (at < text.length() && at - from <= MOST_DIGITS && Character.digit(digit(), 10) >= 0) {
      at++;
    }
    if (at == from || at - from > MOST_DIGITS) {
      return -1;
    }
    long number = Long.parseLong(text.substring(from, at));
    taken("L");
    return number;
  }

  /** The character here, unless it is one that only looks like a digit. */
  private char digit() {
    return text.charAt(at) < 128 ? text.charAt(at) : ' ';
  }
}
