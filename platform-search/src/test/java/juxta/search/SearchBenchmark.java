package juxta.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the graph with exact search: recall of the ten nearest, and queries a second, one by one
 * and many at once. Vectors lie around a hundred centres. Not among the tests that always run;
 * start it with
 *
 * <pre>
 * ./mvnw -pl platform-search -am test -Dtest=SearchBenchmark \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Drows=100000 -Dfeatures=512 -Dqueries=200
 * </pre>
 *
 * <p>The numbers shown are the defaults. It prints one table.
 */
class SearchBenchmark {
  private static final int K = 10;

  @TempDir Path folder;

  @Test
  void graphAgainstExactSearch() {
    int rows = Integer.getInteger("rows", 100_000);
    int features = Integer.getInteger("features", 512);
    Random random = new Random(1);
    Matrix vectors = Vectors.clustered(random, rows, features);
    Matrix queries = Vectors.clustered(random, Integer.getInteger("queries", 200), features);
    System.out.printf(
        Locale.ROOT,
        "%n%,d vectors of %d features, %d queries, %d processors%n" + "%-14s %9s %10s %14s %14s%n",
        rows,
        features,
        queries.rows(),
        Runtime.getRuntime().availableProcessors(),
        "index",
        "build s",
        "recall@10",
        "queries/s (1)",
        "queries/s (all)");
    List<List<Hit>> truth;
    try (VectorIndex exact = ExactIndex.open(folder.resolve("exact"), features)) {
      double build = build(exact, vectors);
      truth = exact.search(queries, K);
      print("exact", build, exact, queries, truth);
    }
    Path graph = folder.resolve("hnsw");
    double build;
    try (VectorIndex hnsw = HnswIndex.open(graph, features, HnswSettings.DEFAULT)) {
      build = build(hnsw, vectors);
    }
    for (int ef : new int[] {10, 50, 100, 200, 400}) {
      HnswSettings settings =
          new HnswSettings(HnswSettings.DEFAULT.m(), HnswSettings.DEFAULT.beamWidth(), ef);
      try (VectorIndex hnsw = HnswIndex.open(graph, features, settings)) {
        print("hnsw, ef " + ef, build, hnsw, queries, truth);
      }
    }
  }

  /** Adds all vectors, a thousand at a time, and saves; the seconds that it took. */
  private static double build(VectorIndex index, Matrix vectors) {
    List<String> ids = Vectors.ids(vectors.rows());
    long start = System.nanoTime();
    for (int from = 0; from < vectors.rows(); from += 1000) {
      int to = Math.min(vectors.rows(), from + 1000);
      index.upsert(ids.subList(from, to), part(vectors, from, to));
    }
    index.save();
    return seconds(start);
  }

  private static void print(
      String name, double build, VectorIndex index, Matrix queries, List<List<Hit>> truth) {
    List<List<Hit>> found = index.search(queries, K); // also warms up
    double single = 0;
    double all = 0;
    for (int round = 0; round < 3; round++) { // the best of three
      long start = System.nanoTime();
      for (int i = 0; i < queries.rows(); i++) {
        index.search(queries.row(i), K);
      }
      single = Math.max(single, queries.rows() / seconds(start));
      start = System.nanoTime();
      index.search(queries, K);
      all = Math.max(all, queries.rows() / seconds(start));
    }
    System.out.printf(
        Locale.ROOT,
        "%-14s %9.1f %10.3f %14.0f %14.0f%n",
        name,
        build,
        Recall.of(found, truth),
        single,
        all);
  }

  private static Matrix part(Matrix vectors, int from, int to) {
    int d = vectors.columns();
    float[] values = new float[(to - from) * d];
    System.arraycopy(vectors.values(), from * d, values, 0, values.length);
    return new Matrix(to - from, d, values);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
