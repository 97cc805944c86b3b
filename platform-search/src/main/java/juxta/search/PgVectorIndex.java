package juxta.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import juxta.api.Matrix;
import juxta.api.UserException;
import org.postgresql.Driver;

/**
 * An index in PostgreSQL with <a href="https://github.com/pgvector/pgvector">pgvector</a>: for
 * vectors that several programs share, or that belong beside other data. The table has the columns
 * {@code id}, {@code place} (the order in which ids came) and {@code embedding} (unit vectors), and
 * an HNSW index, so that a search in a large table is approximate.
 *
 * <p>Each change is one transaction. One connection is held; searches from several threads take
 * turns.
 */
public final class PgVectorIndex implements VectorIndex {
  /** Rows that are sent to the server at once. */
  private static final int BATCH = 1000;

  /** The largest value of pgvector's {@code hnsw.ef_search}; beyond it the search is exact. */
  private static final int MOST_CANDIDATES = 1000;

  /** A piece of work in the database. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  private final PgAddress address;
  private final int dimensions;
  private final HnswSettings settings;
  private final Connection connection;

  private PgVectorIndex(
      PgAddress address, int dimensions, HnswSettings settings, Connection connection) {
    this.address = address;
    this.dimensions = dimensions;
    this.settings = settings;
    this.connection = connection;
  }

  /**
   * Connects to a database, and makes table and index if they are not there yet.
   *
   * @param address {@code jdbc:postgresql://host:port/database?user=…&password=…&table=…}; further
   *     parameters are the driver's; the table is {@code juxta_vectors} if none is named; a
   *     password can also stand in {@code ~/.pgpass}
   * @param dimensions length of the vectors, 1 to 2,000
   * @param settings of the graph; {@code m} and {@code beamWidth} hold for a table that is made now
   * @return the index
   * @throws UserException if the address is not sound, the server cannot be reached or has no
   *     pgvector, or the table holds something else
   */
  public static PgVectorIndex open(String address, int dimensions, HnswSettings settings) {
    PgAddress table = PgAddress.of(address);
    if (dimensions < 1 || dimensions > PgTable.MOST_DIMENSIONS) {
      throw new UserException(
          "pgvector indexes vectors with 1 to "
              + PgTable.MOST_DIMENSIONS
              + " features, not "
              + dimensions
              + "; use an exact or an hnsw index");
    }
    try {
      Connection connection = new Driver().connect(table.url(), new Properties());
      if (connection == null) {
        throw new UserException(
            table + ": the address is not sound; write jdbc:postgresql://host/database");
      }
      boolean sound = false;
      try {
        PgTable.make(connection, table, dimensions, settings);
        sound = true;
      } finally {
        if (!sound) {
          connection.close();
        }
      }
      return new PgVectorIndex(table, dimensions, settings, connection);
    } catch (SQLException e) {
      throw PgTable.fault("open", table, e);
    }
  }

  /**
   * How many vectors there are; the server counts them.
   *
   * @return 0 or more
   */
  @Override
  public int size() {
    return inOne(
        "read",
        () -> {
          try (PreparedStatement count = prepare("SELECT count(*) FROM \"%s\"");
              ResultSet found = count.executeQuery()) {
            found.next();
            return found.getInt(1);
          }
        });
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void upsert(List<String> ids, Matrix vectors) {
    Map<String, float[]> units = UnitRows.byId(ids, vectors, dimensions);
    inOne(
        "change",
        () -> {
          try (PreparedStatement upsert =
              prepare(
                  "INSERT INTO \"%s\" (id, embedding) VALUES (?, ?)"
                      + " ON CONFLICT (id) DO UPDATE SET embedding = EXCLUDED.embedding")) {
            int waiting = 0;
            for (Map.Entry<String, float[]> unit : units.entrySet()) {
              upsert.setString(1, unit.getKey());
              setVector(upsert, 2, unit.getValue());
              upsert.addBatch();
              if (++waiting == BATCH) {
                upsert.executeBatch();
                waiting = 0;
              }
            }
            upsert.executeBatch();
          }
          return units.size();
        });
  }

  @Override
  public int remove(Collection<String> ids) {
    String[] unwanted = Set.copyOf(ids).toArray(String[]::new);
    return inOne(
        "change",
        () -> {
          try (PreparedStatement delete = prepare("DELETE FROM \"%s\" WHERE id = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("text", unwanted));
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public List<List<Hit>> search(Matrix queries, int k, Predicate<String> wanted) {
    Matrix units = UnitRows.queries(queries, dimensions, k);
    return inOne(
        "read",
        () -> {
          List<List<Hit>> hits = new ArrayList<>();
          boolean graph = k <= MOST_CANDIDATES;
          for (int i = 0; i < units.rows(); i++) {
            List<Hit> some = search(units.row(i), k, wanted, graph);
            // rows that are not wanted, or were removed or replaced and stay in the graph for a
            // while, use up what it yields; a table with fewer rows than k takes no time
            hits.add(graph && some.size() < k ? search(units.row(i), k, wanted, false) : some);
          }
          return hits;
        });
  }

  /** The best of what the graph yields, or of all rows. */
  private List<Hit> search(float[] unit, int k, Predicate<String> wanted, boolean graph)
      throws SQLException {
    int candidates = Math.min(Math.max(k, settings.ef()), MOST_CANDIDATES);
    // <#> is the negative dot product, so that the smallest is the best
    String all = "SELECT id, place, -(embedding <#> ?) AS score FROM \"%s\"";
    String few = all + " ORDER BY embedding <#> ? LIMIT " + candidates;
    try (PreparedStatement set =
            prepare(
                "SELECT set_config('hnsw.ef_search', ?, true),"
                    + " set_config('enable_indexscan', ?, true)");
        PreparedStatement search =
            prepare(
                "SELECT id, score FROM ("
                    + (graph ? few : all)
                    + ") AS candidates ORDER BY score DESC, place"
                    + (wanted == ALL ? " LIMIT " + k : ""))) {
      set.setString(1, Integer.toString(candidates));
      set.setString(2, graph ? "on" : "off");
      set.execute();
      setVector(search, 1, unit);
      if (graph) {
        setVector(search, 2, unit);
      }
      search.setFetchSize(BATCH); // rows behind the last hit stay with the server
      return hits(search, k, wanted);
    }
  }

  private static List<Hit> hits(PreparedStatement search, int k, Predicate<String> wanted)
      throws SQLException {
    try (ResultSet found = search.executeQuery()) {
      List<Hit> hits = new ArrayList<>();
      while (hits.size() < k && found.next()) {
        String id = found.getString(1);
        if (wanted.test(id)) {
          hits.add(new Hit(id, (float) found.getDouble(2)));
        }
      }
      return hits;
    }
  }

  private static void setVector(PreparedStatement statement, int parameter, float[] vector)
      throws SQLException {
    // of a type that the server finds out: pgvector reads [1.0, 2.0]
    statement.setObject(parameter, Arrays.toString(vector), Types.OTHER);
  }

  /** Prepares a statement with the table's name, which was checked. */
  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(String.format(Locale.ROOT, sql, address.table()));
  }

  /** Runs a piece of work in one transaction. */
  private synchronized <T> T inOne(String what, Work<T> work) {
    try {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.run();
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw PgTable.fault(what, address, e);
    }
  }

  /** Does nothing: each change is saved as it is made. */
  @Override
  public void save() {}

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw PgTable.fault("close", address, e);
    }
  }
}
