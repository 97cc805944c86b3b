package juxta.launcher.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import juxta.api.Field;
import juxta.api.Value;

/** Names records by what they hold. */
final class Content {
  /** 128 of the 256 bits tell any two images apart. */
  private static final int BYTES = 16;

  private Content() {}

  /** A hash of the values that a vector is made of. */
  static String id(List<Field> inputs, Map<String, Value> record) {
    MessageDigest digest = sha256();
    for (Field field : inputs) {
      Value value = record.get(field.name());
      digest.update((field.name() + value.type() + value.shape()).getBytes(StandardCharsets.UTF_8));
      ByteBuffer data = value.data();
      digest.update(data);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** A hash of words. */
  static String hash(String... words) {
    MessageDigest digest = sha256();
    for (String word : words) {
      digest.update(word.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** Makes the ids of records with the same content different, the first one's stays as it is. */
  static UnaryOperator<String> numbering() {
    Map<String, Integer> seen = new HashMap<>();
    return id -> {
      int count = seen.merge(id, 1, Integer::sum);
      return count == 1 ? id : id + "~" + count;
    };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
