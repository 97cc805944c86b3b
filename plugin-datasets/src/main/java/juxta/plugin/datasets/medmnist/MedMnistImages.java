package juxta.plugin.datasets.medmnist;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import juxta.api.UserException;
import juxta.plugin.datasets.file.MappedRecords;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.io.Dtype;
import juxta.toolkit.io.Npz;

/**
 * Images of one part of a file in MedMNIST's layout: in memory, or, where they are many, unpacked
 * once into the cache and mapped from there.
 *
 * @param size N
 * @param shape height, width, channels
 * @param pixels of an image, as bytes in the order [height, width, channels]
 * @param print adds the content to a fingerprint
 */
record MedMnistImages(
    int size,
    List<Integer> shape,
    IntFunction<byte[]> pixels,
    BiConsumer<Fingerprint, String> print) {
  private static final int LARGEST = 1 << 14; // side; larger ones are a damaged header

  /**
   * Reads and checks images.
   *
   * @param file for errors
   * @param npz the open file
   * @param name of the array
   * @param unpacked folder for large arrays
   * @param mostInMemory bytes of an array that is kept in memory
   */
  static MedMnistImages read(Path file, Npz npz, String name, Path unpacked, long mostInMemory) {
    List<Long> shape = npz.shape(name);
    Dtype dtype = npz.dtype(name);
    boolean grey = shape.size() == 3;
    boolean flat = grey || (shape.size() == 4 && List.of(1L, 3L).contains(shape.get(3)));
    if (!flat || dtype != Dtype.U8 || shape.stream().anyMatch(n -> n < 1) || huge(shape)) {
      throw new UserException(
          "%s: %s are %s of shape %s instead of U8 (bytes) of shape [N, H, W] or [N, H, W, 3]; MedMNIST's 3D sets are not read"
              .formatted(file, name, dtype, shape));
    }
    int height = shape.get(1).intValue();
    int width = shape.get(2).intValue();
    int channels = grey ? 1 : shape.get(3).intValue();
    int length = height * width * channels;
    int size = Math.toIntExact(shape.get(0));
    List<Integer> sides = List.of(height, width, channels);
    if ((long) size * length > mostInMemory) {
      MappedRecords mapped = MappedRecords.open(unpacked(npz, name, shape, unpacked), length);
      return new MedMnistImages(
          size, sides, mapped::record, (print, part) -> mapped.addTo(print, part + " images"));
    }
    ByteBuffer bytes = npz.tensor(name).data();
    return new MedMnistImages(
        size,
        sides,
        i -> {
          byte[] image = new byte[length];
          bytes.get(bytes.position() + i * length, image);
          return image;
        },
        (print, part) -> print.add(part + " images", bytes));
  }

  private static boolean huge(List<Long> shape) {
    return shape.get(0) > Integer.MAX_VALUE || shape.get(1) > LARGEST || shape.get(2) > LARGEST;
  }

  /** The elements of an array as a file; its name changes when they do. */
  private static Path unpacked(Npz npz, String name, List<Long> shape, Path folder) {
    String key = "%08x".formatted(npz.checksum(name));
    for (long n : shape) {
      key += "-" + n;
    }
    Path to = folder.resolve(key + ".bytes");
    if (!Files.exists(to)) {
      npz.unpack(name, to);
    }
    return to;
  }

  Column column() {
    return Column.images(shape.get(0), shape.get(1), shape.get(2), pixels);
  }

  void addTo(Fingerprint fingerprint, String part) {
    print.accept(fingerprint, part + " " + shape);
  }
}
