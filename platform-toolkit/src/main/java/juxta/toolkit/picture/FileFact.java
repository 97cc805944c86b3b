package juxta.toolkit.picture;

import java.util.Arrays;
import juxta.picture.ImageSize;
import juxta.picture.PictureHeader;

/**
 * What was found out about a picture file by reading it.
 *
 * @param digest SHA-256 of its content
 * @param header what its header says
 */
public record FileFact(byte[] digest, PictureHeader header) {
  /**
   * The stored size.
   *
   * @return height and width
   */
  public ImageSize size() {
    return header.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileFact fact
        && Arrays.equals(digest, fact.digest)
        && header.equals(fact.header);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return size().toString();
  }
}
