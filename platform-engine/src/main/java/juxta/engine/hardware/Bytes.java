package juxta.engine.hardware;

import java.util.Locale;

/** Numbers of bytes for people. */
final class Bytes {
  private static final double GIGA = 1e9;
  private static final double MEGA = 1e6;

  private Bytes() {}

  /** Such as {@code 23.4 GB} or {@code 684 MB}. */
  static String of(long bytes) {
    return bytes >= GIGA
        ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGA)
        : String.format(Locale.ROOT, "%.0f MB", bytes / MEGA);
  }
}
