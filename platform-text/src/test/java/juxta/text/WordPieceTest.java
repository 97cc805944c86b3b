package juxta.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTest {
  private static final List<String> TOKENS =
      List.of(
          "[PAD]",
          "[UNK]",
          "[CLS]",
          "[SEP]",
          "un",
          "##aff",
          "##able",
          "##a",
          "want",
          "##want",
          "##ed",
          "runn",
          "##ing",
          ",",
          "low",
          "lowest",
          "##est",
          "stage",
          "ii",
          "中",
          "文",
          "cafe",
          "[",
          "]",
          "cls",
          "unk",
          ".",
          "-",
          "$",
          "x",
          "σοφος",
          "σ",
          "istanbul");

  private static final WordPiece PIECES = new WordPiece(Vocabulary.of(TOKENS, "here"));

  private static String tokens(String text) {
    return String.join(
        " ",
        Arrays.stream(PIECES.encode(text, Integer.MAX_VALUE))
            .mapToObj(PIECES.vocabulary().tokens()::get)
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "unaffable | un ##aff ##able",
        "UNwantéd,running | un ##want ##ed , runn ##ing",
        "unwantedX | [UNK]",
        "lowest | lowest", // the longest piece, not low ##est
        "Stage II  | stage ii",
        "stage中文x | stage 中 文 x",
        "CAFÉ café cafe\u0301 | cafe cafe cafe",
        "[CLS] [UNK] | [ cls ] [ unk ]", // special tokens in a text are text
        "stage-ii... | stage - ii . . .",
        "$$ | $ $",
        "zzz low | [UNK] low",
        "lo\u0000w st\u200Bage\uFFFD | low stage", // control and format characters vanish
        "low\u00A0low\u2003low\u2028low | low low low low",
        "ΣΟΦΌΣ, ΣΟΦΟΣ\u0301 Σ σοφός | σοφος , σοφος σ σοφος", // sigma ends words in another form
        "İSTANBUL | istanbul",
        "low\uD800 | low", // half of a pair
        "low\uD83D\uDE00 | [UNK]" // a whole one is a character
      })
  void handCheckedCases(String text, String expected) {
    assertThat(tokens(text)).isEqualTo("[CLS] " + expected + " [SEP]");
  }

  @Test
  void textsThatSayNothing() {
    for (String text : List.of("", " \t\r\n", "\u0000\u0007\uFEFF", "\uDC00", "\u0301")) {
      assertThat(tokens(text)).isEqualTo("[CLS] [SEP]");
      assertThat(PIECES.knows(text)).isFalse();
    }
    assertThat(PIECES.knows("zzz yyy")).isFalse();
    assertThat(PIECES.knows("zzz low")).isTrue();
  }

  @Test
  void wordsAboveAHundredCharactersAreUnknown() {
    assertThat(tokens("un" + "a".repeat(98))).hasSizeGreaterThan(300);
    assertThat(tokens("un" + "a".repeat(99))).isEqualTo("[CLS] [UNK] [SEP]");
    // Characters are counted after the accents are gone, and not as halves of pairs.
    assertThat(tokens("un" + "á".repeat(98))).isEqualTo(tokens("un" + "a".repeat(98)));
    assertThat(tokens("\uD83D\uDE00".repeat(60))).isEqualTo("[CLS] [UNK] [SEP]");
  }

  @Test
  void cutsBeforeTheEnd() {
    assertThat(PIECES.encode("unaffable low", 5)).containsExactly(2, 4, 5, 6, 3);
    assertThat(PIECES.encode("unaffable low", 4)).containsExactly(2, 4, 5, 3);
    assertThat(PIECES.encode("unaffable", 2)).containsExactly(2, 3);
    assertThatThrownBy(() -> PIECES.encode("low", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMegabyteOfAnythingIsQuick() {
    long start = System.nanoTime();
    List<String> hostile =
        List.of(
            "a".repeat(1 << 20),
            "low ".repeat(1 << 18),
            ".".repeat(1 << 20),
            "a" + "\u0301\u0316".repeat(1 << 19), // marks that an ordering would swap
            "\u03A3\u0301".repeat(1 << 19), // sigma's lower case looks at its neighbours
            "\uD83D".repeat(1 << 20));
    for (String text : hostile) {
      assertThat(PIECES.encode(text, 200)).hasSizeBetween(2, 200);
      PIECES.knows(text);
    }
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(120);
  }

  /** Random texts of pieces that make trouble. */
  private static String text(Random random) {
    List<String> parts =
        List.of("un", "aff", "able", "low", "est", " ", ",", "É", "中", "\uD800", "\u0000", "Z");
    return String.join(
        "", Stream.generate(() -> parts.get(random.nextInt(parts.size()))).limit(20).toList());
  }

  @Test
  void propertiesOfRandomTexts() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      String text = text(random);
      int[] all = PIECES.encode(text, 1000);
      assertThat(all[0]).isEqualTo(2);
      assertThat(all[all.length - 1]).isEqualTo(3);
      assertThat(Arrays.stream(all)).allMatch(id -> id >= 0 && id < PIECES.vocabulary().size());
      // Special tokens come from nowhere but the ends and unknown words.
      assertThat(Arrays.stream(all, 1, all.length - 1)).doesNotContain(0, 2, 3);
      int most = 2 + random.nextInt(20);
      int[] cut = PIECES.encode(text, most);
      int kept = Math.min(all.length, most) - 1;
      assertThat(Arrays.copyOf(cut, kept)).isEqualTo(Arrays.copyOf(all, kept));
      assertThat(cut).hasSize(kept + 1).endsWith(3);
      assertThat(PIECES.encode("  " + text.toUpperCase() + "\n", 1000)).isEqualTo(all);
      // Texts side by side give their ids side by side.
      int[] twice = PIECES.encode(text + " " + text, 1000);
      assertThat(twice).hasSize(2 * all.length - 2).startsWith(Arrays.copyOf(all, all.length - 1));
    }
  }
}
