package juxta.plugin.claires.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import juxta.api.UserException;
import juxta.text.Vocabulary;
import juxta.text.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class VocabularyFileTest {
  private static final String SPECIAL = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("vocab.txt"), content);
  }

  @Test
  void lineNumbersAreIds() throws IOException {
    // The order of BERT's own file: special tokens need not come first.
    Vocabulary read =
        VocabularyFile.read(file("[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n\u2028\nlow\n##est"));
    assertThat(read.size()).isEqualTo(8);
    assertThat(List.of(read.pad(), read.unknown(), read.cls(), read.sep()))
        .containsExactly(0, 2, 3, 4);
    assertThat(read.find("low")).hasValue(6);
    assertThat(read.find("##est")).hasValue(7);
    assertThat(read.find("est")).isEmpty();
  }

  @Test
  void lineEndsOfWindowsAndAByteOrderMarkDoNoHarm() throws IOException {
    Vocabulary read =
        VocabularyFile.read(file("\uFEFF" + (SPECIAL + "low\n").replace("\n", "\r\n")));
    assertThat(read.tokens()).containsExactly("[PAD]", "[UNK]", "[CLS]", "[SEP]", "low");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Vocabulary one = Vocabulary.of(List.of("é", "[SEP]", "[CLS]", "中", "[UNK]", "[PAD]"), "here");
    Path file = folder.resolve("new/vocab.txt");
    VocabularyFile.write(one, file);
    assertThat(VocabularyFile.read(file).tokens()).isEqualTo(one.tokens());
    assertThat(Files.readString(file)).isEqualTo("é\n[SEP]\n[CLS]\n中\n[UNK]\n[PAD]\n");
  }

  @Test
  void allMistakesAreToldAtOnce() throws IOException {
    Path file = file("[PAD]\nlow\n\nlow\n[CLS]\n[CLS]\n\n");
    assertThatThrownBy(() -> VocabularyFile.read(file))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        file + ": blank lines 3, 7; each line needs a token",
                        file
                            + ": tokens twice: 'low' (lines 2 and 4), '[CLS]' (lines 5 and 6); each"
                            + " token has one line, its id",
                        file
                            + ": lacks [UNK], [SEP]; is it the vocab.txt of a BERT model, one token"
                            + " a line?"));
  }

  @Test
  void otherFilesAreRefusedInALine() throws IOException {
    assertThatThrownBy(() -> VocabularyFile.read(folder.resolve("none.txt")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder.resolve("none.txt")
                + ": cannot be read (NoSuchFileException); name a vocab.txt");
    Path binary =
        Files.write(
            folder.resolve("binary"),
            (SPECIAL + "caf\u00E9\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> VocabularyFile.read(binary))
        .hasMessage(binary + ": is not UTF-8 text; name a vocab.txt");
    assertThatThrownBy(() -> VocabularyFile.read(file("")))
        .hasMessageContaining("lacks [PAD], [UNK], [CLS], [SEP]");
  }

  @Test
  void wordsOfAnyCharactersAreReadAsTheyWereWritten() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(600, 0, 0x3000).forEach(text::appendCodePoint);
      Vocabulary words = Words.of(List.of(text.toString()), 10_000).vocabulary();
      Path file = folder.resolve("words.txt");
      VocabularyFile.write(words, file);
      assertThat(VocabularyFile.read(file).tokens()).isEqualTo(words.tokens());
    }
  }

  /** Nobody writes into it: whoever reads it waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void pipesAreRefused(@TempDir Path place) throws Exception {
    Path pipe = place.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> VocabularyFile.read(pipe))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(pipe + ": cannot be read: it is a pipe, a device or the like");
  }
}
