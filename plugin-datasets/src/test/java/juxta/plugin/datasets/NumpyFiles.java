package juxta.plugin.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy's files for tests. */
public final class NumpyFiles {
  private NumpyFiles() {}

  /**
   * An array.
   *
   * @param type such as {@code |u1}
   * @param shape such as {@code 3, 1}
   */
  public static byte[] npy(String type, String shape, byte[] data) {
    byte[] header =
        ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    start.putShort((short) header.length);
    return Bytes.join(start.array(), header, data);
  }

  public static byte[] npz(Map<String, byte[]> arrays) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Six arrays: 6 records to train on, 3 and 4 others; record i has the label i mod 2. */
  public static Map<String, byte[]> medMnist(int height, int width, int channels) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("train", 6);
    sizes.put("val", 3);
    sizes.put("test", 4);
    sizes.forEach(
        (part, n) -> {
          String shape = n + ", " + height + ", " + width + (channels == 1 ? "" : ", " + channels);
          byte[] pixels = Bytes.random(n * height * width * channels, part.hashCode());
          byte[] labels = new byte[n];
          for (int i = 0; i < n; i++) {
            labels[i] = (byte) (i % 2);
          }
          arrays.put(part + "_images", npy("|u1", shape, pixels));
          arrays.put(part + "_labels", npy("|u1", n + ", 1", labels));
        });
    return arrays;
  }

  public static Path medMnist(Path file, int height, int width, int channels) {
    return Bytes.write(file, npz(medMnist(height, width, channels)));
  }
}
