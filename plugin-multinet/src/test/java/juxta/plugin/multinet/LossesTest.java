package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import juxta.api.GraphScope;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The two losses as functions of embeddings. */
class LossesTest {
  /** Embeddings in a graph. */
  private record Embeddings(
      List<Operand<TFloat32>> p,
      Operand<TFloat32> c1,
      Operand<TFloat32> c2,
      Operand<TFloat32> n1,
      Operand<TFloat32> n3) {
    Operand<TFloat32> local(Losses losses) {
      return losses.local(p.get(0), p.get(1), c1, c2);
    }

    Operand<TFloat32> global(Losses losses) {
      return losses.global(p.get(0), p.get(2), n1, n3);
    }
  }

  /** Embeddings: p1, p2, p3, n1, n3, then the combinations of view 1 and of view 2. */
  private record Numbers(List<double[][]> all) {
    static Numbers random(long seed, int batch, int width, int combinations) {
      Random random = new Random(seed);
      List<double[][]> all = new ArrayList<>();
      for (int i = 0; i < 5 + 2 * combinations; i++) {
        double[][] rows = new double[batch][width];
        for (double[] row : rows) {
          Arrays.setAll(row, c -> random.nextGaussian());
        }
        all.add(rows);
      }
      return new Numbers(all);
    }

    int combinations() {
      return (all.size() - 5) / 2;
    }

    int batch() {
      return all.get(0).length;
    }

    Embeddings in(GraphScope scope) {
      List<Operand<TFloat32>> t =
          all.subList(0, 5).stream().map(rows -> Trials.tensor(scope, rows)).toList();
      int n = combinations();
      return new Embeddings(
          t.subList(0, 3), blocks(scope, 5, n), blocks(scope, 5 + n, n), t.get(3), t.get(4));
    }

    private Operand<TFloat32> blocks(GraphScope scope, int from, int n) {
      return Trials.tensor(
          scope,
          all.subList(from, from + n).stream().flatMap(Arrays::stream).toArray(double[][]::new));
    }

    Numbers with(UnaryOperator<double[]> change) {
      return new Numbers(
          all.stream().map(m -> Arrays.stream(m).map(change).toArray(double[][]::new)).toList());
    }

    /** L_loc and L_glo. */
    List<Double> losses(String... settings) {
      List<Double> found = new ArrayList<>();
      Graphs.all(
              scope -> {
                Embeddings e = in(scope);
                Losses losses = losses(scope, batch(), settings);
                return List.of(e.local(losses), e.global(losses));
              })
          .forEach(value -> found.add((double) value[0]));
      return found;
    }

    static Losses losses(GraphScope scope, int batch, String... settings) {
      return new Losses(
          new FakeSetup(new TrialImages(20, 8), batch, 1, Trials.settings(settings)), scope);
    }
  }

  private static Numbers reference(JsonNode file) {
    List<double[][]> all = new ArrayList<>();
    for (String name : List.of("p1", "p2", "p3", "n1", "n3")) {
      all.add(Conformance.matrix(file.at("/inputs/" + name)));
    }
    for (String name : List.of("k1", "k2")) {
      double[][] blocks = Conformance.matrix(file.at("/inputs/" + name));
      for (int j = 0; j < 6; j++) {
        all.add(Arrays.copyOfRange(blocks, 5 * j, 5 * j + 5));
      }
    }
    return new Numbers(all);
  }

  private static void close(float[] found, JsonNode expected) {
    float[] numbers = Trials.flat(Conformance.matrix(expected));
    assertThat(found).containsExactly(numbers, within(1e-5f));
  }

