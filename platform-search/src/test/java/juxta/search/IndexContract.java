package juxta.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import juxta.api.Matrix;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every index. */
abstract class IndexContract {
  /** Opens the index of this test, the same one each time. */
  abstract VectorIndex open(int dimensions);

  /** Compares hits with those that were to be found. */
  abstract void check(List<Hit> found, List<Hit> expected, Brute truth, float[] query);

  /** Whether a change lasts without being saved. */
  boolean savesAtOnce() {
    return false;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void doesWhatBruteForceDoesOverRandomChanges(long seed) {
    Random random = new Random(seed);
    int dimensions = 1 + random.nextInt(9);
    Brute truth = new Brute();
    Brute saved = truth.copy();
    VectorIndex index = open(dimensions);
    try {
      for (int step = 0; step < 40; step++) {
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            int rows = random.nextInt(25);
            List<String> ids = ids(random, rows);
            Matrix vectors = vectors(random, rows, dimensions);
            truth.upsert(ids, vectors);
            index.upsert(ids, vectors);
          }
          case 3 -> {
            List<String> ids = ids(random, random.nextInt(20));
            assertThat(index.remove(ids)).isEqualTo(truth.remove(ids));
          }
          case 4 -> {
            index.save();
            saved = truth.copy();
          }
          case 5 -> {
            index.close();
            index = open(dimensions);
            truth = savesAtOnce() ? truth : saved.copy();
          }
          default -> search(index, truth, vectors(random, 3, dimensions), 1 + random.nextInt(60));
        }
        assertThat(index.size()).isEqualTo(truth.size());
        assertThat(index.dimensions()).isEqualTo(dimensions);
      }
    } finally {
      index.close();
    }
  }

  private void search(VectorIndex index, Brute truth, Matrix queries, int k) {
    List<List<Hit>> found = index.search(queries, k);
    for (int i = 0; i < queries.rows(); i++) {
      float[] query = queries.row(i);
      check(found.get(i), truth.search(query, k), truth, query);
      assertThat(index.search(query, k)).isEqualTo(found.get(i));
    }
  }

  private static List<String> ids(Random random, int n) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add("bild " + random.nextInt(60) + " \"ä\\'.png"); // some of them twice
    }
    return ids;
  }

  private static Matrix vectors(Random random, int rows, int dimensions) {
    return random.nextBoolean()
        ? Vectors.gaussian(random, rows, dimensions)
        : Vectors.coarse(random, rows, dimensions);
  }

  /** Filters of every strictness, from one that wants all to one that wants nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFilterFindsWhatBruteForceFindsAmongTheWanted(long seed) {
    Random random = new Random(seed);
    int dimensions = 2 + random.nextInt(12);
    int rows = 50 + random.nextInt(700);
    List<String> ids = Vectors.ids(rows);
    Matrix vectors = vectors(random, rows, dimensions);
    Brute truth = new Brute();
    truth.upsert(ids, vectors);
    try (VectorIndex index = open(dimensions)) {
      index.upsert(ids, vectors);
      truth.remove(ids.subList(5, 20));
      index.remove(ids.subList(5, 20));
      for (double share : new double[] {1, 0.9, 0.3, 0.05, 0.01, 0}) {
        Set<String> some =
            ids.stream().filter(id -> random.nextDouble() < share).collect(Collectors.toSet());
        Matrix queries = vectors(random, 4, dimensions);
        int k = 1 + random.nextInt(40);
        List<List<Hit>> found = index.search(queries, k, some::contains);
        for (int i = 0; i < queries.rows(); i++) {
          List<Hit> best = truth.search(queries.row(i), k, some::contains);
          assertThat(found.get(i)).extracting(Hit::id).allMatch(some::contains);
          check(found.get(i), best, truth, queries.row(i));
          assertThat(index.search(queries.row(i), k, some::contains)).isEqualTo(found.get(i));
        }
      }
      assertThat(index.search(vectors.row(0), 3, id -> false)).isEmpty();
      index.save();
    }
  }

  @Test
  void equalVectorsStandInTheOrderInWhichTheyCame() {
    try (VectorIndex index = open(3)) {
      for (String id : List.of("c", "a", "b", "d")) {
        index.upsert(id, new float[] {2, 0, 0});
      }
      index.upsert("other", new float[] {0, 1, 0});
      index.upsert("a", new float[] {0, 0, 1});
      index.upsert("a", new float[] {4, 0, 0}); // replaced, so its place is kept
      index.remove(List.of("c"));
      index.upsert("c", new float[] {1, 0, 0}); // new, so it comes last
      assertThat(index.search(new float[] {1, 0, 0}, 4))
          .extracting(Hit::id)
          .containsExactly("a", "b", "d", "c");
      assertThat(index.search(new float[] {1, 0, 0}, 2))
          .containsExactly(new Hit("a", 1), new Hit("b", 1));
      index.save();
    }
    try (VectorIndex index = open(3)) {
      index.upsert("e", new float[] {1, 0, 0});
      assertThat(index.search(new float[] {3, 0, 0}, 9))
          .extracting(Hit::id)
          .containsExactly("a", "b", "d", "c", "e", "other");
    }
  }

  @Test
  void theScoreIsTheCosine() {
    try (VectorIndex index = open(2)) {
      index.upsert(List.of("x", "y", "-x"), new Matrix(3, 2, new float[] {9, 0, 0, 1e-30f, -3, 0}));
      List<Hit> hits = index.search(new float[] {1e30f, 1e30f}, 5);
      assertThat(hits).extracting(Hit::id).containsExactly("x", "y", "-x");
      assertThat(hits.get(0).score()).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
      assertThat(hits.get(2).score()).isCloseTo((float) -Math.sqrt(0.5), within(1e-6f));
    }
  }

  @Test
  void nothingIsFoundInNothing() {
    try (VectorIndex index = open(2)) {
      assertThat(index.size()).isZero();
      assertThat(index.search(new float[] {1, 0}, 3)).isEmpty();
      assertThat(index.search(new Matrix(0, 2, new float[0]), 3)).isEmpty();
      assertThat(index.remove(List.of("x"))).isZero();
      index.upsert(List.of(), new Matrix(0, 2, new float[0]));
      assertThat(index.size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, x, the vector of 'x' (row 1) is zero",
    "NaN, 0, x, the vector of 'x' (row 1) has numbers that are not finite",
    "1, Infinity, x, the vector of 'x' (row 1) has numbers that are not finite",
    "1, 1, '', the id of row 1 is empty",
    "1, 1, 'a\tb', the id of row 1 has control characters",
    "1, 1, '\ud800', the id of row 1 is no sound Unicode"
  })
  void aBadRowIsRefusedAndNothingIsChanged(float x, float y, String id, String problem) {
    try (VectorIndex index = open(2)) {
      index.upsert("x", new float[] {0, 1});
      assertThatThrownBy(
              () -> index.upsert(List.of("good", id), new Matrix(2, 2, new float[] {1, 0, x, y})))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(problem)
          .hasMessageNotContaining("\n");
      assertThat(index.size()).isEqualTo(1);
      assertThat(index.search(new float[] {0, 1}, 1)).containsExactly(new Hit("x", 1));
    }
  }

  @Test
  void whatCannotBeSearchedForIsSaid() {
    try (VectorIndex index = open(2)) {
      refused(() -> index.search(new float[2], 1), "query 0 is zero");
      refused(() -> index.search(new float[] {Float.NaN, 1}, 1), "query 0 has numbers");
      refused(() -> index.search(new float[] {1, 1}, 0), "ask for 1 or more");
      refused(() -> index.search(new float[3], 1), "a query has 3 features, the index holds 2");
      refused(() -> index.upsert("x", new float[1]), "vectors have 1 features, the index holds 2");
      refused(() -> index.upsert("x".repeat(2001), new float[] {1, 1}), "has 2001 bytes");
      index.upsert("x".repeat(2000), new float[] {1, 1});
      index.save();
    }
    refused(() -> open(3).close(), "holds vectors with 2 features, not 3");
  }

  static void refused(Runnable what, String problem) {
    assertThatThrownBy(what::run)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  @Test
  void readersSeeAllOfAChangeOrNothingOfIt() throws Exception {
    int groups = 40;
    int members = 7;
    Random random = new Random(3);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    AtomicBoolean done = new AtomicBoolean();
    try (VectorIndex index = open(8)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Matrix queries = Vectors.gaussian(random, 2, 8);
        readers.add(threads.submit(() -> readUntil(done, index, queries, members)));
      }
      for (int group = 0; group < groups; group++) {
        List<String> ids = Collections.nCopies(members, "group " + group + " member ");
        List<String> numbered = new ArrayList<>();
        ids.forEach(id -> numbered.add(id + numbered.size()));
        index.upsert(numbered, Vectors.gaussian(random, members, 8));
        if (group % 4 == 3) {
          assertThat(index.remove(numbered)).isEqualTo(members);
        }
        if (group % 10 == 9) {
          index.save();
        }
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
      assertThat(index.size()).isEqualTo(30 * members);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static int readUntil(AtomicBoolean done, VectorIndex index, Matrix queries, int members) {
    int searches = 0;
    do {
      for (List<Hit> hits : index.search(queries, 1000)) {
        Map<String, Integer> seen = new HashMap<>();
        hits.forEach(hit -> seen.merge(hit.id().replaceAll(" member .*", ""), 1, Integer::sum));
        assertThat(seen.values()).allMatch(count -> count == members);
      }
      searches++;
    } while (!done.get());
    return searches;
  }

  /** For indexes that compute scores in their own way: the same within rounding. */
  static void checkWithinRounding(List<Hit> found, List<Hit> expected, Brute truth, float[] query) {
    assertThat(found).hasSameSizeAs(expected);
    assertThat(found).extracting(Hit::id).doesNotHaveDuplicates();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5f));
      assertThat(found.get(i).score())
          .isCloseTo(truth.score(query, found.get(i).id()), within(1e-5f));
    }
  }
}
