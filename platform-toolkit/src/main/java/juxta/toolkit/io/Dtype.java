package juxta.toolkit.io;

import java.util.Arrays;
import java.util.Optional;

/** The element types of safetensors files that Juxta reads. */
public enum Dtype {
  /** IEEE double precision. */
  F64(8),
  /** IEEE single precision. */
  F32(4),
  /** IEEE half precision. */
  F16(2),
  /** The upper half of single precision. */
  BF16(2),
  /** Signed 64-bit integers. */
  I64(8),
  /** Signed 32-bit integers. */
  I32(4),
  /** Unsigned bytes. */
  U8(1);

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of one element.
   *
   * @return bytes an element
   */
  public int bytes() {
    return bytes;
  }

  /** Looks a name up. */
  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }
}
