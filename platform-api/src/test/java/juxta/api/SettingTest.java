package juxta.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  private static final Setting<Integer> WIDTH = Setting.integer("width", 8).range(1, 64);
  private static final Setting<Double> RATE = Setting.real("rate", 0.1).atLeast(0);
  private static final Setting<Optional<Integer>> SIDE =
      Setting.integer("side").range(4, 99).unset("that of the data", "-1");

  @ParameterizedTest
  @ValueSource(strings = {"Width", "", "1st", "a_b", "a.b", "ä", "-a"})
  void keysAreKebabCase(String key) {
    assertThatThrownBy(() -> Setting.flag(key, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kebab-case");
  }

  @Test
  void aDefaultLiesInItsRange() {
    assertThatThrownBy(() -> Setting.integer("epochs", 0).range(1, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs: default 0 is out of range (1 to 9)");
    assertThatThrownBy(() -> WIDTH.defaultsTo(65)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SIDE.defaultsTo(Optional.of(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Setting.choice("way", "up", "left", "right"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'up' is no choice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0    | is out of range (1 to 64)
          65   | is out of range (1 to 64)
          1.5  | is not a whole number
          ten  | is not a whole number
          ''   | is not a whole number
          3e9  | is not a whole number
          9999999999 | is not a whole number
          """)
  void wrongWholeNumbersAreNamed(String text, String what) {
    assertThatThrownBy(() -> WIDTH.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "x", ""})
  void numbersAreFinite(String text) {
    assertThatThrownBy(() -> RATE.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double rate = Math.scalb(random.nextDouble(), random.nextInt(200) - 100);
      int width = 1 + random.nextInt(64);
      assertThat(RATE.parse(RATE.text(rate))).isEqualTo(rate);
      assertThat(WIDTH.parse(" " + WIDTH.text(width) + " ")).isEqualTo(width);
    }
    assertThat(SIDE.parse(SIDE.text(Optional.empty()))).isEmpty();
    assertThat(SIDE.parse(SIDE.text(Optional.of(7)))).contains(7);
  }

  @Test
  void whatIsUnsetSaysWhatHolds() {
    assertThat(SIDE.parse("unset")).isEmpty();
    assertThat(SIDE.parse("-1")).as("as older runs wrote it").isEmpty();
    assertThat(SIDE.parse("4")).contains(4);
    assertThatThrownBy(() -> SIDE.parse("3")).hasMessageContaining("4 to 99");
    assertThat(SIDE.defaultText()).isEqualTo("unset: that of the data");
    assertThatThrownBy(() -> WIDTH.unset("none")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void formsAndRangesAreForPeople() {
    assertThat(WIDTH.form()).isEqualTo("integer");
    assertThat(WIDTH.type()).isEqualTo(SettingType.INTEGER);
    assertThat(WIDTH.range()).isEqualTo("1 to 64");
    assertThat(RATE.range()).isEqualTo("0 or more");
    assertThat(Setting.real("x", 0).range(-1e-3, 0.5).range()).isEqualTo("-0.001 to 0.5");
    assertThat(Setting.text("x", "").range()).isEmpty();
    assertThat(Setting.text("x", "").defaultText()).isEqualTo("\"\"");
    assertThat(Setting.choice("x", "b", "a", "b").form()).isEqualTo("a|b");
    assertThat(Setting.file("x", "", "imagenet").form()).isEqualTo("file|imagenet");
    assertThat(Setting.flag("x", true).form()).isEqualTo("true|false");
  }

  @Test
  void flagsTakeTheUsualWords() {
    Setting<Boolean> flag = Setting.flag("x", false);
    assertThat(flag.parse("YES")).isTrue();
    assertThat(flag.parse("0")).isFalse();
    assertThatThrownBy(() -> flag.parse("maybe")).hasMessage("'maybe' is not true or false");
  }

  @Test
  void filesAreLookedFor(@TempDir Path folder) throws IOException {
    Setting<String> file = Setting.file("weights", "", "init");
    Path there = Files.createFile(folder.resolve("a"));
    assertThat(file.missing(there.toString())).isEmpty();
    assertThat(file.missing("init")).isEmpty();
    assertThat(file.missing("")).isEmpty();
    assertThat(file.missing(folder.resolve("b").toString()).orElseThrow()).contains("is not there");
    assertThat(file.missing("a\0b").orElseThrow()).contains("cannot be the name of a file");
    assertThat(Setting.text("weights", "").missing("nowhere")).isEmpty();
  }

  @Test
  void settingsAnswerWithTextsAndWithValues() {
    Settings texts = Settings.of(Map.of("width", "16", "side", "unset"));
    assertThat(texts.get(WIDTH)).isEqualTo(16);
    assertThat(texts.get(SIDE)).isEmpty();
    assertThat(texts.has(SIDE)).isTrue();
    assertThat(texts.get(RATE)).isEqualTo(0.1);
    assertThatThrownBy(() -> Settings.of(Map.of("width", "0")).get(WIDTH))
        .isInstanceOf(UserException.class)
        .hasMessage("width: '0' is out of range (1 to 64)");
    Settings values = Settings.checked(Map.of("width", 16, "side", Optional.of(5)));
    assertThat(values.get(WIDTH)).isEqualTo(16);
    assertThat(values.get(SIDE)).contains(5);
  }

  /**
   * As SPPS asks for the settings of frameworks, of which some have a default and some have none.
   */
  @Test
  void aValueThatMayBeUnsetIsReadWithADefaultToo() {
    Setting<Optional<Integer>> open = Setting.integer("width").range(1, 9);
    Setting<Integer> fixed = Setting.integer("width", 4).range(1, 9);
    assertThat(Settings.checked(Map.of("width", Optional.of(7))).get(fixed)).isEqualTo(7);
    assertThat(Settings.checked(Map.of("width", Optional.empty())).get(fixed)).isEqualTo(4);
    assertThat(Settings.checked(Map.of("width", 7)).get(open)).contains(7);
    assertThat(Settings.checked(Map.of("width", Optional.of(7))).get(open)).contains(7);
    assertThat(Settings.DEFAULTS.get(open)).isEmpty();
  }
}
