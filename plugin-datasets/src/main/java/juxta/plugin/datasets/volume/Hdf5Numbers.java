package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import juxta.toolkit.io.StoredTensor;

/**
 * How the numbers of a data set are stored.
 *
 * @param kind which numbers
 * @param bytes bytes of one
 * @param order their order
 */
record Hdf5Numbers(Kind kind, int bytes, ByteOrder order) {
  private static final int WHOLE = 0;
  private static final int REAL = 1;
  private static final int BITS = 4;
  private static final int ENUM = 8;

  enum Kind {
    SIGNED,
    UNSIGNED,
    REAL
  }

  /**
   * Reads the message that tells of them. Booleans are an enumeration of two whole numbers.
   *
   * @throws juxta.api.UserException if these are no numbers, or numbers of a format of their own
   */
  static Hdf5Numbers of(Hdf5Place place, ByteBuffer message) {
    int start = message.position();
    int type = message.get(start) & 0x0F;
    int bits = message.getInt(start) >>> 8;
    int bytes = message.getInt(start + 4);
    ByteBuffer properties = message.position(start + 8);
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    switch (type) {
      case WHOLE, BITS -> {
        int offset = properties.getShort();
        int precision = properties.getShort();
        if (offset != 0 || precision != 8 * bytes || bytes > 8 || Integer.bitCount(bytes) != 1) {
          throw place.numbers("whole numbers of %d bits in %d bytes".formatted(precision, bytes));
        }
        boolean signed = type == WHOLE && (bits & 8) != 0;
        return new Hdf5Numbers(signed ? Kind.SIGNED : Kind.UNSIGNED, bytes, order);
      }
      case REAL -> {
        if (!ieee(bits, bytes, properties)) {
          throw place.numbers("real numbers of %d bytes in a format of their own".formatted(bytes));
        }
        return new Hdf5Numbers(Kind.REAL, bytes, order);
      }
      case ENUM -> {
        return of(place, properties);
      }
      default -> throw place.numbers(name(type));
    }
  }

  private static String name(int type) {
    return switch (type) {
      case 2 -> "times";
      case 3 -> "text";
      case 5 -> "bytes without a meaning";
      case 6 -> "records of several fields";
      case 7 -> "references";
      case 9 -> "rows of any length";
      case 10 -> "arrays";
      default -> "data of the unknown type " + type;
    };
  }

  /** Whether real numbers are laid out as IEEE 754 has them. */
  private static boolean ieee(int bits, int bytes, ByteBuffer properties) {
    int exponent =
        switch (bytes) {
          case 2 -> 5;
          case 4 -> 8;
          case 8 -> 11;
          default -> -1;
        };
    int fraction = 8 * bytes - 1 - exponent;
    boolean otherOrder = (bits & 0x40) != 0;
    int normalisation = bits >> 4 & 3;
    int sign = bits >> 8 & 0xFF;
    return !otherOrder
        && normalisation == 2
        && sign == 8 * bytes - 1
        && properties.getShort() == 0
        && properties.getShort() == 8 * bytes
        && (properties.get() & 0xFF) == fraction
        && properties.get() == exponent
        && properties.get() == 0
        && properties.get() == fraction
        && properties.getInt() == (1 << exponent - 1) - 1;
  }

  /** The number that starts at a byte of a buffer of this order. */
  float at(ByteBuffer from, int byteAt) {
    return switch (kind) {
      case REAL ->
          switch (bytes) {
            case 2 -> StoredTensor.half(from.getShort(byteAt));
            case 4 -> from.getFloat(byteAt);
            default -> (float) from.getDouble(byteAt);
          };
      case SIGNED ->
          switch (bytes) {
            case 1 -> from.get(byteAt);
            case 2 -> from.getShort(byteAt);
            case 4 -> from.getInt(byteAt);
            default -> from.getLong(byteAt);
          };
      case UNSIGNED ->
          switch (bytes) {
            case 1 -> from.get(byteAt) & 0xFF;
            case 2 -> from.getShort(byteAt) & 0xFFFF;
            case 4 -> from.getInt(byteAt) & 0xFFFFFFFFL;
            default -> unsigned(from.getLong(byteAt));
          };
    };
  }

  /** Halved, its last bit kept for rounding, where a signed number would be negative. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2f;
  }
}
