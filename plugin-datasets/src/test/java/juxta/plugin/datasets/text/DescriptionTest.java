package juxta.plugin.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
  private static final Description WHOLE =
      new Description("Older adult", "F", " Asian", "Stage  II\tperiodontitis ", "36");

  @Test
  void theCanonicalSentence() {
    assertThat(WHOLE.text())
        .isEqualTo(
            "older adult female asian patient with stage ii periodontitis, tooth region 36.");
  }

  @ParameterizedTest
  @CsvSource({
    "adult, m, , gingivitis, , adult male patient with gingivitis.",
    ", , , gingivitis, , patient with gingivitis.",
    "adult, , , , , adult patient.",
    ", unknown, black, healthy, 11, 'unknown black patient with healthy, tooth region 11.'",
    ", , , , 11, 'patient, tooth region 11.'"
  })
  void whatIsMissingGoesWithItsWords(
      String age, String sex, String race, String diagnosis, String region, String text) {
    Description some = new Description(or(age), or(sex), or(race), or(diagnosis), or(region));
    assertThat(some.text()).isEqualTo(text);
    assertThat(some.empty()).isFalse();
  }

  private static String or(String part) {
    return part == null ? "" : part;
  }

  @Test
  void fourWaysToSayIt() {
    assertThat(WHOLE.captions())
        .containsExactly(
            WHOLE.text(),
            "radiograph of an older adult female asian patient, region 36, showing stage ii"
                + " periodontitis.",
            "stage ii periodontitis at tooth region 36 in an older adult female asian patient.",
            "diagnosis: stage ii periodontitis; patient: older adult female asian; tooth region:"
                + " 36.");
  }

  /** All 31 sets of known parts. */
  @Test
  void everyCaptionSaysAllThatIsKnownAndNothingElse() {
    List<String> parts = List.of("young adult", "male", "white", "gingivitis", "upper molar");
    for (int set = 1; set < 32; set++) {
      String[] known = new String[5];
      for (int i = 0; i < 5; i++) {
        known[i] = (set >> i & 1) == 1 ? parts.get(i) : "";
      }
      Description one = new Description(known[0], known[1], known[2], known[3], known[4]);
      assertThat(one.captions()).hasSize(4).startsWith(one.text());
      assertThat(new HashSet<>(one.captions())).hasSize(4);
      for (String caption : one.captions()) {
        assertThat(caption)
            .contains(known)
            .matches("[a-z][a-z,:; -]*[a-z]\\.")
            .doesNotContain("  ");
      }
    }
    assertThat(new Description("", " ", "", "\t", "").empty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, pediatric", "17.9, pediatric", "18, young adult", "34, young adult", "35, adult",
    "49, adult", "50, middle-aged", "64, middle-aged", "65, older adult", "130, older adult",
    "054Y, middle-aged", "' 54.5 ', middle-aged"
  })
  void agesInWords(String years, String words) {
    assertThat(AgeGroup.of(years).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "old", "-1", "131", "NaN", "Infinity", "Y", "20-30"})
  void whatIsNoAge(String years) {
    assertThatThrownBy(() -> AgeGroup.of(years)).isInstanceOf(NumberFormatException.class);
  }
}
