package juxta.toolkit.io;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The header of an array as NumPy's {@code save} writes it: magic, version, length, and a Python
 * dictionary of three known keys in their one usual order. Nothing else is understood.
 *
 * @param dtype type of the elements
 * @param fortran whether the first axis runs fastest
 * @param shape lengths of the axes
 * @param length bytes before the data
 */
public record NpyHeader(Dtype dtype, boolean fortran, List<Long> shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The longest that is read; NumPy itself distrusts more than 10,000 characters. */
  private static final int LONGEST = 1 << 16;

  private static final Map<String, Dtype> TYPES =
      Map.of(
          "<f8", Dtype.F64,
          "<f4", Dtype.F32,
          "<f2", Dtype.F16,
          "<i8", Dtype.I64,
          "<i4", Dtype.I32,
          "|u1", Dtype.U8,
          "|b1", Dtype.U8);

  /** Reads up to the first byte of the data. */
  static NpyHeader read(ByteSource in) {
    byte[] start = in.take(8, "the magic of a NumPy array");
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw in.bad(i, "no NumPy array begins like this");
      }
    }
    int major = start[6];
    if (major < 1 || major > 3 || start[7] != 0) {
      throw in.bad(6, "version " + major + "." + start[7] + " is not known (1.0 to 3.0 are)");
    }
    int lengthBytes = major == 1 ? 2 : 4;
    long length = 0;
    byte[] bytes = in.take(lengthBytes, "the header's length");
    for (int i = 0; i < lengthBytes; i++) {
      length |= (bytes[i] & 0xFFL) << 8 * i;
    }
    if (length > LONGEST) {
      throw in.bad(8, "a header of " + length + " bytes is not possible");
    }
    int from = 8 + lengthBytes;
    String text = new String(in.take((int) length, "the header"), StandardCharsets.ISO_8859_1);
    return parse(in, from, text);
  }

  private static NpyHeader parse(ByteSource in, int from, String text) {
    NpyDictionary.Content content =
        NpyDictionary.parse(text)
            .orElseThrow(
                () ->
                    in.bad(
                        from,
                        text.contains("[(")
                            ? "records of several fields are not read; save each as an array"
                            : "the header is not that of one plain array"));
    Dtype dtype = TYPES.get(content.type());
    if (dtype == null) {
      throw in.bad(
          from,
          content.type().contains("O")
              ? "Python objects are not read, since reading them may run code"
              : "elements of type '"
                  + Printable.of(content.type())
                  + "' are not read; convert them to float32, int64, int32 or uint8");
    }
    NpyHeader header =
        new NpyHeader(dtype, content.fortran(), content.shape(), from + text.length());
    List<Long> longAxes = content.shape().stream().filter(length -> length > 0).toList();
    if (header.bytes() == 0 && header.bytes(longAxes) == Long.MAX_VALUE) {
      throw in.bad(from, "an array of shape " + content.shape() + " is not possible");
    }
    return header;
  }

  /** Bytes of one element of the first axis. */
  long rowBytes() {
    return bytes(shape.isEmpty() ? shape : shape.subList(1, shape.size()));
  }

  /**
   * What all elements take.
   *
   * @return bytes; more than any array has where they overflow
   */
  public long bytes() {
    return bytes(shape);
  }

  private long bytes(List<Long> lengths) {
    long bytes = dtype.bytes();
    for (long length : lengths) {
      if (length == 0) {
        return 0;
      }
      bytes = bytes > Long.MAX_VALUE / length ? Long.MAX_VALUE : bytes * length;
    }
    return bytes;
  }
}
