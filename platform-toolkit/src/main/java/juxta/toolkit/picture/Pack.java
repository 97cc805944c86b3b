package juxta.toolkit.picture;

import java.util.List;
import java.util.function.IntFunction;
import juxta.toolkit.data.Fingerprint;

/**
 * Pictures to be decoded once and kept in files.
 *
 * @param digests SHA-256 of each picture's file
 * @param length bytes of a decoded picture
 * @param recipe words for what is made of a file's pixels
 * @param decode decodes one; safe to call from several threads
 */
public record Pack(List<byte[]> digests, int length, String recipe, IntFunction<byte[]> decode) {
  /** Raised whenever the same files and recipe give other pixels. */
  private static final int VERSION = 2;

  /** Digits that stand for all that determines the decoded pictures. */
  String key() {
    Fingerprint key = new Fingerprint().add("version", Integer.toString(VERSION));
    key.add("recipe", recipe).add("length", Integer.toString(length));
    digests.forEach(digest -> key.add("file", digest));
    return key.hex().substring(0, 32);
  }
}
