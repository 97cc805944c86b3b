package juxta.toolkit.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Takes in bytes and gives the digits that stand for them. Not for several threads; a digest is
 * asked for once.
 */
public final class Digest {
  private static final int PIECE = 1 << 16;

  private final MessageDigest total;

  private Digest(String algorithm) {
    try {
      total = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  /**
   * A SHA-256 of nothing yet.
   *
   * @return a new digest
   */
  public static Digest sha256() {
    return new Digest("SHA-256");
  }

  /**
   * The digest of another kind, for sums that somebody published.
   *
   * @param algorithm {@code MD5}, {@code SHA-1} or {@code SHA-256}, which every Java has
   * @return a new digest
   */
  public static Digest of(String algorithm) {
    return new Digest(algorithm);
  }

  /**
   * Takes in bytes.
   *
   * @param bytes all of them are taken in
   * @return this
   */
  public Digest add(byte[] bytes) {
    total.update(bytes);
    return this;
  }

  /**
   * Takes in bytes.
   *
   * @param bytes those from position to limit, which stay as they are
   * @return this
   */
  public Digest add(ByteBuffer bytes) {
    total.update(bytes.duplicate());
    return this;
  }

  /**
   * Takes in a file, without holding it in memory.
   *
   * @param file the file
   * @return this
   * @throws IOException if it cannot be read
   */
  public Digest add(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(RegularFile.ifThere(file))) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        total.update(piece, 0, read);
      }
    }
    return this;
  }

  /**
   * Ends the digest.
   *
   * @return its bytes, 32 of a SHA-256
   */
  public byte[] bytes() {
    return total.digest();
  }

  /**
   * Ends the digest.
   *
   * @return its lower-case hexadecimal digits
   */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }
}
