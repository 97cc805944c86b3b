package juxta.toolkit.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import juxta.toolkit.io.Digest;

/**
 * Collects what determines a data set's content, for {@link juxta.api.Dataset#fingerprint}: the
 * SHA-256 of named parts. The same parts in the same order give the same digits. Settings that
 * change the content, such as the side that images are resized to, belong among the parts.
 */
public final class Fingerprint {
  private final Digest total = Digest.sha256();

  /** A fingerprint of nothing yet. */
  public Fingerprint() {}

  /**
   * Adds a part.
   *
   * @param name what it is, such as the name of the file
   * @param content its bytes, or a digest of them
   * @return this
   */
  public Fingerprint add(String name, byte[] content) {
    return add(name, ByteBuffer.wrap(content));
  }

  /**
   * Adds a part; its length goes in too, so that moving bytes between parts changes the result.
   *
   * @param name what it is
   * @param content its bytes from position to limit, which stay as they are
   * @return this
   */
  public Fingerprint add(String name, ByteBuffer content) {
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    total.add(ByteBuffer.allocate(12).putInt(label.length).putLong(content.remaining()).flip());
    total.add(label).add(content);
    return this;
  }

  /**
   * Adds a part.
   *
   * @param name what it is
   * @param content its text
   * @return this
   */
  public Fingerprint add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the fingerprint; may be asked for once.
   *
   * @return 64 hexadecimal digits
   */
  public String hex() {
    return total.hex();
  }
}
