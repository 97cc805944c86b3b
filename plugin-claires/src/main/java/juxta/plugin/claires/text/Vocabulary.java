package juxta.plugin.claires.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;

/**
 * A list of tokens, each of which has its place as its id. As a file it is BERT's {@code
 * vocab.txt}: UTF-8, one token a line, the first line is id 0.
 */
public final class Vocabulary {
  /** Fills short texts up to the length of the longest one of a batch. */
  public static final String PAD = "[PAD]";

  /** Stands for a word that is not in the vocabulary. */
  public static final String UNKNOWN = "[UNK]";

  /** Stands before each text. */
  public static final String CLS = "[CLS]";

  /** Stands after each text. */
  public static final String SEP = "[SEP]";

  /** What every vocabulary must hold, in the order in which {@link Words} puts them first. */
  static final List<String> SPECIAL = List.of(PAD, UNKNOWN, CLS, SEP);

  private final List<String> tokens;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> tokens, Map<String, Integer> ids) {
    this.tokens = List.copyOf(tokens);
    this.ids = ids;
  }

  /**
   * Makes a vocabulary.
   *
   * @param tokens the tokens in the order of their ids
   * @param where what errors name, for example the file
   * @return the vocabulary
   * @throws UserException if a token is blank or stands twice, or a special one is missing
   */
  public static Vocabulary of(List<String> tokens, String where) {
    List<String> problems = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    List<String> twice = new ArrayList<>();
    List<String> blank = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      Integer first = ids.putIfAbsent(token, id);
      if (token.trim().isEmpty()) { // other separators are tokens of published vocabularies
        blank.add(Integer.toString(id + 1));
      } else if (first != null) {
        twice.add("'" + token + "' (lines " + (first + 1) + " and " + (id + 1) + ")");
      }
    }
    if (!blank.isEmpty()) {
      problems.add(where + ": blank lines " + few(blank) + "; each line needs a token");
    }
    if (!twice.isEmpty()) {
      problems.add(where + ": tokens twice: " + few(twice) + "; each token has one line, its id");
    }
    List<String> missing = SPECIAL.stream().filter(token -> !ids.containsKey(token)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          where
              + ": lacks "
              + String.join(", ", missing)
              + "; is it the vocab.txt of a BERT model, one token a line?");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new Vocabulary(tokens, ids);
  }

  private static String few(List<String> all) {
    int shown = Math.min(5, all.size());
    String more = all.size() > shown ? " and " + (all.size() - shown) + " more" : "";
    return String.join(", ", all.subList(0, shown)) + more;
  }

  /**
   * Reads a file.
   *
   * @param file UTF-8, one token a line; a byte order mark and either kind of line end are allowed
   * @return the vocabulary
   * @throws UserException if it cannot be read, is not UTF-8, or is no vocabulary
   */
  public static Vocabulary read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + "); name a vocab.txt", e);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": is not UTF-8 text; name a vocab.txt", e);
    }
    // A token ends at a line end of the file and nowhere else: other separators may be tokens.
    return of(text.replaceFirst("^\uFEFF", "").lines().toList(), file.toString());
  }

  /**
   * Writes the file that {@link #read} reads.
   *
   * @param file replaced if it is there
   * @throws UserException if it cannot be written
   */
  public void write(Path file) {
    byte[] bytes = (String.join("\n", tokens) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer left = ByteBuffer.wrap(bytes);
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }

  /**
   * The tokens.
   *
   * @return in the order of their ids
   */
  public List<String> tokens() {
    return tokens;
  }

  /**
   * Number of tokens.
   *
   * @return 4 or more
   */
  public int size() {
    return tokens.size();
  }

  /**
   * The id of a token.
   *
   * @param token exactly as it stands in the list
   * @return its id, or nothing
   */
  public OptionalInt find(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * The id of {@link #PAD}.
   *
   * @return the id
   */
  public int pad() {
    return ids.get(PAD);
  }

  /**
   * The id of {@link #UNKNOWN}.
   *
   * @return the id
   */
  public int unknown() {
    return ids.get(UNKNOWN);
  }

  /**
   * The id of {@link #CLS}.
   *
   * @return the id
   */
  public int cls() {
    return ids.get(CLS);
  }

  /**
   * The id of {@link #SEP}.
   *
   * @return the id
   */
  public int sep() {
    return ids.get(SEP);
  }
}
