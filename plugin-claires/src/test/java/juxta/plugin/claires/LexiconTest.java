package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.text.WordPiece;
import juxta.text.Words;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconTest {
  private static final Split FILMS = TinyFilms.of(8, 0, 4).train();

  @TempDir Path folder;

  private static Settings settings(String... pairs) {
    Map<String, String> all = new java.util.TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    return Settings.of(all);
  }

  @Test
  void wordsAreThoseOfAllWordings() {
    Lexicon lexicon = Lexicon.of(FILMS, Settings.DEFAULTS);
    assertThat(lexicon.tokenizer()).isInstanceOf(Words.class);
    assertThat(lexicon.tokenizer().vocabulary().tokens())
        .contains("shadow", "upper", "dark", ".")
        .doesNotContain("Shadow");
    // [CLS] a shadow in the upper left corner . [SEP]
    assertThat(lexicon.longest()).isEqualTo(10);
    assertThat(lexicon.room(Settings.DEFAULTS)).isEqualTo(15);
    assertThat(lexicon.room(settings("max-tokens", "12"))).isEqualTo(12);
  }

  @Test
  void whatWasWrittenIsRead() {
    Lexicon lexicon = Lexicon.of(FILMS, Settings.DEFAULTS);
    lexicon.write(folder);
    Lexicon again = Lexicon.read(folder, Settings.DEFAULTS);
    assertThat(again.longest()).isEqualTo(lexicon.longest());
    assertThat(again.tokenizer().vocabulary().tokens())
        .isEqualTo(lexicon.tokenizer().vocabulary().tokens());
    assertThat(again.encode("A SHADOW, nonsense", 6)).isEqualTo(lexicon.encode("a shadow , x", 6));
  }

  @Test
  void textsAreFilledUpAndCutOff() {
    Lexicon lexicon = Lexicon.of(FILMS, Settings.DEFAULTS);
    int[] filled = lexicon.encode("shadow", 5);
    assertThat(filled).startsWith(2).endsWith(3, 0, 0);
    assertThat(lexicon.encode("shadow in the corner", 4)).hasSize(4).startsWith(2).endsWith(3);
  }

  @Test
  void aNamedVocabularyIsOneOfPieces() throws IOException {
    Path file = folder.resolve("own.txt");
    Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\n[SEP]\nsha\n##dow\nin\n");
    Settings s = settings("vocabulary", file.toString());
    Lexicon lexicon = Lexicon.of(FILMS, s);
    assertThat(lexicon.tokenizer()).isInstanceOf(WordPiece.class);
    assertThat(lexicon.encode("shadow", 4)).containsExactly(2, 4, 5, 3);
    lexicon.write(folder);
    Files.delete(file); // the run has its own copy
    assertThat(Lexicon.read(folder, s).encode("shadow", 4)).containsExactly(2, 4, 5, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "just some text", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\na\n", "\u0000\u0001"})
  void vocabulariesThatAreNoneAreRefused(String content) throws IOException {
    Path file = folder.resolve("own.txt");
    Files.writeString(file, content);
    assertThatThrownBy(() -> Lexicon.of(FILMS, settings("vocabulary", file.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("own.txt");
  }

  @Test
  void bytesAreNoVocabulary() throws IOException {
    Path file = folder.resolve("own.txt");
    Files.write(file, new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});
    assertThatThrownBy(() -> Lexicon.of(FILMS, settings("vocabulary", file.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> Lexicon.of(FILMS, settings("vocabulary", folder + "/none.txt")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "-3", "many", "99999999999999"})
  void aLengthThatIsNoneIsRefused(String content) throws IOException {
    Lexicon.of(FILMS, Settings.DEFAULTS).write(folder);
    Files.write(folder.resolve("text-length.txt"), content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Lexicon.read(folder, Settings.DEFAULTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("text-length.txt")
        .hasMessageContaining("train the model again");
  }

  @Test
  void queriesWithoutAKnownWordAreObjectedTo() {
    Lexicon lexicon = Lexicon.of(FILMS, Settings.DEFAULTS);
    lexicon.write(folder);
    Texts texts = new Texts(Trials.setup(TinyFilms.of(8, 0, 4), folder));
    assertThat(texts.objection(Map.of(Field.TEXT, Value.of("  "))).orElseThrow()).contains("empty");
    assertThat(texts.objection(Map.of(Field.TEXT, Value.of("Qwertz uiop"))).orElseThrow())
        .contains("no word of 'Qwertz uiop'");
    assertThat(texts.objection(Map.of(Field.TEXT, Value.of("Upper nonsense"))))
        .isEqualTo(Optional.empty());
    Map<String, Value> prepared = texts.of(Map.of(Field.TEXT, Value.of("upper left")));
    assertThat(prepared.get("tokens").shape()).isEqualTo(List.of(15L));
    assertThat(Tensors.ints(prepared.get("tokens"))).startsWith(2).endsWith(0);
    assertThat(texts.fields().get(0).shape()).isEqualTo(List.of(15L));
    assertThat(texts.description())
        .contains(lexicon.tokenizer().json(lexicon.room(Settings.DEFAULTS)));
  }
}
