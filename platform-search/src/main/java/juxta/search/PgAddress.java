package juxta.search;

import java.util.ArrayList;
import java.util.List;
import juxta.api.UserException;

/**
 * The address of a table in PostgreSQL.
 *
 * @param url what the driver connects to
 * @param table name of the table
 */
record PgAddress(String url, String table) {
  static final String PREFIX = "jdbc:postgresql:";

  private static final String PARAMETER = "table=";
  private static final String DEFAULT_TABLE = "juxta_vectors";

  /** Leaves room for the ending of the index's name in the 63 characters of an identifier. */
  private static final String IDENTIFIER = "[a-z_][a-z0-9_]{0,47}";

  PgAddress {
    if (!url.startsWith(PREFIX)) {
      throw new UserException(
          "'"
              + shown(url)
              + "' is no address of PostgreSQL; write jdbc:postgresql://host/database");
    }
    if (!table.matches(IDENTIFIER)) {
      throw new UserException(
          "'"
              + table
              + "' is no name of a table; use up to 48 of a-z, 0-9 and _, a letter or _ first");
    }
  }

  /** Takes the parameter {@code table} out of an address. */
  static PgAddress of(String address) {
    int question = address.indexOf('?');
    if (question < 0) {
      return new PgAddress(address, DEFAULT_TABLE);
    }
    String table = DEFAULT_TABLE;
    List<String> others = new ArrayList<>();
    for (String parameter : address.substring(question + 1).split("&")) {
      if (parameter.startsWith(PARAMETER)) {
        table = parameter.substring(PARAMETER.length());
      } else {
        others.add(parameter);
      }
    }
    return new PgAddress(address.substring(0, question) + '?' + String.join("&", others), table);
  }

  /** For messages: without parameters, one of which may be the password. */
  @Override
  public String toString() {
    return "table '" + table + "' of " + shown(url);
  }

  private static String shown(String url) {
    return url.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//");
  }
}
