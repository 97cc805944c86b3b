package juxta.text;

import java.util.Arrays;

/** Makes token ids of text. Implementations are safe to use from several threads at once. */
public interface Tokenizer {
  /**
   * The ids of a text: {@code [CLS]} first, {@code [SEP]} last, words between. What does not fit is
   * cut off before {@code [SEP]}; nothing is padded.
   *
   * @param text any text; it may be empty
   * @param most the most ids that are wanted, 2 or more
   * @return 2 to {@code most} ids, each from 0 to {@code vocabulary().size() - 1}
   */
  int[] encode(String text, int most);

  /**
   * The ids of a text, filled up with padding.
   *
   * @param text any text; it may be empty
   * @param length how many ids are wanted, 2 or more
   * @return as many ids
   */
  default int[] padded(String text, int length) {
    int[] ids = encode(text, length);
    int[] filled = Arrays.copyOf(ids, length);
    Arrays.fill(filled, ids.length, length, vocabulary().pad());
    return filled;
  }

  /**
   * The tokenizer as the {@code tokenizer.json} of Hugging Face's library tokenizers.
   *
   * @param length ids of every text: what is longer is cut off, what is shorter padded
   * @return a JSON object that gives the ids of {@link #padded}
   */
  String json(int length);

  /**
   * The tokens that there are ids for.
   *
   * @return the vocabulary
   */
  Vocabulary vocabulary();

  /**
   * Whether a text holds a word that is in the vocabulary. A query without one says nothing.
   *
   * @param text any text
   * @return false for an empty text and one of unknown words only
   */
  default boolean knows(String text) {
    Vocabulary words = vocabulary();
    int[] ids = encode(text, Integer.MAX_VALUE);
    return Arrays.stream(ids, 1, ids.length - 1).anyMatch(id -> id != words.unknown());
  }
}
