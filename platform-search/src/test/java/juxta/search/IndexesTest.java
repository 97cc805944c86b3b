package juxta.search;

import static juxta.search.IndexContract.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexesTest {
  @TempDir Path folder;

  @Test
  void aWordPicksTheKind() {
    try (VectorIndex exact = Indexes.open("exact", folder.resolve("a"), 2);
        VectorIndex hnsw = Indexes.open("hnsw", folder.resolve("b"), 2)) {
      assertThat(exact).isInstanceOf(ExactIndex.class);
      assertThat(hnsw).isInstanceOf(HnswIndex.class);
    }
  }

  @Test
  void theNumberOfVectorsPicksTheKindOfANewIndex() {
    try (VectorIndex few = Indexes.open(folder.resolve("a"), 2, 1_000_000);
        VectorIndex many = Indexes.open(folder.resolve("b"), 2, 1_000_001)) {
      assertThat(few).isInstanceOf(ExactIndex.class);
      assertThat(many).isInstanceOf(HnswIndex.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"exact, hnsw", "hnsw, exact"})
  void anIndexIsOpenedAsWhatItIs(String kind, String another) {
    try (VectorIndex index = Indexes.open(kind, folder, 2)) {
      index.upsert("x", new float[] {1, 0});
      index.save();
    }
    for (int expected : new int[] {1, 2_000_000}) {
      try (VectorIndex index = Indexes.open(folder, 2, expected)) {
        assertThat(index.search(new float[] {1, 0}, 1)).containsExactly(new Hit("x", 1));
      }
    }
    refused(
        () -> Indexes.open(another, folder, 2).close(),
        "holds an index of kind '" + kind + "', not '" + another + "'");
  }

  @Test
  void whatCannotBeOpenedIsSaid() throws Exception {
    refused(() -> Indexes.open("fast", folder, 2), "there is no index 'fast'; choose exact, hnsw");
    refused(() -> Indexes.open("exact", folder, 0), "name 1 or more");
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(() -> Indexes.open("exact", file, 2), "cannot read " + file);
    refused(() -> Indexes.open("hnsw", file, 2), "cannot read " + file);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d, juxta_vectors",
    "jdbc:postgresql://h/d?table=t1, jdbc:postgresql://h/d?, t1",
    "jdbc:postgresql://h/d?user=u&table=_x&password=p, jdbc:postgresql://h/d?user=u&password=p, _x"
  })
  void theTableIsAPartOfTheAddress(String address, String url, String table) {
    assertThat(PgAddress.of(address)).isEqualTo(new PgAddress(url, table));
  }

  @ParameterizedTest
  @CsvSource({"a-b", "A", "1a", "''", "a;drop", "'\"'", "ä"})
  void aTableNameThatIsNoneIsRefused(String table) {
    refused(
        () -> Indexes.open("jdbc:postgresql://h/d?password=secret&table=" + table, folder, 2),
        "'" + table + "' is no name of a table");
  }

  @Test
  void aServerThatIsNotThereIsSaidWithoutThePassword() {
    String address = "jdbc:postgresql://127.0.0.1:1/d?user=me&password=secret";
    refused(() -> Indexes.open(address, folder, 2), "see that the server runs");
    refused(() -> Indexes.open(address, folder, 2), "table 'juxta_vectors' of jdbc:postgresql");
    assertThatThrownBy(() -> Indexes.open(address.replace(":1/", ":port/"), folder, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("see that the address is right")
        .hasMessageNotContaining("secret");
    assertThat(PgAddress.of(address).toString()).doesNotContain("secret").doesNotContain("me");
    refused(() -> Indexes.open(address, folder, 2001), "1 to 2000 features");
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 100, m", "16, 31, 100, beam", "16, 100, 0, ef", "16, 1001, 100, beam"})
  void settingsHaveRanges(int m, int beamWidth, int ef, String name) {
    refused(() -> new HnswSettings(m, beamWidth, ef), "hnsw index: " + name);
  }
}
