package juxta.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tokenizer whose tokens are the whole words of the training texts: small, and enough for short
 * texts of few words. Words are split as those of {@link WordPiece} are; other words than those are
 * {@code [UNK]}.
 *
 * @param vocabulary the words
 */
public record Words(Vocabulary vocabulary) implements Tokenizer {
  /**
   * Keeps the vocabulary.
   *
   * @param vocabulary see the record
   */
  public Words {}

  /**
   * Collects the words of texts: {@code [PAD] [UNK] [CLS] [SEP]} are 0 to 3, then come the words,
   * the most frequent first, of equally frequent ones in alphabetical order.
   *
   * @param texts the training texts, in any order
   * @param most the size of the vocabulary at most, with the four special tokens, 4 or more; the
   *     rarest words are left out
   * @return the tokenizer
   */
  public static Words of(Iterable<String> texts, int most) {
    if (most < Vocabulary.SPECIAL.size()) {
      throw new IllegalArgumentException(most + " tokens do not hold the special ones");
    }
    Map<String, Integer> counts = new HashMap<>();
    for (String text : texts) {
      BasicWords.split(
          text,
          word -> {
            if (word.codePointCount(0, word.length()) <= BasicWords.LONGEST) {
              counts.merge(word, 1, Integer::sum);
            }
            return true;
          });
    }
    List<String> tokens = new ArrayList<>(Vocabulary.SPECIAL);
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most - tokens.size())
        .forEach(entry -> tokens.add(entry.getKey()));
    return new Words(Vocabulary.of(tokens, "the words of the training texts"));
  }

  @Override
  public int[] encode(String text, int most) {
    Ids ids = new Ids(vocabulary, most);
    if (most > 2) {
      BasicWords.split(text, word -> ids.add(vocabulary.find(word).orElse(vocabulary.unknown())));
    }
    return ids.ended();
  }

  @Override
  public String json(int length) {
    return TokenizerJson.of(vocabulary, "\"type\":\"WordLevel\"", length);
  }
}
