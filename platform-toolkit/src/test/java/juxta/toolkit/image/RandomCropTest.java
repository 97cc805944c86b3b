package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class RandomCropTest {
  private static final int N = 4000;

  /** Rows: top, height, left, width, sign of the column's step. */
  private static float[][] draw(int h, int w, Range area, double flip) {
    float[] flat =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              RandomCrop crop =
                  RandomCrop.draw(scope, tf.constant(new int[] {N, h, w, 3}), 32, area, flip);
              List<Operand<TFloat32>> parts =
                  List.of(
                      crop.rows().low(),
                      tf.math.sub(crop.rows().high(), crop.rows().low()),
                      crop.columns().low(),
                      tf.math.sub(crop.columns().high(), crop.columns().low()),
                      tf.math.sign(crop.columns().step()));
              return tf.stack(parts);
            });
    float[][] rows = new float[5][N];
    for (int i = 0; i < flat.length; i++) {
      rows[i / N][i % N] = flat[i];
    }
    return rows;
  }

  @Test
  void boxesLieInsideAndFollowTheirDistributions() {
    float[][] box = draw(100, 100, new Range(0.2, 0.5), 0.3);
    double area = 0;
    double logRatio = 0;
    double flips = 0;
    double place = 0;
    for (int i = 0; i < N; i++) {
      assertThat(box[0][i]).isBetween(0f, 100 - box[1][i]);
      assertThat(box[2][i]).isBetween(0f, 100 - box[3][i]);
      assertThat(box[1][i]).isEqualTo((float) Math.rint(box[1][i]));
      assertThat(box[0][i]).isEqualTo((float) Math.rint(box[0][i]));
      double share = box[1][i] * box[3][i] / 1e4;
      assertThat(share).isBetween(0.19, 0.51);
      double ratio = box[3][i] / box[1][i];
      assertThat(ratio).isBetween(0.73, 1.37);
      area += share / N;
      logRatio += Math.log(ratio) / N;
      flips += (box[4][i] < 0 ? 1.0 : 0) / N;
      place += box[0][i] / (100 - box[1][i]) / N;
    }
    assertThat(area).isCloseTo(0.35, within(0.01));
    assertThat(logRatio).isCloseTo(0, within(0.01));
    assertThat(flips).isCloseTo(0.3, within(0.03));
    assertThat(place).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theWholeAreaOfAnOblongImageFallsBackToItsMiddle() {
    float[][] box = draw(40, 400, new Range(1, 1), 0);
    assertThat(box[1]).containsOnly(40);
    assertThat(box[3]).containsOnly(53); // 40 * 4/3
    assertThat(box[2]).containsOnly(173); // (400 - 53) / 2, rounded down
    assertThat(box[4]).containsOnly(1);
  }

  @Test
  void theWholeAreaOfASquareImageIsItself() {
    float[][] box = draw(32, 32, new Range(1, 1), 1);
    assertThat(box[0]).containsOnly(0);
    assertThat(box[1]).containsOnly(32);
    assertThat(box[4]).containsOnly(-1);
  }
}
