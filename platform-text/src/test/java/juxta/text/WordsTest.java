package juxta.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final List<String> TEXTS =
      List.of("Adult female patient with stage II.", "adult male patient with gingivitis.");

  @Test
  void frequentWordsComeFirstThenTheAlphabet() {
    Words words = Words.of(TEXTS, 1000);
    assertThat(words.vocabulary().tokens())
        .containsExactly(
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            ".",
            "adult",
            "patient",
            "with",
            "female",
            "gingivitis",
            "ii",
            "male",
            "stage");
    assertThat(words.encode("ADULT with caries.", 200)).containsExactly(2, 5, 7, 1, 4, 3);
    assertThat(words.encode("adult with caries.", 4)).containsExactly(2, 5, 7, 3);
    assertThat(words.encode("adult", 2)).containsExactly(2, 3);
    assertThat(words.encode("", 200)).containsExactly(2, 3);
    assertThat(words.knows("caries")).isFalse();
    assertThat(words.knows("caries with")).isTrue();
  }

  @Test
  void paddedTextsHaveOneLength() {
    Words words = Words.of(TEXTS, 1000);
    assertThat(words.padded("ADULT with caries.", 8)).containsExactly(2, 5, 7, 1, 4, 3, 0, 0);
    assertThat(words.padded("adult with caries.", 4)).containsExactly(2, 5, 7, 3);
  }

  @Test
  void theRarestAreLeftOutWhereThereIsNoRoom() {
    assertThat(Words.of(TEXTS, 6).vocabulary().tokens()).endsWith(".", "adult").hasSize(6);
    assertThat(Words.of(List.of(), 4).vocabulary().size()).isEqualTo(4);
    assertThat(Words.of(List.of("x".repeat(101)), 9).vocabulary().size()).isEqualTo(4);
    assertThatThrownBy(() -> Words.of(TEXTS, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        StringBuilder text = new StringBuilder();
        random.ints(30, 0, 0x3000).forEach(text::appendCodePoint); // all sorts of characters
        texts.add(text + " word" + random.nextInt(5));
      }
      Words one = Words.of(texts, 10_000);
      Collections.shuffle(texts, random);
      Words other = Words.of(texts, 10_000);
      assertThat(other.vocabulary().tokens()).isEqualTo(one.vocabulary().tokens());
      Words read = new Words(Vocabulary.of(one.vocabulary().tokens(), "here"));
      for (String text : texts) {
        assertThat(read.encode(text, 40)).isEqualTo(one.encode(text, 40));
        assertThat(one.encode(text, 1000)).doesNotContain(1); // all words of the texts are known
      }
    }
  }
}
