package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.metrics.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiningTest {
  private static final SimilarityBlocks SMALL = new SimilarityBlocks(7, 13);

  private static Rules rules(double low, double high, int perAnchor) {
    return new Rules(new Band(low, high), perAnchor, Rules.ALL, Rules.ALL);
  }

  private static Mining.Found mine(Matrix features, Rules rules, double share, long seed) {
    return new Mining(rules, share, false, SMALL).mine(features, seed, done -> {});
  }

  private static Set<List<Integer>> images(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> List.of(pair.first(), pair.second()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The rule in a few lines, one similarity after another. */
  private static Set<List<Integer>> plainly(Matrix features, int[] anchors, Rules rules) {
    Similarities exact = new Similarities(Rows.unit(features));
    Set<List<Integer>> pairs = new HashSet<>();
    for (int i : anchors) {
      List<Integer> fitting = new ArrayList<>();
      for (int j = 0; j < features.rows(); j++) {
        if (j != i && rules.band().holds(exact.of(i, j))) {
          fitting.add(j);
        }
      }
      fitting.sort(
          (a, b) -> {
            int order = Double.compare(exact.of(i, b), exact.of(i, a));
            return order == 0 ? Integer.compare(a, b) : order;
          });
      for (int j : fitting.subList(0, Math.min(rules.perAnchor(), fitting.size()))) {
        pairs.add(List.of(Math.min(i, j), Math.max(i, j)));
      }
    }
    return pairs;
  }

  @Test
  void findsWhatLookingAtEveryPairFinds() {
    Random random = new Random(5);
    for (int trial = 0; trial < 12; trial++) {
      // few columns: cosines of all sizes; a narrow cone: cosines that are nearly equal
      Matrix features = Vectors.random(40 + random.nextInt(40), 2 + random.nextInt(4), trial);
      if (trial % 3 == 0) {
        for (int row = 0; row < features.rows(); row++) {
          features.values()[row * features.columns()] += 30;
        }
      }
      double low = trial % 3 == 0 ? 0.99 : random.nextDouble();
      double high = low + (1 - low) * random.nextDouble();
      int perAnchor = List.of(1, 3, Rules.ALL).get(trial % 3 == 0 ? trial / 3 % 3 : trial % 3);
      Rules rules = rules(low, high, perAnchor);
      Mining mining = new Mining(rules, 0.5, false, SMALL);
      int[] anchors = mining.anchors(features.rows(), trial);
      List<Pair> found = mining.mine(features, trial, done -> {}).pairs();
      assertThat(images(found)).isEqualTo(plainly(features, anchors, rules));
      assertThat(found).isSortedAccordingTo(Pair.BY_IMAGES).doesNotHaveDuplicates();
      Set<Integer> chosen = IntStream.of(anchors).boxed().collect(Collectors.toSet());
      for (Pair pair : found) {
        assertThat(pair.first()).isLessThan(pair.second());
        assertThat(pair.similarity()).isBetween(low - Band.TOLERANCE, high + Band.TOLERANCE);
        assertThat(chosen.contains(pair.first()) || chosen.contains(pair.second())).isTrue();
      }
    }
  }

  /** A pair is once in the set although both of its images chose it. */
  @Test
  void tiesGoToTheSmallerIndex() {
    Matrix same = Vectors.clusters(9, 3);
    assertThat(images(mine(same, rules(0.9, 0.99, 1), 1, 1).pairs()))
        .containsExactlyInAnyOrder(
            List.of(0, 3),
            List.of(0, 6),
            List.of(1, 4),
            List.of(1, 7),
            List.of(2, 5),
            List.of(2, 8));
  }

  @Test
  void clustersArePairedWithinAndCopiesNever() {
    Matrix clusters = Vectors.clusters(60, 4);
    Matrix withCopy =
        new Matrix(
            61, clusters.columns(), Arrays.copyOf(clusters.values(), 61 * clusters.columns()));
    System.arraycopy(
        clusters.row(8), 0, withCopy.values(), 60 * clusters.columns(), clusters.columns());
    int[] labels = IntStream.range(0, 61).map(i -> i % 4).toArray();
    labels[60] = 0; // a copy of image 8
    for (int perAnchor : new int[] {1, 3, Rules.ALL}) {
      List<Pair> pairs = mine(withCopy, rules(0.97, 0.99, perAnchor), 1, 3).pairs();
      Diagnostics seen = Diagnostics.of(pairs, labels, List.of("a", "b", "c", "d"));
      assertThat(seen.purity().orElseThrow()).isEqualTo(1);
      assertThat(seen.images()).isEqualTo(61);
      assertThat(seen.least()).isCloseTo(0.98, within(1e-6));
      assertThat(seen.perClass()).containsOnlyKeys("a", "b", "c", "d");
      assertThat(images(pairs)).doesNotContain(List.of(8, 60));
    }
  }

  @Test
  void aNarrowerBandLeavesASubset() {
    Matrix features = Vectors.random(70, 3, 1);
    Set<List<Integer>> wide = images(mine(features, rules(0.5, 0.95, Rules.ALL), 1, 1).pairs());
    assertThat(wide).containsAll(images(mine(features, rules(0.7, 0.95, Rules.ALL), 1, 1).pairs()));
    assertThat(wide).containsAll(images(mine(features, rules(0.5, 0.8, Rules.ALL), 1, 1).pairs()));
    assertThat(images(mine(features, rules(0.7, 0.8, Rules.ALL), 1, 1).pairs()))
        .isNotEmpty()
        .hasSizeLessThan(wide.size());
  }

  @Test
  void withAllAnchorsTheSeedDoesNotMatter() {
    Matrix features = Vectors.random(50, 3, 2);
    Rules rules = rules(0.8, 0.99, Rules.ALL);
    assertThat(mine(features, rules, 1, 1).pairs()).isEqualTo(mine(features, rules, 1, 9).pairs());
    assertThat(mine(features, rules, 0.2, 1).pairs())
        .isNotEqualTo(mine(features, rules, 0.2, 9).pairs());
  }

  @Test
  void blocksAndThreadsDoNotChangeTheFile(@TempDir Path folder) throws Exception {
    Matrix features = Vectors.random(120, 32, 4);
    for (int i = 0; i < features.values().length; i++) {
      features.values()[i] += 2; // similar to each other, so that the choice hangs on the last bits
    }
    Path first = folder.resolve("first.txt");
    int number = 0;
    for (int perAnchor : new int[] {1, 4}) {
      write(first, features, SimilarityBlocks.DEFAULT, perAnchor);
      for (SimilarityBlocks blocks :
          List.of(new SimilarityBlocks(1, 1000), new SimilarityBlocks(50, 3), SMALL)) {
        for (int threads : new int[] {1, 3}) {
          Path other = folder.resolve("other" + number++);
          ForkJoinPool pool = new ForkJoinPool(threads);
          pool.submit(() -> write(other, features, blocks, perAnchor)).get();
          pool.shutdown();
          assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(first));
        }
      }
    }
    assertThat(PairFile.read(first).pairs()).hasSizeGreaterThan(60);
  }

  private static void write(Path file, Matrix features, SimilarityBlocks blocks, int perAnchor) {
    Mining mining = new Mining(rules(0.5, 0.99, perAnchor), 0.4, false, blocks);
    new PairFile(Map.of("images", "120"), mining.mine(features, 3, done -> {}).pairs()).write(file);
  }

  @Test
  void lengthsOfFeaturesDoNotMatter() {
    Matrix features = Vectors.random(60, 5, 6);
    Rules rules = rules(0.6, 0.97, 2);
    Set<List<Integer>> pairs = images(mine(features, rules, 0.5, 1).pairs());
    for (float factor : new float[] {0.25f, 3.7f, 1e4f}) {
      assertThat(images(mine(Vectors.times(features, factor), rules, 0.5, 1).pairs()))
          .isEqualTo(pairs);
    }
  }

  @Test
  void theOrderOfTheImagesDoesNotMatter() {
    Matrix features = Vectors.random(60, 5, 7);
    Rules rules = rules(0.6, 0.97, 2);
    int[] order = IntStream.range(0, 60).map(i -> (i * 7 + 3) % 60).toArray();
    Set<List<Integer>> moved = new HashSet<>();
    for (Pair pair : mine(Vectors.permuted(features, order), rules, 1, 1).pairs()) {
      int i = order[pair.first()];
      int j = order[pair.second()];
      moved.add(List.of(Math.min(i, j), Math.max(i, j)));
    }
    assertThat(moved).isEqualTo(images(mine(features, rules, 1, 1).pairs()));
  }

  @Test
  void candidatesMayBeTheAnchorsOnly() {
    Matrix features = Vectors.random(60, 3, 8);
    Mining mining = new Mining(rules(0.5, 0.999, Rules.ALL), 0.3, true, SMALL);
    Set<Integer> anchors = IntStream.of(mining.anchors(60, 2)).boxed().collect(Collectors.toSet());
    assertThat(anchors).hasSize(18);
    List<Pair> pairs = mining.mine(features, 2, done -> {}).pairs();
    assertThat(pairs).isNotEmpty();
    assertThat(pairs).allMatch(p -> anchors.contains(p.first()) && anchors.contains(p.second()));
  }

  @Test
  void limitsKeepTheMostSimilar() {
    Matrix features = Vectors.random(50, 3, 9);
    List<Pair> all = mine(features, rules(0.5, 0.99, Rules.ALL), 1, 1).pairs();
    Band band = new Band(0.5, 0.99);
    List<Pair> few = mine(features, new Rules(band, Rules.ALL, Rules.ALL, 9), 1, 1).pairs();
    assertThat(few).hasSize(9).isSortedAccordingTo(Pair.BY_IMAGES);
    assertThat(new TreeSet<>(images(few).stream().map(Object::toString).toList()))
        .isEqualTo(
            new TreeSet<>(
                images(all.stream().sorted(Pair.BY_SIMILARITY).limit(9).toList()).stream()
                    .map(Object::toString)
                    .toList()));
    List<Pair> capped = mine(features, new Rules(band, Rules.ALL, 2, Rules.ALL), 1, 1).pairs();
    for (int image = 0; image < 50; image++) {
      int own = image;
      assertThat(capped.stream().filter(p -> p.first() == own || p.second() == own))
          .hasSizeLessThanOrEqualTo(2);
    }
    assertThat(capped.stream().mapToDouble(Pair::similarity).max())
        .isEqualTo(all.stream().mapToDouble(Pair::similarity).max());
  }

  @Test
  void histogramsCountEveryPairOnce() {
    Mining.Found found = mine(Vectors.clusters(20, 2), rules(0.97, 0.99, 1), 1, 1);
    assertThat(found.all().total()).isEqualTo(20 * 19);
    assertThat(found.nearest().total()).isEqualTo(20);
    assertThat(found.nearest().percentile(0.01)).isCloseTo(0.98, within(1.1e-3));
    assertThat(found.all().percentile(0.5)).isCloseTo(0.3, within(1.1e-3));
    assertThat(found.all().percentile(1)).isCloseTo(0.98, within(1.1e-3));
    assertThat(found.all().csv()).startsWith("similarity,count\n0.300,200\n");
    assertThat(found.all().words()).contains("50 % at most 0.300", "all at most 0.980");
  }

  @Test
  void controlsAreDrawnWithoutSimilarities() {
    Matrix features = Vectors.random(40, 4, 3);
    Similarities exact = new Similarities(Rows.unit(features));
    int[] labels = IntStream.range(0, 40).map(i -> i % 8 == 7 ? -1 : i % 3).toArray();
    List<Pair> random = DrawnPairs.random(40, 30, exact, 1);
    List<Pair> same = DrawnPairs.withinClasses(labels, 30, exact, 1);
    for (List<Pair> pairs : List.of(random, same)) {
      assertThat(images(pairs)).hasSize(30);
      assertThat(pairs).isSortedAccordingTo(Pair.BY_IMAGES);
      assertThat(pairs).allMatch(p -> p.similarity() == exact.of(p.first(), p.second()));
    }
    assertThat(Diagnostics.of(same, labels, List.of()).purity().orElseThrow()).isEqualTo(1);
    assertThat(same).allMatch(p -> labels[p.first()] >= 0);
    assertThat(Diagnostics.of(random, labels, List.of()).purity().orElseThrow())
        .isBetween(0.05, 0.8);
    assertThat(DrawnPairs.random(40, 30, exact, 1)).isEqualTo(random);
    assertThat(DrawnPairs.random(40, 30, exact, 2)).isNotEqualTo(random);
  }
}
