package juxta.plugin.datasets.pickle;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.PlainData;

/** Bytes of a pickle, which Python 2 calls a text. */
record PickleBytes(byte[] bytes) {
  /** The text that a value is; Python 2's are taken for UTF-8. */
  static String text(Object value, Function<String, UserException> bad) {
    if (value instanceof PlainData.Text text) {
      return text.value();
    }
    if (value instanceof PickleBytes raw) {
      return new String(raw.bytes(), StandardCharsets.UTF_8);
    }
    throw bad.apply("a text is missing");
  }
}
