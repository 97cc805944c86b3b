package juxta.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tokenizer of BERT's uncased models and of DistilBERT. Words are made of the longest pieces in
 * the vocabulary, from the left; all pieces but the first bear {@code ##}. A word that cannot be
 * made whole is {@code [UNK]}, and so is one of more than 100 characters.
 *
 * <p>Special tokens that stand in a text are text: their brackets are split off like any others.
 *
 * @param vocabulary the pieces
 * @see <a href="https://arxiv.org/abs/1810.04805">BERT, arXiv 1810.04805, section 3</a>
 */
public record WordPiece(Vocabulary vocabulary) implements Tokenizer {
  private static final String INNER = "##";

  /**
   * Keeps the vocabulary.
   *
   * @param vocabulary see the record
   */
  public WordPiece {}

  @Override
  public int[] encode(String text, int most) {
    Ids ids = new Ids(vocabulary, most);
    if (most > 2) {
      BasicWords.split(text, word -> pieces(word).stream().allMatch(ids::add));
    }
    return ids.ended();
  }

  @Override
  public String json(int length) {
    String model =
        "\"type\":\"WordPiece\",\"continuing_subword_prefix\":\""
            + INNER
            + "\",\"max_input_chars_per_word\":"
            + BasicWords.LONGEST;
    return TokenizerJson.of(vocabulary, model, length);
  }

  private List<Integer> pieces(String word) {
    List<Integer> pieces = new ArrayList<>();
    if (word.codePointCount(0, word.length()) > BasicWords.LONGEST) {
      return List.of(vocabulary.unknown());
    }
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      OptionalInt found = find(word, from, to);
      while (found.isEmpty() && to > from + 1) {
        found = find(word, from, --to);
      }
      if (found.isEmpty()) {
        return List.of(vocabulary.unknown());
      }
      pieces.add(found.getAsInt());
      from = to;
    }
    return pieces;
  }

  private OptionalInt find(String word, int from, int to) {
    String piece = word.substring(from, to);
    return vocabulary.find(from == 0 ? piece : INNER + piece);
  }
}
