package juxta.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A list of tokens, each of which has its place as its id: the lines of BERT's {@code vocab.txt}.
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
   * @throws VocabularyException if a token is blank or stands twice, or a special one is missing
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
      throw new VocabularyException(problems);
    }
    return new Vocabulary(tokens, ids);
  }

  private static String few(List<String> all) {
    int shown = Math.min(5, all.size());
    String more = all.size() > shown ? " and " + (all.size() - shown) + " more" : "";
    return String.join(", ", all.subList(0, shown)) + more;
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
