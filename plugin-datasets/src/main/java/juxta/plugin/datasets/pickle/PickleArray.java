package juxta.plugin.datasets.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.Npy;
import juxta.toolkit.io.NpyHeader;
import juxta.toolkit.io.PlainData;
import juxta.toolkit.io.StoredTensor;

/** An array while a pickle is read. */
final class PickleArray {
  /** NumPy's own limit. */
  private static final int MOST_AXES = 32;

  private Optional<StoredTensor> content = Optional.empty();

  /** Its state: version, shape, element type, whether the first axis runs fastest, bytes. */
  void fill(List<Object> state, Function<String, UserException> bad) {
    if (state.size() != 5
        || !(state.get(2) instanceof PickleType type)
        || !(state.get(3) instanceof PlainData.Flag || state.get(3) instanceof PlainData.Whole)) {
      throw bad.apply("an array without shape, element type and bytes");
    }
    List<Long> shape = shape(state.get(1), bad);
    boolean fortran =
        state.get(3) instanceof PlainData.Flag flag
            ? flag.value()
            : !state.get(3).equals(new PlainData.Whole(0));
    content = Optional.of(of(shape, type, fortran, state.get(4), bad).content());
  }

  /** The lengths of the axes. */
  static List<Long> shape(Object value, Function<String, UserException> bad) {
    List<Long> shape = new ArrayList<>();
    List<Object> lengths = value instanceof PickleTuple t ? t.values() : List.of(value);
    if (lengths.size() > MOST_AXES) {
      throw bad.apply("an array of " + lengths.size() + " axes");
    }
    for (Object length : lengths) {
      if (!(length instanceof PlainData.Whole whole) || whole.value() < 0) {
        throw bad.apply("an array with an axis of no length");
      }
      shape.add(whole.value());
    }
    return shape;
  }

  static PickleArray of(
      List<Long> shape,
      PickleType type,
      boolean fortran,
      Object data,
      Function<String, UserException> bad) {
    if (!(data instanceof PickleBytes raw)) {
      throw bad.apply("an array of Python objects");
    }
    NpyHeader header = new NpyHeader(type.dtype(bad), fortran, List.copyOf(shape), 0);
    if (header.bytes() != raw.bytes().length) {
      throw bad.apply(
          "an array of shape " + shape + " does not fill " + raw.bytes().length + " bytes");
    }
    PickleArray array = new PickleArray();
    array.content = Optional.of(Npy.tensor(header, header.shape(), raw.bytes()));
    return array;
  }

  /** The array. */
  StoredTensor content() {
    return content.orElseThrow();
  }

  boolean filled() {
    return content.isPresent();
  }
}
