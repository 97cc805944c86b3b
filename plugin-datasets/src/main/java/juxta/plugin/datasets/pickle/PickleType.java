package juxta.plugin.datasets.pickle;

import java.util.List;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.Dtype;
import juxta.toolkit.io.Printable;

/** An element type while a pickle is read. */
final class PickleType {
  private final String name;
  private String order = "|";

  PickleType(String name) {
    this.name = name;
  }

  /** Its state, of which only the order of bytes matters. */
  void order(List<Object> state, Function<String, UserException> bad) {
    if (state.size() < 2) {
      throw bad.apply("an element type without an order of bytes");
    }
    order = PickleBytes.text(state.get(1), bad);
  }

  Dtype dtype(Function<String, UserException> bad) {
    String whole = order + name;
    return switch (whole) {
      case "<f8" -> Dtype.F64;
      case "<f4" -> Dtype.F32;
      case "<f2" -> Dtype.F16;
      case "<i8" -> Dtype.I64;
      case "<i4" -> Dtype.I32;
      case "|u1", "|b1" -> Dtype.U8;
      default -> throw bad.apply("an array of elements of type '" + Printable.of(whole) + "'");
    };
  }
}
