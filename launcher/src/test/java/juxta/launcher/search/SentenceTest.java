package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {
  @Test
  void leavesOutWhatIsUnknownWithItsWords() {
    assertThat(
            Sentence.of(
                Map.of(
                    "age-group", "older adult",
                    "sex", "female",
                    "race", "asian",
                    "diagnosis", "stage iii periodontitis",
                    "region", "36")))
        .isEqualTo(
            "older adult female asian patient with stage iii periodontitis, tooth region 36.");
    assertThat(Sentence.of(Map.of("diagnosis", "gingivitis")))
        .isEqualTo("patient with gingivitis.");
    assertThat(Sentence.of(Map.of("sex", "male", "region", "11")))
        .isEqualTo("male patient, tooth region 11.");
    assertThat(Sentence.of(Map.of("colour", "red"))).isEmpty();
    assertThat(Sentence.of(Map.of())).isEmpty();
  }

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
    assertThat(Sentence.fits(List.of(good, good))).isTrue();
    assertThat(Sentence.fits(List.of(good, other))).isFalse();
    assertThat(Sentence.fits(List.of())).isFalse();
  }
}
