package juxta.launcher.search;

import java.nio.file.Path;
import juxta.search.Indexes;
import juxta.search.VectorIndex;

/**
 * Where the vectors of a model are kept. Vectors of another model go to another place, so that a
 * program that still uses the former ones is not disturbed.
 *
 * @param kind {@code exact}, {@code hnsw} or {@code postgresql}
 * @param where what {@link Indexes#open} takes
 * @param name name of the folder, or of the table
 * @param folder where the index lies, if it is in files
 */
record Place(String kind, String where, String name, Path folder) {
  static final String POSTGRESQL = "postgresql";

  private static final String ADDRESS = "jdbc:postgresql:";
  private static final String TABLE = "table=";
  private static final int SHORT = 12;

  /** The place for a model's vectors; {@code where} is a kind or an address. */
  static Place of(String where, String model, Path base) {
    String mark = Content.hash(model, base.toAbsolutePath().normalize().toString());
    String name = mark.substring(0, SHORT);
    if (!where.startsWith(ADDRESS)) {
      String folder = "vectors-" + where.replaceAll("[^a-z]", "") + "-" + name;
      return new Place(where, where, folder, base.resolve(folder));
    }
    int question = where.indexOf('?');
    for (String part : where.substring(question + 1).split("&")) {
      if (question >= 0 && part.startsWith(TABLE)) {
        return new Place(POSTGRESQL, where, part.substring(TABLE.length()), base);
      }
    }
    String table = "juxta_" + name;
    String address = where + (question < 0 ? "?" : "&") + TABLE + table;
    return new Place(POSTGRESQL, address, table, base);
  }

  VectorIndex open(int dimensions) {
    return Indexes.open(where, folder, dimensions);
  }
}
