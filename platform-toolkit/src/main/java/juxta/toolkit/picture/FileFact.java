package juxta.toolkit.picture;

import java.util.Arrays;

/**
 * What was found out about a picture file by reading it.
 *
 * @param digest SHA-256 of its content
 * @param size height and width, from its header
 */
public record FileFact(byte[] digest, ImageSize size) {
  @Override
  public boolean equals(Object other) {
    return other instanceof FileFact fact
        && Arrays.equals(digest, fact.digest)
        && size.equals(fact.size);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return size.toString();
  }
}
