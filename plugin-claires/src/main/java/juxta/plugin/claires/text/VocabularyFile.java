package juxta.plugin.claires.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.api.UserException;
import juxta.text.Vocabulary;
import juxta.text.VocabularyException;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.RegularFile;

/** BERT's {@code vocab.txt}: UTF-8, one token a line, the first line is id 0. */
public final class VocabularyFile {
  private VocabularyFile() {}

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
      bytes = Files.readAllBytes(RegularFile.ifThere(file));
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
    try {
      return Vocabulary.of(text.replaceFirst("^\uFEFF", "").lines().toList(), file.toString());
    } catch (VocabularyException e) {
      throw new UserException(e.problems());
    }
  }

  /**
   * Writes the file that {@link #read} reads.
   *
   * @param vocabulary the tokens
   * @param file replaced if it is there
   * @throws UserException if it cannot be written
   */
  public static void write(Vocabulary vocabulary, Path file) {
    byte[] bytes = (String.join("\n", vocabulary.tokens()) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer left = ByteBuffer.wrap(bytes);
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }
}
