package juxta.launcher.search;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import juxta.api.Field;
import juxta.api.Value;
import juxta.toolkit.io.Digest;

/** Names records by what they hold. */
final class Content {
  /** 128 of the 256 bits tell any two images apart. */
  private static final int DIGITS = 32;

  private Content() {}

  /** A hash of the values that a vector is made of. */
  static String id(List<Field> inputs, Map<String, Value> record) {
    Digest digest = Digest.sha256();
    for (Field field : inputs) {
      Value value = record.get(field.name());
      digest.add((field.name() + value.type() + value.shape()).getBytes(StandardCharsets.UTF_8));
      digest.add(value.data());
    }
    return digest.hex().substring(0, DIGITS);
  }

  /** A hash of words. */
  static String hash(String... words) {
    Digest digest = Digest.sha256();
    for (String word : words) {
      digest.add(word.getBytes(StandardCharsets.UTF_8));
      digest.add(new byte[1]);
    }
    return digest.hex().substring(0, DIGITS);
  }

  /** Makes the ids of records with the same content different, the first one's stays as it is. */
  static UnaryOperator<String> numbering() {
    Map<String, Integer> seen = new HashMap<>();
    return id -> {
      int count = seen.merge(id, 1, Integer::sum);
      return count == 1 ? id : id + "~" + count;
    };
  }
}
