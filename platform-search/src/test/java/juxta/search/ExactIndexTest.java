package juxta.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import juxta.api.Matrix;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactIndexTest extends IndexContract {
  private static final int SMALL_BLOCK = 5;

  @TempDir Path folder;

  @Override
  VectorIndex open(int dimensions) {
    return ExactIndex.open(folder, dimensions, SMALL_BLOCK);
  }

  /** To the last bit, ties included. */
  @Override
  void check(List<Hit> found, List<Hit> expected, Brute truth, float[] query) {
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void manyVectorsAreRankedAsBruteForceRanksThem() {
    Random random = new Random(5);
    Matrix vectors = Vectors.clustered(random, 3000, 64);
    System.arraycopy(vectors.values(), 0, vectors.values(), 64 * 1500, 64 * 1500); // all twice
    Matrix queries = Vectors.clustered(random, 150, 64);
    Brute truth = new Brute();
    truth.upsert(Vectors.ids(3000), vectors);
    try (ExactIndex index = ExactIndex.open(folder, 64)) {
      index.upsert(Vectors.ids(3000), vectors);
      List<List<Hit>> found = index.search(queries, 21);
      for (int i = 0; i < queries.rows(); i++) {
        assertThat(found.get(i)).isEqualTo(truth.search(queries.row(i), 21));
      }
    }
  }

  @Test
  void onlyWhatChangedIsWrittenAgain() throws IOException {
    try (VectorIndex index = open(4)) {
      index.upsert(Vectors.ids(13), Vectors.gaussian(new Random(1), 13, 4));
      index.save();
      Map<String, FileTime> before = files();
      assertThat(before.keySet())
          .containsExactly(
              "ids-1.json",
              "index.json",
              "vectors-1-0.safetensors",
              "vectors-1-1.safetensors",
              "vectors-1-2.safetensors");
      index.upsert("id 7", new float[] {1, 2, 3, 4});
      index.upsert("new", new float[] {1, 2, 3, 4});
      index.save();
      assertThat(files().keySet())
          .containsExactly(
              "ids-2.json",
              "index.json",
              "vectors-1-0.safetensors",
              "vectors-2-1.safetensors",
              "vectors-2-2.safetensors");
      assertThat(files())
          .containsEntry("vectors-1-0.safetensors", before.get("vectors-1-0.safetensors"));
    }
  }

  @Test
  void aSaveThatFailsLeavesTheOldIndex() throws IOException {
    try (VectorIndex index = open(2)) {
      index.upsert("old", new float[] {1, 0});
      index.save();
      index.upsert("new", new float[] {1, 0});
      for (String inTheWay : List.of("vectors-2-0.safetensors", "ids-2.json")) {
        Files.createDirectory(folder.resolve(inTheWay));
        refused(index::save, "cannot write");
        assertThat(saved()).containsExactly("old");
        Files.delete(folder.resolve(inTheWay));
      }
      index.save();
      assertThat(saved()).containsExactly("old", "new");
    }
  }

  @Test
  void filesThatAKilledSaveLeftDoNoHarm() throws IOException {
    try (VectorIndex index = open(2)) {
      index.upsert("old", new float[] {1, 0});
      index.save();
    }
    Files.writeString(folder.resolve("vectors-2-0.safetensors"), "half a fi");
    Files.writeString(folder.resolve("ids-2.json"), "[\"old\", \"ne");
    Files.writeString(folder.resolve(".index.json.1234.tmp"), "{\"for");
    assertThat(saved()).containsExactly("old");
    try (VectorIndex index = open(2)) {
      index.upsert("new", new float[] {1, 0});
      index.save();
    }
    assertThat(saved()).containsExactly("old", "new");
  }

  @Test
  void aChangeByAnotherProcessIsNotLost() {
    try (VectorIndex one = open(2);
        VectorIndex two = open(2)) {
      one.upsert("one", new float[] {1, 0});
      two.upsert("two", new float[] {1, 0});
      one.save();
      refused(two::save, "was changed by another process");
    }
    assertThat(saved()).containsExactly("one");
  }

  @ParameterizedTest
  @CsvSource({
    "vectors-1-0.safetensors, 7, the file ends before",
    "vectors-1-0.safetensors, 90, vectors-1-0.safetensors",
    "vectors-1-1.safetensors, -1, there is no such file",
    "ids-1.json, -1, missing or damaged",
    "ids-1.json, 20, missing or damaged",
    "ids-1.json, 0, missing or damaged",
    "index.json, 20, missing or damaged"
  })
  void damageIsSaidInOneLineThatNamesTheFile(String name, long length, String problem)
      throws IOException {
    try (VectorIndex index = open(4)) {
      index.upsert(Vectors.ids(8), Vectors.gaussian(new Random(1), 8, 4));
      index.save();
    }
    Path file = folder.resolve(name);
    if (length < 0) {
      Files.delete(file);
    } else {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, (int) length));
    }
    assertThatThrownBy(() -> open(4).close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(name)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ids-1.json | \"id 0\" | \"id 1\" | there twice",
        "ids-1.json | ,\"id 1\" | '' | has 2 ids for 3 vectors",
        "ids-1.json | \"id 0\" | null | id that is not possible",
        "index.json | vectors-1-0.safetensors | ../secret.safetensors | names a file",
        "index.json | ids-1.json | /etc/passwd | names a file",
        "index.json | index 1 | index 9 | no index that this version",
        "index.json | \"rows\":3 | \"rows\":-3 | no index that this version",
        "index.json | \"dimensions\":4 | \"dimensions\":5 | holds vectors with 5 features"
      })
  void aHostileFileIsRefused(String name, String what, String by, String problem)
      throws IOException {
    try (VectorIndex index = open(4)) {
      index.upsert(Vectors.ids(3), Vectors.gaussian(new Random(1), 3, 4));
      index.save();
    }
    Path file = folder.resolve(name);
    String before = Files.readString(file);
    assertThat(before).contains(what);
    Files.writeString(file, before.replace(what, by));
    refused(() -> open(4).close(), problem);
  }

  @Test
  void vectorsOfAnotherLengthAreDamage() throws IOException {
    try (VectorIndex index = open(4)) {
      index.upsert("x", new float[] {1, 0, 0, 0});
      index.save();
    }
    Path file = folder.resolve("vectors-1-0.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 0x7f; // the last float becomes huge
    Files.write(file, bytes);
    refused(() -> open(4).close(), "the vector of 'x' does not have length 1");
  }

  private List<String> saved() {
    try (VectorIndex index = open(2)) {
      return index.search(new float[] {1, 0}, 10).stream().map(Hit::id).toList();
    }
  }

  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
