package juxta.plugin.spps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.RegularFile;

/**
 * The pairs as a text file: a first line, lines of key and value, an empty line, and a line a pair
 * with both indices and the similarity. The same pairs make the same bytes.
 *
 * @param header what the pairs were mined from and how, in order
 * @param pairs the pairs, by images
 */
record PairFile(Map<String, String> header, List<Pair> pairs) {
  /** Name of the file in the folder of artefacts. */
  static final String NAME = "pairs.txt";

  private static final String FIRST = "juxta-pairs 1";

  PairFile {
    header = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(header));
    pairs = List.copyOf(pairs);
  }

  void write(Path file) {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    header.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    text.append('\n');
    for (Pair pair : pairs) {
      text.append(pair.first()).append(' ').append(pair.second()).append(' ');
      text.append(String.format(Locale.ROOT, "%.6f", pair.similarity())).append('\n');
    }
    AtomicFile.write(file, text.toString());
  }

  /**
   * Reads a file.
   *
   * @throws UserException if it cannot be read or is no such file, naming the line
   */
  static PairFile read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(RegularFile.ifThere(file));
    } catch (IOException e) {
      throw new UserException("cannot read the pairs in " + file + " (" + e.getMessage() + ")", e);
    }
    if (lines.isEmpty() || !lines.get(0).equals(FIRST)) {
      throw new UserException(
          file + ": is no file of pairs; its first line is not '" + FIRST + "'");
    }
    Map<String, String> header = new LinkedHashMap<>();
    int at = 1;
    for (; at < lines.size() && !lines.get(at).isEmpty(); at++) {
      int space = Math.max(0, lines.get(at).indexOf(' '));
      header.put(lines.get(at).substring(0, space), lines.get(at).substring(space + 1));
    }
    List<Pair> pairs = new ArrayList<>();
    for (at++; at < lines.size(); at++) {
      pairs.add(pair(file, at + 1, lines.get(at)));
    }
    return new PairFile(header, pairs);
  }

  private static Pair pair(Path file, int line, String text) {
    String[] words = text.split(" ");
    try {
      if (words.length == 3) {
        return new Pair(
            Integer.parseInt(words[0]), Integer.parseInt(words[1]), Double.parseDouble(words[2]));
      }
    } catch (IllegalArgumentException e) {
      throw damaged(file, line, text, e);
    }
    throw damaged(file, line, text, new IllegalArgumentException(words.length + " words"));
  }

  private static UserException damaged(Path file, int line, String text, Exception cause) {
    return new UserException(
        file + ", line " + line + ": '" + text + "' is no pair; mine the pairs again", cause);
  }
}
