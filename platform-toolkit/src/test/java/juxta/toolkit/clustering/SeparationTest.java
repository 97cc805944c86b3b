package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class SeparationTest {
  /** On a line: 0, 2 | 10, 14. */
  private static final Matrix LINE = new Matrix(4, 1, new float[] {0, 2, 10, 14});

  @Test
  void smallCasesAreExact() {
    int[] pairs = {0, 0, 1, 1};
    // a: 2, 2, 4, 4; b: 12, 10, 9, 13
    double silhouette = (10 / 12.0 + 8 / 10.0 + 5 / 9.0 + 9 / 13.0) / 4;
    assertThat(Separation.silhouette(LINE, pairs).getAsDouble())
        .isCloseTo(silhouette, within(1e-12));
    // means 1 and 12, spreads 1 and 2
    assertThat(Separation.daviesBouldin(LINE, pairs).getAsDouble())
        .isCloseTo(3 / 11.0, within(1e-12));
    // points that are alone have 0; 0: a 2, b 10; 2: a 2, b 8; names need not be in a row
    assertThat(Separation.silhouette(LINE, new int[] {5, 5, 0, 3}).getAsDouble())
        .isCloseTo((8 / 10.0 + 6 / 8.0) / 4, within(1e-12));
  }

  @Test
  void oneClusterHasNone() {
    assertThat(Separation.silhouette(LINE, new int[4])).isEmpty();
    assertThat(Separation.daviesBouldin(LINE, new int[4])).isEmpty();
    Matrix same = new Matrix(4, 1, new float[] {1, 1, 1, 1});
    assertThat(Separation.silhouette(same, new int[] {0, 0, 1, 1})).hasValue(0);
    assertThat(Separation.daviesBouldin(same, new int[] {0, 0, 1, 1})).hasValue(0);
    Matrix crossed = new Matrix(4, 1, new float[] {-1, 1, -2, 2});
    assertThat(Separation.daviesBouldin(crossed, new int[] {0, 0, 1, 1}))
        .hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void scaleAndShiftDoNotMatterAndBlobsAreApart() {
    Random random = new Random(2);
    for (int trial = 0; trial < 20; trial++) {
      Blobs blobs = Blobs.of(2 + random.nextInt(3), 10, 4, trial);
      float[] moved = new float[blobs.points().values().length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = 4 * blobs.points().values()[i] + 8;
      }
      Matrix other = new Matrix(blobs.points().rows(), 4, moved);
      double silhouette = Separation.silhouette(blobs.points(), blobs.labels()).getAsDouble();
      double index = Separation.daviesBouldin(blobs.points(), blobs.labels()).getAsDouble();
      assertThat(Separation.silhouette(other, blobs.labels()).getAsDouble())
          .isCloseTo(silhouette, within(1e-5));
      assertThat(Separation.daviesBouldin(other, blobs.labels()).getAsDouble())
          .isCloseTo(index, within(1e-5));
      int[] drawn = IntStream.range(0, other.rows()).map(i -> random.nextInt(3)).toArray();
      drawn[0] = 0;
      drawn[1] = 1;
      assertThat(silhouette)
          .isBetween(.8, 1.0)
          .isGreaterThan(Separation.silhouette(other, drawn).getAsDouble() + .5);
      assertThat(index).isLessThan(Separation.daviesBouldin(other, drawn).getAsDouble());
    }
  }
}
