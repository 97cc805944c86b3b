package juxta.engine.embed;

import java.util.List;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.UserException;

/** Whether a function can be applied to the records of a split. */
final class Fit {
  private Fit() {}

  /**
   * Checks.
   *
   * @throws UserException if a field is missing, of another shape, or differs between records where
   *     the function takes one size
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
      if (function.preparation().isEmpty() && !opens(wanted.shape(), field.shape())) {
        throw new UserException(
            "data set '"
                + data.id()
                + "': field '"
                + field.name()
                + "' differs in size from record to record "
                + field.shape()
                + ", so function '"
                + function.name()
                + "' cannot take all of them; choose one size with --set data.…, or other splits"
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

  /**
   * Whether the records that a function is given differ in size.
   *
   * @param function a function that was checked with the split
   */
  static boolean differ(ModelFunction function, Split split) {
    return function.preparation().isEmpty()
        && function.inputs().stream().anyMatch(f -> !split.field(f.name()).fixed());
  }

  /** Whether a function leaves open what the data leave open. */
  private static boolean opens(List<Long> wanted, List<Long> given) {
    return IntStream.range(0, given.size())
        .allMatch(axis -> given.get(axis) >= 0 || wanted.get(axis) < 0);
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
