package juxta.plugin.datasets.pickle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.Printable;

/** The names of callables that stand for NumPy's data. None of them is ever called. */
enum PickleCallable {
  /** Makes an empty array, whose content follows. */
  RECONSTRUCT,
  /** Makes an array of bytes that follow in the same call. */
  FROM_BUFFER,
  /** Makes one number. */
  SCALAR,
  /** The class of arrays, an argument of {@link #RECONSTRUCT}. */
  NDARRAY,
  /** Makes an element type. */
  DTYPE,
  /** Turns a text into bytes: how Python 3 writes bytes in old protocols. */
  ENCODE,
  /** Without arguments, no bytes: how Python 3 writes these in old protocols. */
  BYTES;

  static PickleCallable named(String name, Function<String, UserException> bad) {
    return switch (name) {
      case "numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct" ->
          RECONSTRUCT;
      case "numpy.core.numeric _frombuffer", "numpy._core.numeric _frombuffer" -> FROM_BUFFER;
      case "numpy.core.multiarray scalar", "numpy._core.multiarray scalar" -> SCALAR;
      case "numpy ndarray" -> NDARRAY;
      case "numpy dtype" -> DTYPE;
      case "_codecs encode" -> ENCODE;
      case "__builtin__ bytes", "builtins bytes" -> BYTES;
      default ->
          throw bad.apply("the file asks for '" + Printable.of(name) + "', which could run code");
    };
  }

  /** What a call stands for. */
  static Object apply(Object callable, Object arguments, Function<String, UserException> bad) {
    if (!(callable instanceof PickleCallable known) || !(arguments instanceof PickleTuple tuple)) {
      throw bad.apply("a call of something that is no array");
    }
    List<Object> values = tuple.values();
    return switch (known) {
      case RECONSTRUCT -> {
        if (values.isEmpty() || values.get(0) != NDARRAY) {
          throw bad.apply("an array of another class than NumPy's");
        }
        yield new PickleArray();
      }
      case FROM_BUFFER -> {
        if (values.size() != 4 || !(values.get(1) instanceof PickleType type)) {
          throw bad.apply("an array without bytes, element type, shape and order");
        }
        yield PickleArray.of(
            PickleArray.shape(values.get(2), bad),
            type,
            PickleBytes.text(values.get(3), bad).equals("F"),
            values.get(0),
            bad);
      }
      case DTYPE -> {
        if (values.isEmpty()) {
          throw bad.apply("an element type without a name");
        }
        yield new PickleType(PickleBytes.text(values.get(0), bad));
      }
      case SCALAR -> {
        if (values.size() != 2 || !(values.get(0) instanceof PickleType type)) {
          throw bad.apply("a number without a type");
        }
        yield PickleArray.of(List.of(), type, false, values.get(1), bad);
      }
      case ENCODE -> {
        if (values.size() != 2 || !PickleBytes.text(values.get(1), bad).startsWith("latin")) {
          throw bad.apply("bytes in an encoding other than latin1");
        }
        yield new PickleBytes(
            PickleBytes.text(values.get(0), bad).getBytes(StandardCharsets.ISO_8859_1));
      }
      case BYTES -> {
        if (!values.isEmpty()) {
          throw bad.apply("bytes that are made in an unknown way");
        }
        yield new PickleBytes(new byte[0]);
      }
      case NDARRAY -> throw bad.apply("an array that is made in an unknown way");
    };
  }

  /** Fills what a call has made. */
  static void build(Object target, Object state, Function<String, UserException> bad) {
    List<Object> values = state instanceof PickleTuple tuple ? tuple.values() : List.of();
    if (target instanceof PickleArray array) {
      array.fill(values, bad);
    } else if (target instanceof PickleType type) {
      type.order(values, bad);
    } else {
      throw bad.apply("an object that is no array is filled");
    }
  }
}
