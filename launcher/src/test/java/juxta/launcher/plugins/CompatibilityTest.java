package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.0",
    "0.1.0, 0.1.9",
    "0.1.9, 0.1.0",
    "0.1.0-SNAPSHOT, 0.1.0",
    "1.2.0, 1.2.5",
    "1.2.0, 1.3.0",
    "2, 2.0.1",
    "'', 0.1.0",
    "0.1.0, ''",
    "unknown, 0.1.0",
  })
  void fits(String built, String running) {
    assertThat(Compatibility.fits(built, running)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.2.0",
    "0.2.0, 0.1.0",
    "0.9.0, 1.0.0",
    "1.10.0, 1.9.0",
    "1.0.0, 2.0.0",
    "2.0.0, 1.9.0",
  })
  void doesNotFit(String built, String running) {
    assertThat(Compatibility.fits(built, running)).isFalse();
  }
}
