package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.Conformance;
import org.junit.jupiter.api.Test;

class KnnClassifierTest {
  @Test
  void conforms() {
    JsonNode file = Conformance.read("knn");
    int[] labels = ints(file.at("/inputs/bank_labels"));
    KnnClassifier knn =
        new KnnClassifier(
            matrix(file.at("/inputs/bank")),
            labels,
            4,
            file.at("/inputs/k").asInt(),
            file.at("/inputs/temperature").asDouble());
    Matrix queries = matrix(file.at("/inputs/queries"));
    int[][] found = knn.rank(queries);
    JsonNode expected = file.at("/expected/order");
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).containsExactly(ints(expected.get(i)));
    }
    assertThat(knn.predict(queries))
        .containsExactly(Arrays.stream(found).mapToInt(order -> order[0]).toArray());
  }

  private static Matrix matrix(JsonNode rows) {
    return new Matrix(rows.size(), rows.get(0).size(), Conformance.floats(rows));
  }

  private static int[] ints(JsonNode list) {
    return Arrays.stream(Conformance.numbers(list)).mapToInt(x -> (int) x).toArray();
  }

  @Test
  void agreesWithThePlainFormulaForManySizes() {
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      int bank = 1 + random.nextInt(1200);
      int width = 1 + random.nextInt(9);
      int k = 1 + random.nextInt(40);
      Matrix rows = random(random, bank, width);
      Matrix queries = random(random, 1 + random.nextInt(40), width);
      int[] labels = random.ints(bank, 0, 5).toArray();
      int[] found = new KnnClassifier(rows, labels, 5, k, .1).predict(queries);
      for (int q = 0; q < queries.rows(); q++) {
        assertThat(found[q]).isEqualTo(plain(rows, labels, k, queries.row(q)));
      }
    }
  }

  private static int plain(Matrix bank, int[] labels, int k, float[] query) {
    double[] cosines =
        IntStream.range(0, bank.rows()).mapToDouble(i -> cosine(bank.row(i), query)).toArray();
    double[] votes = new double[5];
    IntStream.range(0, bank.rows())
        .boxed()
        .sorted((a, b) -> Double.compare(cosines[b], cosines[a]))
        .limit(k)
        .forEach(i -> votes[labels[i]] += Math.exp(cosines[i] / .1));
    int best = 0;
    for (int c = 1; c < 5; c++) {
      best = votes[c] > votes[best] ? c : best;
    }
    return best;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static Matrix random(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(rows, columns, values);
  }

  @Test
  void oneHotFeaturesAreRightAndRandomOnesAreAtChance() {
    float[] eye = new float[100];
    for (int i = 0; i < 10; i++) {
      eye[11 * i] = 1;
    }
    int[] labels = IntStream.range(0, 10).toArray();
    Matrix hot = new Matrix(10, 10, eye);
    assertThat(new KnnClassifier(hot, labels, 10, 1, .1).predict(hot)).containsExactly(labels);
    Random random = new Random(3);
    int[] drawn = random.ints(2000, 0, 10).toArray();
    int[] asked = random.ints(2000, 0, 10).toArray();
    int[] found =
        new KnnClassifier(random(random, 2000, 16), drawn, 10, 20, .1)
            .predict(random(random, 2000, 16));
    assertThat(Classification.accuracy(found, asked)).isCloseTo(.1, within(.03));
  }

  @Test
  void tiesGoToTheLowerClassAndSmallBanksAreUsedWhole() {
    Matrix bank = new Matrix(2, 2, new float[] {1, 0, 1, 0});
    int[] labels = {2, 1};
    assertThat(
            new KnnClassifier(bank, labels, 3, 200, .1)
                .rank(new Matrix(1, 2, new float[] {3, 0}))[0])
        .containsExactly(1, 2, 0);
    assertThat(
            new KnnClassifier(bank, labels, 3, 1, .1).predict(new Matrix(1, 2, new float[] {3, 0})))
        .containsExactly(2); // the first record is the nearest
    assertThatThrownBy(() -> new KnnClassifier(bank, new int[1], 3, 1, .1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
