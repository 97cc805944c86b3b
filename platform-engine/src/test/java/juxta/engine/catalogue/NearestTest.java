package juxta.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> METHODS =
      List.of("byol", "mocov2", "mocov3", "patchmix", "simclr", "simsiam", "spps");

  @ParameterizedTest
  @CsvSource({
    "simclrr, simclr",
    "SimCLR, simclr",
    "smiclr, simclr",
    "simsam, simsiam",
    "moco-v3, mocov3",
    "patch-mix, patchmix",
    "mocov, mocov2",
    "byo, byol",
  })
  void slipsOfTheFingerAreUnderstood(String typed, String meant) {
    assertThat(Nearest.to(typed, METHODS)).contains(meant);
    assertThat(Nearest.hint(typed, METHODS)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"dino", "x", "barlow-twins", "''"})
  void nothingIsSuggestedWhereNothingIsNear(String typed) {
    assertThat(Nearest.to(typed, METHODS)).isEmpty();
    assertThat(Nearest.hint(typed, METHODS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, '', 3", "ca, abc, 3"})
  void distanceCountsEdits(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void naturalOrderReadsNumbers() {
    assertThat(
            Stream.of("resnet101", "vit", "resnet18", "resnet", "resnet9", "r2b", "r2a", "r02")
                .sorted(NaturalOrder.NATURAL))
        .containsExactly("r02", "r2a", "r2b", "resnet", "resnet9", "resnet18", "resnet101", "vit");
  }

  @Test
  void naturalOrderTellsAllNamesApart() {
    assertThat(NaturalOrder.NATURAL.compare("a01", "a1")).isNegative();
    assertThat(NaturalOrder.NATURAL.compare("a1", "a1")).isZero();
  }
}
