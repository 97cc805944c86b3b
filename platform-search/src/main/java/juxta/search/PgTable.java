package juxta.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import juxta.api.UserException;

/** Makes the table of an index, and says what can be done when PostgreSQL refuses. */
final class PgTable {
  /** What pgvector can index. */
  static final int MOST_DIMENSIONS = 2000;

  private PgTable() {}

  /** Makes extension, table and index where they are not there yet. */
  static void make(Connection connection, PgAddress address, int dimensions, HnswSettings settings)
      throws SQLException {
    String table = address.table();
    try (Statement statement = connection.createStatement()) {
      // the name of the table was checked; the rest are numbers
      statement.execute("SET client_min_messages = warning");
      statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \""
              + table
              + "\" (id text PRIMARY KEY, place bigint GENERATED ALWAYS AS IDENTITY,"
              + " embedding vector("
              + dimensions
              + ") NOT NULL)");
      checkColumns(connection, address, dimensions);
      statement.execute(
          "CREATE INDEX IF NOT EXISTS \""
              + table
              + "_embedding\" ON \""
              + table
              + "\" USING hnsw (embedding vector_ip_ops) WITH (m = "
              + settings.m()
              + ", ef_construction = "
              + settings.beamWidth()
              + ")");
      // since pgvector 0.8: searches on where candidates have been removed
      statement.execute(
          "SELECT set_config(name, 'strict_order', false) FROM pg_settings"
              + " WHERE name = 'hnsw.iterative_scan'");
    }
  }

  private static void checkColumns(Connection connection, PgAddress address, int dimensions)
      throws SQLException {
    try (PreparedStatement columns =
        connection.prepareStatement(
            "SELECT count(*) FILTER (WHERE attname IN ('id', 'place', 'embedding')),"
                + " max(atttypmod) FILTER (WHERE attname = 'embedding')"
                + " FROM pg_attribute WHERE attrelid = quote_ident(?)::regclass")) {
      columns.setString(1, address.table());
      try (ResultSet found = columns.executeQuery()) {
        found.next();
        if (found.getInt(1) != 3) {
          throw new UserException(
              address + ": was not made by Juxta; name another one: ...?table=name");
        }
        Kind.checkDimensions(address, found.getInt(2), dimensions);
      }
    }
  }

  /** Says in one line why something could not be done, and what to do. */
  static UserException fault(String what, PgAddress address, SQLException e) {
    // a batch only says which statement failed, and then why
    SQLException cause = e.getNextException() == null ? e : e.getNextException();
    String reason =
        String.valueOf(cause.getMessage())
            .replace(address.url(), "the address")
            .lines()
            .findFirst()
            .orElse("");
    return new UserException(
        "cannot " + what + " " + address + " (" + reason + "); " + remedy(cause), e);
  }

  private static String remedy(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" -> "see that the server runs and that its address is right";
      case "28" -> "give a user and a password that the server knows: ...?user=name&password=word";
      case "3D" -> "make the database, or name another one";
      case "42" -> "see that the user may make tables, and the extension 'vector' if it is missing";
      case "0A", "58" -> "install pgvector on the server: https://github.com/pgvector/pgvector";
      case "23" -> "see what the table demands of its rows";
      case "53" -> "free space or connections on the server";
      default -> "see that the address is right, or what the server's log says";
    };
  }
}
