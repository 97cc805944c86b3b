package juxta.engine.embed;

import java.util.List;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.UserException;

/** Whether a function can be applied to the records of a split, many at once. */
final class Fit {
  private Fit() {}

  /**
   * Checks.
   *
   * @throws UserException if a field is missing, of another shape, or differs between records
   */
  static void check(ModelFunction function, Dataset data, Split split) {
    for (Field wanted : function.inputs()) {
      if (!split.has(wanted.name())) {
        throw new UserException(
            "function '"
                + function.name()
                + "' takes the field '"
                + wanted.name()
                + "', which data set '"
                + data.id()
                + "' lacks; it has "
                + String.join(", ", split.fields().stream().map(Field::name).toList()));
      }
      Field field = split.field(wanted.name());
      if (field.type() != wanted.type() || !agree(wanted.shape(), field.shape())) {
        throw new UserException(
            "data set '"
                + data.id()
                + "': field '"
                + field.name()
                + "' has shape "
                + field.shape()
                + " and the function '"
                + function.name()
                + "' takes "
                + wanted.shape()
                + "; choose a size that fits with --set data.…");
      }
      if (function.preparation().isEmpty() && !field.fixed()) {
        throw new UserException(
            "data set '"
                + data.id()
                + "': field '"
                + field.name()
                + "' differs in size from record to record "
                + field.shape()
                + ", so function '"
                + function.name()
                + "' cannot take many at once; choose one size with --set data.…, or other splits"
                + " with --split");
      }
    }
    for (Field prepared : function.prepared()) {
      if (function.preparation().isPresent() && !prepared.fixed()) {
        throw new UserException(
            "function '"
                + function.name()
                + "' takes records of different sizes, which make no rows of one length");
      }
    }
  }

  private static boolean agree(List<Long> wanted, List<Long> given) {
    boolean fits = wanted.size() == given.size();
    for (int axis = 0; fits && axis < given.size(); axis++) {
      long length = wanted.get(axis);
      fits = length < 0 || given.get(axis) < 0 || length == given.get(axis);
    }
    return fits;
  }
}
