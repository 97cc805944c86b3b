package juxta.plugin.datasets.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.toolkit.io.PlainData;

/** Bytes of a pickle, which Python 2 calls a text. */
final class PickleBytes {
  private final byte[] bytes;

  /** The same as text, made once: a file may name one key of many letters many times. */
  private Optional<String> text = Optional.empty();

  PickleBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The text that a value is; Python 2's are taken for UTF-8. */
  static String text(Object value, Function<String, UserException> bad) {
    if (value instanceof PlainData.Text text) {
      return text.value();
    }
    if (value instanceof PickleBytes raw) {
      return raw.text();
    }
    throw bad.apply("a text is missing");
  }

  private String text() {
    if (text.isEmpty()) {
      text = Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
    return text.get();
  }
}
