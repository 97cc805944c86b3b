package juxta.plugin.datasets.pickle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.PlainData;
import juxta.toolkit.io.StoredTensor;

/** Turns what a pickle built into data that no longer change; what is shared stays shared. */
final class PickleFreezer {
  private static final int DEEPEST = 64;

  private final Function<String, UserException> bad;
  private final Map<Object, PlainData> done = new IdentityHashMap<>();

  PickleFreezer(Function<String, UserException> bad) {
    this.bad = bad;
  }

  PlainData freeze(Object value) {
    return freeze(value, 0);
  }

  private PlainData freeze(Object value, int depth) {
    if (value instanceof PlainData data) {
      return data;
    }
    PlainData known = done.get(value);
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      throw bad.apply("the data contain themselves or are nested too deeply");
    }
    PlainData frozen = make(value, depth);
    done.put(value, frozen);
    return frozen;
  }

  private PlainData make(Object value, int depth) {
    if (value instanceof PickleBytes raw) {
      return new PlainData.Text(PickleBytes.text(raw, bad));
    }
    if (value instanceof PickleTuple tuple) {
      return sequence(tuple.values(), depth);
    }
    if (value instanceof ArrayList<?> list) {
      return sequence(list, depth);
    }
    if (value instanceof LinkedHashMap<?, ?> map) {
      Map<String, PlainData> values = new LinkedHashMap<>();
      map.forEach((key, v) -> values.put((String) key, freeze(v, depth + 1)));
      return new PlainData.Mapping(values);
    }
    if (value instanceof PickleArray array && array.filled()) {
      StoredTensor content = array.content();
      return content.shape().isEmpty() ? scalar(content) : new PlainData.Numbers(content);
    }
    throw bad.apply("something that is no plain data");
  }

  private PlainData sequence(List<?> values, int depth) {
    List<PlainData> frozen = new ArrayList<>();
    values.forEach(v -> frozen.add(freeze(v, depth + 1)));
    return new PlainData.Sequence(frozen);
  }

  private static PlainData scalar(StoredTensor content) {
    ByteBuffer data = content.data();
    return switch (content.dtype()) {
      case F64 -> new PlainData.Real(data.getDouble());
      case F32 -> new PlainData.Real(data.getFloat());
      case F16, BF16 -> new PlainData.Real(StoredTensor.half(data.getShort()));
      case I64 -> new PlainData.Whole(data.getLong());
      case I32 -> new PlainData.Whole(data.getInt());
      case U8 -> new PlainData.Whole(data.get() & 0xFF);
    };
  }
}