  @Test
  void conformsToTheReleasedCode() {
    JsonNode file = Conformance.read("multinet_loss");
    Numbers numbers = reference(file);
    JsonNode expected = file.get("expected");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Embeddings e = numbers.in(scope);
              var released = Numbers.losses(scope, 5, "local-gradient=as-released");
              var designed = Numbers.losses(scope, 5);
              Operand<TFloat32> local = e.local(designed);
              Operand<TFloat32> loss = // as released
                  scope
                      .tf()
                      .math
                      .add(
                          e.local(released),
                          scope.tf().math.mul(scope.constant(6), e.global(released)));
              List<Operand<TFloat32>> wanted = new ArrayList<>(List.of(local, loss));
              wanted.addAll(Gradients.of(scope, loss, e.p()));
              wanted.addAll(Gradients.of(scope, local, e.p()));
              return wanted;
            });
    assertThat((double) found.get(0)[0]).isCloseTo(expected.get("local").asDouble(), within(1e-5));
    assertThat((double) found.get(1)[0]).isCloseTo(expected.get("loss").asDouble(), within(1e-4));
    close(found.get(2), expected.get("grad_p1_released"));
    assertThat(found.get(3)).containsOnly(0); // of p2
    close(found.get(4), expected.get("grad_p3_released"));
    close(found.get(5), expected.get("grad_local_p1"));
    close(found.get(6), expected.get("grad_local_p2"));
    assertThat(found.get(7)).containsOnly(0); // of p3
  }

  @ParameterizedTest
  @CsvSource({"2, 6, 2, 2", "5, 1, 1, 1", "7, 4, 2, 3"})
  void areTheSumsOfThePaper(int batch, int combinations, int splits, int combined) {
    Numbers numbers = Numbers.random(batch, batch, 4, combinations);
    List<double[][]> x = numbers.all();
    double local = 0;
    for (int j = 0; j < combinations; j++) {
      local += Plain.infoNce(x.get(1), x.get(5 + j)) / (2 * combinations); // p2, c_1j
      local += Plain.infoNce(x.get(0), x.get(5 + combinations + j)) / (2 * combinations);
    }
    double global = (Plain.ntx(x.get(4), x.get(0)) + Plain.ntx(x.get(3), x.get(2))) / 2;
    List<Double> found = numbers.losses("splits=" + splits, "parts-combined=" + combined);
    assertThat(found.get(0)).isCloseTo(local, within(1e-5));
    assertThat(found.get(1)).isCloseTo(global, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 256})
  void equalEmbeddingsGiveLogarithms(int batch) {
    double[][] same = new double[batch][3];
    Arrays.stream(same).forEach(row -> Arrays.fill(row, 0.7));
    List<Double> found = new Numbers(Collections.nCopies(17, same)).losses();
    assertThat(found.get(0)).isCloseTo(Math.log(batch), within(1e-4));
    assertThat(found.get(1)).isCloseTo(Math.log(2 * batch - 1), within(1e-4));
    if (batch == 256) {
      assertThat(found.get(0) + 6 * found.get(1)).isCloseTo(42.96, within(0.01));
    }
  }

  @Test
  void lengthsOfEmbeddingsDoNotMatter() {
    Numbers numbers = Numbers.random(9, 5, 4, 6);
    Random lengths = new Random(1);
    Numbers scaled =
        numbers.with(
            row -> {
              double length = Math.exp(4 * lengths.nextGaussian());
              return Arrays.stream(row).map(v -> v * length).toArray();
            });
    List<Double> found = scaled.losses();
    List<Double> expected = numbers.losses();
    for (int loss = 0; loss < 2; loss++) {
      assertThat(found.get(loss)).isCloseTo(expected.get(loss), within(1e-5));
    }
  }

  /** The local loss reaches p1 and p2, the global one p1 and p3. */
  @Test
  void gradientsGoWhereTheyShould() {
    Numbers numbers = Numbers.random(2, 5, 4, 6);
    List<float[]> found =
        Graphs.all(
            scope -> {
              Embeddings e = numbers.in(scope);
              Losses designed = Numbers.losses(scope, 5);
              Losses released = Numbers.losses(scope, 5, "local-gradient=as-released");
              List<Operand<TFloat32>> wanted = new ArrayList<>();
              wanted.addAll(Gradients.of(scope, e.local(designed), e.p()));
              wanted.addAll(Gradients.of(scope, e.local(released), e.p()));
              wanted.addAll(Gradients.of(scope, e.global(designed), e.p()));
              wanted.addAll(Gradients.of(scope, e.global(released), e.p()));
              return wanted;
            });
    boolean[] flows = {
      true, true, false, // designed, local
      false, false, false, // released, local
      true, false, true, // global
      true, false, true
    };
    for (int i = 0; i < flows.length; i++) {
      if (flows[i]) {
        assertThat(found.get(i)).as("gradient " + i).doesNotContain(0);
      } else {
        assertThat(found.get(i)).as("gradient " + i).containsOnly(0);
      }
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    List<long[]> shapes = new ArrayList<>(Collections.nCopies(5, new long[] {4, 3}));
    shapes.addAll(Collections.nCopies(2, new long[] {4 * 4, 3})); // single quarters
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            3,
            shapes,
            (scope, in) -> {
              Losses losses = Numbers.losses(scope, 4, "parts-combined=1");
              Embeddings e =
                  new Embeddings(in.subList(0, 3), in.get(5), in.get(6), in.get(3), in.get(4));
              return scope.tf().math.add(e.local(losses), e.global(losses));
            });
    assertThat(findings).hasSize(21).allMatch(finding -> finding.error() < 1e-3);
  }
}
