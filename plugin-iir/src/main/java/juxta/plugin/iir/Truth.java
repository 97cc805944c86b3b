package juxta.plugin.iir;

import java.util.BitSet;
import java.util.List;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;

/**
 * What a query should find.
 *
 * @param positives records of the database that should come first
 * @param ignored records that count neither for nor against
 */
record Truth(BitSet positives, BitSet ignored) {
  /** By the lists that come with the query. */
  static Truth listed(Split queries, int query, Grade grade, int database) {
    return new Truth(
        listed(queries, query, grade.positive(), database),
        listed(queries, query, grade.ignored(), database));
  }

  private static BitSet listed(Split queries, int query, List<String> fields, int database) {
    BitSet all = new BitSet(database);
    for (String field : fields) {
      for (int record : Tensors.ints(queries.value(field, query))) {
        if (record < 0 || record >= database) {
          throw new UserException(
              "query "
                  + query
                  + ": its list '"
                  + field
                  + "' names record "
                  + record
                  + " of a database of "
                  + database
                  + "; the lists belong to other images");
        }
        all.set(record);
      }
    }
    return all;
  }

  /** By instance: all of the same one. */
  static Truth of(int instance, int[] database) {
    BitSet same = new BitSet(database.length);
    for (int i = 0; i < database.length; i++) {
      same.set(i, instance >= 0 && database[i] == instance);
    }
    return new Truth(same, new BitSet());
  }

  /** By instance, of a query that is itself a record of the database. */
  static Truth ofMember(int record, int[] database) {
    Truth all = of(database[record], database);
    all.positives().clear(record);
    all.ignored().set(record);
    return all;
  }

  /** The instance of each record. */
  static int[] instances(Split split) {
    return Iir.numbers(split, Field.INSTANCE);
  }
}
