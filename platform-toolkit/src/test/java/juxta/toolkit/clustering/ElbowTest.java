package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ElbowTest {
  @Test
  void isWhereTheCurveIsFarthestBelowTheLine() {
    // scaled: 1, .2, .1, 0 under 1, 2/3, 1/3, 0
    Elbow elbow = Elbow.of(2, 110, 30, 20, 10);
    assertThat(elbow.k()).isEqualTo(3);
    assertThat(elbow.found()).isTrue();
    assertThat(elbow.depth()).isCloseTo(2.0 / 3 - 0.2, within(1e-12));
  }

  @Test
  void scaleAndShiftOfTheDistortionDoNotMatter() {
    double[] curve = {9, 4, 3, 2.5, 2.2};
    double[] other = IntStream.range(0, 5).mapToDouble(i -> 7 + 1000 * curve[i]).toArray();
    assertThat(Elbow.of(2, other).k()).isEqualTo(Elbow.of(2, curve).k());
    assertThat(Elbow.of(2, other).depth()).isCloseTo(Elbow.of(2, curve).depth(), within(1e-12));
  }

  @Test
  void withoutAnElbowItIsTheMiddle() {
    Elbow line = Elbow.of(2, IntStream.range(0, 18).mapToDouble(i -> 100 - i).toArray());
    assertThat(line.found()).isFalse();
    assertThat(line.k()).isEqualTo(11); // floor(2 + 0.5 (20 - 2))
    Elbow bulge = Elbow.of(2, IntStream.range(0, 18).mapToDouble(i -> 400 - i * i).toArray());
    assertThat(bulge.found()).isFalse();
    assertThat(bulge.depth()).isZero();
    assertThat(Elbow.of(2, new double[18]).k()).isEqualTo(11);
    assertThat(Elbow.of(4, 5.0).k()).isEqualTo(4);
  }

  @Test
  void findsTheNumberOfSeparatedBlobs() {
    for (int blobs = 3; blobs <= 5; blobs++) {
      Blobs data = Blobs.of(blobs, 40, 6, blobs);
      List<Integer> asked = new ArrayList<>();
      Elbow elbow =
          Elbow.search(
              data.points(),
              2,
              12,
              k -> {
                asked.add(k);
                return KMeans.of(k, 3);
              });
      assertThat(elbow.k()).isEqualTo(blobs);
      assertThat(elbow.distortions()).hasSize(11);
      assertThat(asked).containsExactlyElementsOf(IntStream.rangeClosed(2, 12).boxed().toList());
    }
  }

  @Test
  void noMoreClustersThanPointsAreTried() {
    assertThat(Elbow.search(Blobs.noise(5, 2, 1), 2, 19, k -> KMeans.of(k, 1)).distortions())
        .hasSize(4);
    assertThatThrownBy(() -> Elbow.search(Blobs.noise(1, 2, 1), 2, 19, k -> KMeans.of(k, 1)))
        .hasMessage("2 to 19 clusters of 1 points");
  }
}
