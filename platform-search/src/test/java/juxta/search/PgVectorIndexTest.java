package juxta.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import juxta.api.Matrix;
import juxta.testkit.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class PgVectorIndexTest extends IndexContract {
  private static PostgresServer server;
  private static int tests;

  @TempDir Path folder;
  private String table;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void nameTable() {
    table = "vectors_" + tests++;
  }

  private static String address(String table) {
    return server.address() + "&table=" + table;
  }

  @Override
  VectorIndex open(int dimensions) {
    return PgVectorIndex.open(address(table), dimensions, HnswSettings.DEFAULT);
  }

  @Override
  void check(List<Hit> found, List<Hit> expected, Brute truth, float[] query) {
    checkWithinRounding(found, expected, truth, query);
  }

  @Override
  boolean savesAtOnce() {
    return true;
  }

  @Test
  void findsNineOfTheTenNearestAndMoreInTheGraph() throws SQLException {
    Random random = new Random(7);
    Matrix vectors = Vectors.clustered(random, 1200, 16);
    Matrix queries = Vectors.clustered(random, 50, 16);
    try (VectorIndex index = open(16);
        VectorIndex exact = ExactIndex.open(folder, 16)) {
      index.upsert(Vectors.ids(1200), vectors);
      exact.upsert(Vectors.ids(1200), vectors);
      double recall = Recall.of(index.search(queries, 10), exact.search(queries, 10));
      assertThat(recall).isGreaterThanOrEqualTo(0.9);
      // more than the graph can yield
      assertThat(index.search(queries.row(0), 1100)).hasSize(1100);
    }
    execute("ANALYZE " + table);
    String query = "'[1" + ",0".repeat(15) + "]'";
    assertThat(
            query(
                "EXPLAIN SELECT id FROM "
                    + table
                    + " ORDER BY embedding <#> "
                    + query
                    + " LIMIT 100"))
        .anyMatch(line -> line.contains("Index Scan using " + table + "_embedding"));
  }

  @Test
  void removedRowsDoNotCrowdOutOthers() {
    Matrix vectors = Vectors.gaussian(new Random(1), 300, 4);
    try (VectorIndex index = open(4)) {
      index.upsert(Vectors.ids(300), vectors);
      assertThat(index.remove(Vectors.ids(290))).isEqualTo(290);
      assertThat(index.search(vectors.row(0), 10)).hasSize(10);
      assertThat(index.search(vectors.row(0), 20)).hasSize(10);
    }
  }

  @Test
  void aChangeThatFailsInTheMiddleChangesNothing() throws SQLException {
    try (VectorIndex index = open(2)) {
      index.upsert("old", new float[] {1, 0});
    }
    execute("ALTER TABLE " + table + " ADD CHECK (id <> 'id 1100')");
    try (VectorIndex index = open(2)) {
      Matrix vectors = Vectors.gaussian(new Random(1), 1200, 2);
      refused(() -> index.upsert(Vectors.ids(1200), vectors), "cannot change table '" + table);
      assertThat(index.size()).isEqualTo(1);
      index.upsert("new", new float[] {1, 0}); // and the index goes on
      assertThat(index.size()).isEqualTo(2);
    }
  }

  @Test
  void aTableThatIsNotOursIsRefused() throws SQLException {
    execute("CREATE TABLE " + table + " (id text, x int)");
    refused(() -> open(2).close(), "was not made by Juxta");
  }

  @Test
  void aTableMayHaveTheNameOfAKeyword() {
    table = "order";
    try (VectorIndex index = open(2)) {
      index.upsert("x", new float[] {1, 0});
      assertThat(index.search(new float[] {1, 0}, 1)).containsExactly(new Hit("x", 1));
    }
  }

  @Test
  void theAddressOpensIt() {
    try (VectorIndex index = Indexes.open(address(table), folder, 2)) {
      assertThat(index).isInstanceOf(PgVectorIndex.class);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        lines.add(found.getString(1));
      }
    }
    return lines;
  }

  private Connection connect() throws SQLException {
    return new Driver().connect(PgAddress.of(address(table)).url(), new Properties());
  }
}
