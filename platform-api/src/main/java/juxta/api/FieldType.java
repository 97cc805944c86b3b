package juxta.api;

import org.apiguardian.api.API;

/** Element types of the fields of a record. */
@API(status = API.Status.STABLE, since = "0.1")
public enum FieldType {
  /** Unsigned bytes, pixels from 0 to 255 or class indices of a mask. */
  UINT8(1),
  /** 32-bit integers: labels, instance ids, token ids. */
  INT32(4),
  /** 32-bit floating point numbers. */
  FLOAT32(4),
  /** UTF-8 text; the value's bytes are the text, its shape is []. */
  TEXT(1);

  private final int bytes;

  FieldType(int bytes) {
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
}
