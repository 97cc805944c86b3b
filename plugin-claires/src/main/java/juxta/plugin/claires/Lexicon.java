package juxta.plugin.claires;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.claires.text.VocabularyFile;
import juxta.text.Tokenizer;
import juxta.text.Vocabulary;
import juxta.text.WordPiece;
import juxta.text.Words;
import juxta.toolkit.io.AtomicFile;

/**
 * How a run turns texts into token ids. It is made of the training texts once and lies with the
 * run's artefacts from then on, so that a model keeps its vocabulary on other data.
 *
 * @param tokenizer WordPiece where the user named a vocabulary, else the words of the texts
 * @param longest tokens of the longest training text, at most the setting {@code max-tokens}
 */
record Lexicon(Tokenizer tokenizer, int longest) {
  private static final String VOCABULARY = "vocab.txt";
  private static final String LENGTH = "text-length.txt";

  /** Of the texts of a split, all wordings included. */
  static Lexicon of(Split split, Settings s) {
    Set<String> texts = new LinkedHashSet<>(); // equal texts need to be looked at once only
    for (int record = 0; record < split.size(); record++) {
      texts.addAll(wordings(split, record, true));
    }
    String file = s.get(ClairesSettings.VOCABULARY);
    Tokenizer tokenizer =
        file.isEmpty()
            ? Words.of(texts, s.get(ClairesSettings.VOCABULARY_SIZE))
            : new WordPiece(VocabularyFile.read(Path.of(file)));
    int most = s.get(ClairesSettings.MAX_TOKENS);
    int longest = texts.stream().mapToInt(t -> tokenizer.encode(t, most).length).max().orElse(2);
    return new Lexicon(tokenizer, longest);
  }

  /** The canonical text of a record and, where asked for, the other ways to say it. */
  static List<String> wordings(Split split, int record, boolean all) {
    String text = split.value(Field.TEXT, record).text();
    return all && split.has(Field.CAPTION)
        ? Stream.concat(Stream.of(text), split.value(Field.CAPTION, record).text().lines())
            .filter(wording -> !wording.isBlank())
            .distinct()
            .toList()
        : List.of(text);
  }

  /** The canonical text of each record. */
  static List<String> canonical(Split split) {
    return IntStream.range(0, split.size())
        .mapToObj(record -> split.value(Field.TEXT, record).text())
        .toList();
  }

  void write(Path folder) {
    VocabularyFile.write(tokenizer.vocabulary(), folder.resolve(VOCABULARY));
    ByteBuffer length = ByteBuffer.wrap((longest + "\n").getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(folder.resolve(LENGTH), channel -> channel.write(length));
  }

  /** What {@link #write} left. */
  static Lexicon read(Path folder, Settings s) {
    Vocabulary vocabulary = VocabularyFile.read(folder.resolve(VOCABULARY));
    boolean words = s.get(ClairesSettings.VOCABULARY).isEmpty();
    return new Lexicon(
        words ? new Words(vocabulary) : new WordPiece(vocabulary), length(folder.resolve(LENGTH)));
  }

  private static int length(Path file) {
    try {
      int length = Integer.parseInt(Files.readString(file).strip());
      if (length >= 2) {
        return length;
      }
    } catch (IOException | NumberFormatException e) {
      throw unreadable(file, e);
    }
    throw unreadable(file, null);
  }

  private static UserException unreadable(Path file, Exception cause) {
    return new UserException(
        file + ": cannot be read as the length of a text; train the model again", cause);
  }

  /** Tokens of texts that the model is used with: half as long again as those it learned from. */
  int room(Settings s) {
    return Math.min(s.get(ClairesSettings.MAX_TOKENS), longest + longest / 2);
  }

  /** Token ids, filled up with padding. */
  int[] encode(String text, int length) {
    return tokenizer.padded(text, length);
  }
}
