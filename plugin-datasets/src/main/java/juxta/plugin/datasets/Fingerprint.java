package juxta.plugin.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Collects the SHA-256 of named parts; the same parts in the same order give the same digits. */
final class Fingerprint {
  private final MessageDigest total = digest("SHA-256");

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  Fingerprint add(String name, byte[] content) {
    return add(name, ByteBuffer.wrap(content));
  }

  /** Adds a part; its length goes in too, so that moving bytes between parts changes the result. */
  Fingerprint add(String name, ByteBuffer content) {
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    total.update(ByteBuffer.allocate(12).putInt(label.length).putLong(content.remaining()).flip());
    total.update(label);
    total.update(content.duplicate());
    return this;
  }

  Fingerprint add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The digits; may be asked for once. */
  String hex() {
    return HexFormat.of().formatHex(total.digest());
  }
}
