package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import juxta.api.TextTemplate;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static final TextTemplate TEMPLATE =
      new TextTemplate("[{sex} ]patient[ with {diagnosis}].");

  @Test
  void sameInCaseBlanksAndFullStop() {
    assertThat(Sentence.same("Male  patient with gingivitis", "male patient with gingivitis. "))
        .isTrue();
    assertThat(Sentence.same("male patient", "female patient")).isFalse();
    assertThat(Sentence.same("", "")).isFalse();
    assertThat(Sentence.same(".", ". ")).isFalse();
  }

  @Test
  void fitsTextsThatAreSuchSentences() {
    Card good =
        new Card(
            "a",
            "train",
            0,
            Map.of("text", "male patient with x.", "sex", "male", "diagnosis", "x"));
    Card other = new Card("b", "train", 1, Map.of("text", "a photo of a cat", "sex", "male"));
    assertThat(Sentence.fits(TEMPLATE, List.of(good, good))).isTrue();
    assertThat(Sentence.fits(TEMPLATE, List.of(good, other))).isFalse();
    assertThat(Sentence.fits(TEMPLATE, List.of())).isFalse();
  }
}
