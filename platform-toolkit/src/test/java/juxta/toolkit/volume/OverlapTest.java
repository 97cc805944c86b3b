package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import juxta.toolkit.Conformance;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final Extent EXTENT = new Extent(9, 8, 10);
  private static final byte[] NONE = new byte[EXTENT.voxels()];

  private static Overlap score(byte[] prediction, byte[] truth) {
    return Overlap.of(prediction, truth, EXTENT, Spacing.VOXELS, EmptyMasks.STRICT);
  }

  private static byte[] mask(JsonNode node) {
    double[] numbers = Conformance.numbers(node);
    byte[] mask = new byte[numbers.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) numbers[i];
    }
    return mask;
  }

  @ParameterizedTest
  @CsvSource({"unit, 1, 1, 1", "anisotropic, 1.5, 1.0, 0.625"})
  void agreesWithMedpy(String name, double x, double y, double z) {
    JsonNode file = Conformance.read("volume_overlap");
    JsonNode a = file.path("inputs").path("a");
    Extent extent = new Extent(a.size(), a.get(0).size(), a.get(0).get(0).size());
    byte[] result = mask(a);
    byte[] reference = mask(file.path("inputs").path("b"));
    Spacing spacing = new Spacing(x, y, z);
    JsonNode expected = file.path("expected").path(name);
    Offset<Double> tolerance = within(1e-9); // the file's own is 1e-4
    Overlap found = Overlap.of(result, reference, extent, spacing, EmptyMasks.REFERENCE);
    assertThat(found.dice()).isCloseTo(expected.path("dice").asDouble(), tolerance);
    assertThat(found.jaccard()).isCloseTo(expected.path("jaccard").asDouble(), tolerance);
    assertThat(found.hd95()).isCloseTo(expected.path("hd95").asDouble(), tolerance);
    assertThat(found.asd()).isCloseTo(expected.path("asd").asDouble(), tolerance);
    SurfaceDistances both = SurfaceDistances.between(result, reference, extent, spacing);
    assertThat(both.hausdorff(100)).isCloseTo(expected.path("hd").asDouble(), tolerance);
    double sum = Arrays.stream(both.forth()).sum() + Arrays.stream(both.back()).sum();
    assertThat(sum / (both.forth().length + both.back().length))
        .isCloseTo(expected.path("assd").asDouble(), tolerance);
  }

  @Test
  void pointsOfTheSpecification() {
    byte[] a = Blobs.points(EXTENT, 1, 4, 4);
    byte[] b = Blobs.points(EXTENT, 1, 4, 4, 5, 4, 4);
    assertThat(score(a, b).hd95()).isCloseTo(3.6, CLOSE);
    assertThat(score(a, b).asd()).isZero();
    assertThat(score(b, a).asd()).isEqualTo(2);
    assertThat(score(a, b).dice()).isCloseTo(2 / 3.0, CLOSE);
    assertThat(score(a, b).jaccard()).isEqualTo(.5);
  }

  @Test
  void cubesOfTheSpecification() {
    byte[] a = Blobs.box(EXTENT, 2, 2, 2, new Extent(3, 3, 3));
    byte[] b = Blobs.box(EXTENT, 3, 2, 2, new Extent(3, 3, 3));
    Overlap found = score(a, b);
    assertThat(found.dice()).isCloseTo(2 / 3.0, CLOSE);
    assertThat(found.jaccard()).isEqualTo(.5);
    assertThat(found.hd95()).isEqualTo(1);
    assertThat(found.asd()).isCloseTo(10 / 26.0, CLOSE);
  }

  @Test
  void millimetresFollowTheAxes() {
    byte[] a = Blobs.points(EXTENT, 1, 4, 4);
    byte[] b = Blobs.points(EXTENT, 1, 4, 7);
    Spacing spacing = Spacing.of(Grid.of(9, 8, 10, 1.5, 1, .625));
    Overlap found = Overlap.of(a, b, EXTENT, spacing, EmptyMasks.STRICT);
    assertThat(found.hd95()).isCloseTo(3 * .625, CLOSE);
    assertThat(found.asd()).isCloseTo(3 * .625, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {.01, .2, .8})
  void scoresOfAMaskWithItself(double share) {
    byte[] mask = Blobs.random(EXTENT, share, 4);
    assertThat(score(mask, mask)).isEqualTo(new Overlap(1, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void allButTheAverageDistanceAreSymmetric(long seed) {
    byte[] a = Blobs.random(EXTENT, .05, seed);
    byte[] b = Blobs.random(EXTENT, .2, -seed);
    Overlap forth = score(a, b);
    Overlap back = score(b, a);
    assertThat(forth.dice()).isEqualTo(back.dice());
    assertThat(forth.jaccard()).isEqualTo(back.jaccard());
    assertThat(forth.hd95()).isEqualTo(back.hd95());
    assertThat(forth.asd()).isNotEqualTo(back.asd());
    assertThat(forth.jaccard()).isCloseTo(forth.dice() / (2 - forth.dice()), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mirrorsAndTurnsChangeNothing(long seed) {
    byte[] a = Blobs.random(EXTENT, .05, seed);
    byte[] b = Blobs.random(EXTENT, .03, -seed);
    Spacing spacing = new Spacing(.7, 1.1, 2.3);
    Overlap found = Overlap.of(a, b, EXTENT, spacing, EmptyMasks.STRICT);
    for (int axis = 0; axis < 3; axis++) {
      close(
          Overlap.of(
              Blobs.flipped(a, EXTENT, axis),
              Blobs.flipped(b, EXTENT, axis),
              EXTENT,
              spacing,
              EmptyMasks.STRICT),
          found);
    }
    close(
        Overlap.of(
            Blobs.turned(a, EXTENT),
            Blobs.turned(b, EXTENT),
            Blobs.turned(EXTENT),
            new Spacing(2.3, .7, 1.1),
            EmptyMasks.STRICT),
        found);
  }

  private static void close(Overlap actual, Overlap expected) {
    assertThat(actual.dice()).isEqualTo(expected.dice());
    assertThat(actual.jaccard()).isEqualTo(expected.jaccard());
    assertThat(actual.hd95()).isCloseTo(expected.hd95(), CLOSE);
    assertThat(actual.asd()).isCloseTo(expected.asd(), CLOSE);
  }

  @Test
  void emptyPredictions() {
    byte[] truth = Blobs.points(EXTENT, 1, 2, 3);
    assertThat(Overlap.of(NONE, truth, EXTENT, Spacing.VOXELS, EmptyMasks.REFERENCE))
        .isEqualTo(new Overlap(0, 0, 0, 0));
    assertThat(Overlap.of(NONE, truth, EXTENT, Spacing.VOXELS, EmptyMasks.STRICT))
        .isEqualTo(new Overlap(0, 0, Double.NaN, Double.NaN));
  }

  @ParameterizedTest
  @EnumSource
  void emptyTruth(EmptyMasks rule) {
    byte[] prediction = Blobs.points(EXTENT, 1, 2, 3);
    assertThat(Overlap.of(prediction, NONE, EXTENT, Spacing.VOXELS, rule))
        .isEqualTo(new Overlap(0, 0, Double.NaN, Double.NaN));
  }

  @Test
  void bothEmpty() {
    assertThat(Overlap.of(NONE, NONE, EXTENT, Spacing.VOXELS, EmptyMasks.REFERENCE))
        .isEqualTo(new Overlap(1, 1, 0, 0));
    assertThat(Overlap.of(NONE, NONE, EXTENT, Spacing.VOXELS, EmptyMasks.STRICT))
        .isEqualTo(new Overlap(1, 1, Double.NaN, Double.NaN));
  }

  @Test
  void meansLeaveOutWhatIsUndefinedAndCountIt() {
    MeanOverlap mean =
        MeanOverlap.of(
            List.of(
                new Overlap(.5, .25, 4, 1),
                new Overlap(0, 0, Double.NaN, Double.NaN),
                new Overlap(1, .5, 6, 3)));
    assertThat(mean).isEqualTo(new MeanOverlap(new Overlap(.5, .25, 5, 2), 3, 1));
    MeanOverlap none = MeanOverlap.of(List.of(new Overlap(0, 0, Double.NaN, Double.NaN)));
    assertThat(none.mean()).isEqualTo(new Overlap(0, 0, Double.NaN, Double.NaN));
    assertThatThrownBy(() -> MeanOverlap.of(List.of())).hasMessageContaining("no scores");
  }

  @Test
  void masksOfOtherSizesAreRefused() {
    assertThatThrownBy(() -> score(NONE, new byte[3])).hasMessageContaining("3 voxels");
    assertThatThrownBy(() -> score(new byte[4], NONE)).hasMessageContaining("4 voxels");
  }
}
