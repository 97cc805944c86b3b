package juxta.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import juxta.api.Matrix;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HnswIndexTest extends IndexContract {
  @TempDir Path folder;
  @TempDir Path other;

  @Override
  VectorIndex open(int dimensions) {
    return HnswIndex.open(folder, dimensions, HnswSettings.DEFAULT);
  }

  @Override
  void check(List<Hit> found, List<Hit> expected, Brute truth, float[] query) {
    checkWithinRounding(found, expected, truth, query);
  }

  @Test
  void findsNineOfTheTenNearestAndMore() {
    Random random = new Random(7);
    Matrix vectors = Vectors.clustered(random, 5000, 64);
    Matrix queries = Vectors.clustered(random, 200, 64);
    try (VectorIndex index = open(64);
        VectorIndex exact = ExactIndex.open(other, 64)) {
      index.upsert(Vectors.ids(5000), vectors);
      exact.upsert(Vectors.ids(5000), vectors);
      double before = Recall.of(index.search(queries, 10), exact.search(queries, 10));
      assertThat(before).isGreaterThanOrEqualTo(0.9);
      // a part replaced, a part removed
      Matrix others = Vectors.clustered(random, 500, 64);
      List<String> gone = Vectors.ids(2000).subList(1000, 2000);
      for (VectorIndex each : List.of(index, exact)) {
        each.upsert(Vectors.ids(500), others);
        assertThat(each.remove(gone)).isEqualTo(1000);
      }
      double after = Recall.of(index.search(queries, 10), exact.search(queries, 10));
      assertThat(after).isGreaterThanOrEqualTo(0.9);
    }
  }

  /**
   * One in two, in forty, in thousand: where the graph is cut to pieces all wanted are looked at.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 40, 1000})
  void findsNineOfTheTenNearestThatAreWanted(int oneIn) {
    Random random = new Random(oneIn);
    Matrix queries = Vectors.clustered(random, 100, 32);
    Predicate<String> wanted = id -> id.hashCode() % oneIn == 0;
    try (VectorIndex index = open(32);
        VectorIndex exact = ExactIndex.open(other, 32)) {
      for (VectorIndex each : List.of(index, exact)) {
        each.upsert(Vectors.ids(4000), Vectors.clustered(new Random(7), 4000, 32));
      }
      List<List<Hit>> found = index.search(queries, 10, wanted);
      List<List<Hit>> truth = exact.search(queries, 10, wanted);
      assertThat(Recall.of(found, truth)).isGreaterThanOrEqualTo(0.9);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).hasSameSizeAs(truth.get(i));
      }
    }
  }

  @Test
  void holdsTheFeaturesOfLargeModels() {
    float[] vector = new float[4096];
    vector[4000] = 1;
    try (VectorIndex index = open(4096)) {
      index.upsert("x", vector);
      index.save();
    }
    try (VectorIndex index = open(4096)) {
      assertThat(index.search(vector, 1)).containsExactly(new Hit("x", 1));
    }
    refused(() -> open(20_000).close(), "up to 16384 features");
  }

  @Test
  void aProcessThatIsKilledLeavesWhatWasSaved() throws IOException {
    try (VectorIndex index = open(2)) {
      index.upsert("old", new float[] {1, 0});
      index.save();
      index.upsert("new", new float[] {1, 0});
      index.remove(List.of("old"));
      assertThat(index.size()).isEqualTo(1); // the change has been written, but not made valid
      copy(folder, other);
    }
    try (VectorIndex index = HnswIndex.open(other, 2, HnswSettings.DEFAULT)) {
      assertThat(index.search(new float[] {1, 0}, 5)).containsExactly(new Hit("old", 1));
      index.upsert("next", new float[] {1, 0});
      assertThat(index.search(new float[] {1, 0}, 5))
          .extracting(Hit::id)
          .containsExactly("old", "next");
    }
  }

  @Test
  void severalMayReadWhileOneWrites() {
    try (VectorIndex writer = open(2)) {
      writer.upsert("x", new float[] {1, 0});
      writer.save();
      try (VectorIndex reader = open(2)) {
        assertThat(reader.search(new float[] {1, 0}, 1)).containsExactly(new Hit("x", 1));
        refused(() -> reader.upsert("y", new float[] {1, 0}), "another process changes this index");
        assertThat(reader.search(new float[] {1, 0}, 1)).containsExactly(new Hit("x", 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"segments_", ".cfe", ".cfs", ".si"})
  void damageIsSaidInOneLine(String part) throws IOException {
    try (VectorIndex index = open(4)) {
      index.upsert(Vectors.ids(50), Vectors.gaussian(new Random(1), 50, 4));
      index.save();
    }
    List<Path> damaged;
    try (Stream<Path> files = Files.list(folder)) {
      damaged = files.filter(file -> file.getFileName().toString().contains(part)).toList();
    }
    assertThat(damaged).isNotEmpty();
    for (Path file : damaged) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
    refused(() -> open(4).close(), "cannot open the index in " + folder);
  }

  @Test
  void anIndexThatIsNotOursIsRefused() throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.addDocument(new Document());
    }
    refused(() -> open(4).close(), "a Lucene index that Juxta did not make");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
