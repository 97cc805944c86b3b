package juxta.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {
  @Test
  void areNumPysPercentiles() {
    assertThat(Quartiles.of(4, 1, 3, 2)).isEqualTo(new Quartiles(1, 1.75, 2.5, 3.25));
    assertThat(Quartiles.of(5)).isEqualTo(new Quartiles(5, 5, 5, 5));
  }

  @Test
  void optionsAreReadInAnyOrder() {
    assertThat(Options.parse(List.of("--csv", "--steps", "3", "--batch", "8"), Options.DEFAULTS))
        .isEqualTo(
            new Options(8, 32, 3, 5, Options.DEFAULTS.threads(), PeerTask.RESNET18, 100_000, true));
    assertThatThrownBy(() -> Options.parse(List.of("--steps"), Options.DEFAULTS))
        .hasMessage("--steps needs a value");
    assertThatThrownBy(() -> Options.parse(List.of("--steps", "x"), Options.DEFAULTS))
        .hasMessage("--steps: 'x' is no whole number");
    assertThatThrownBy(() -> Options.parse(List.of("--step", "1"), Options.DEFAULTS))
        .hasMessage("no option '--step'");
  }
}
