package juxta.plugin.datasets.volume;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/** Reads data sets of three axes from HDF5 files. */
final class Hdf5 {
  private static final long MOST_VOXELS = 1L << 29;

  /** No deflate stream grows by more when it is unpacked. */
  private static final long MOST_GROWTH = 1032;

  /** More do not fit into an array. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int SHUFFLE = 2;

  private Hdf5() {}

  /**
   * Reads one data set.
   *
   * @param file the file
   * @param name of the data set, at the top of the file
   * @param reversed whether the axes are z, y, x in the file instead of x, y, z
   * @return its numbers as floats; voxels have a distance of one, as the files say none
   */
  static Scan read(Path file, String name, boolean reversed) {
    if (!Files.isReadable(file)) {
      throw new UserException(file + ": cannot be read; check that it exists and may be read");
    }
    try (HdfFile hdf = open(file)) {
      Node node = hdf.getChildren().get(name);
      if (!(node instanceof Dataset data)) {
        throw new UserException(
            "%s: has no data set '%s' but %s; a case holds 'image' and 'label'"
                .formatted(file, name, String.join(", ", hdf.getChildren().keySet())));
      }
      int[] sizes = data.getDimensions();
      check(file, "'" + name + "'", sizes);
      if (data instanceof ChunkedDataset chunked) {
        check(file, "a chunk of '" + name + "'", chunked.getChunkDimensions());
        checkShuffle(file, name, data);
      }
      float[] numbers = floats(file, name, data.getDataFlat());
      return scan(numbers, sizes, reversed);
    } catch (UserException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      // Sizes that a damaged header claims are asked for at once: the rest of memory is still
      // there.
      throw new UserException(
          ("%s: reading '%s' takes more memory than Java has, though the file is of %d bytes; copy or"
                  + " download it again, remove it, or give Java more with JUXTA_JAVA_OPTIONS=-Xmx8g")
              .formatted(file, name, file.toFile().length()),
          e);
    } catch (RuntimeException | StackOverflowError e) {
      // The library answers damaged files with many kinds of runtime exceptions, and follows parts
      // that contain each other until the stack ends.
      throw new UserException(
          "%s: is no readable HDF5 file (%s, %d bytes); copy or download it again, or remove it"
              .formatted(file, reason(e), file.toFile().length()),
          e);
    }
  }

  /**
   * Opens a file by its bytes. What lies outside of them is refused at once, where the library
   * would take memory for all that a header claims before it looks at a file. They are not mapped:
   * a map of a file that someone cuts meanwhile stops Java at any later moment.
   */
  private static HdfFile open(Path file) {
    try {
      return Files.size(file) > MOST_BYTES
          ? new HdfFile(file)
          : HdfFile.fromBytes(Files.readAllBytes(file));
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    }
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return DataFolder.reason(root);
  }

  /** A header may claim any size: it is checked before memory is taken for it. */
  private static void check(Path file, String what, int[] sizes) {
    long voxels = 1;
    for (int size : sizes) {
      voxels = size < 1 || voxels > MOST_VOXELS ? Long.MAX_VALUE / 2 : voxels * size;
    }
    boolean absurd = voxels > MOST_VOXELS || voxels > MOST_GROWTH * file.toFile().length();
    if (sizes.length != 3 || absurd) {
      throw new UserException(
          "%s: %s has the sizes %s, which %s; write a scan of three axes"
              .formatted(
                  file,
                  what,
                  Arrays.toString(sizes),
                  absurd ? "cannot lie in a file of its length" : "are not three"));
    }
  }

  /** Bytes that are sorted by their place in a number of some other width take any time. */
  private static void checkShuffle(Path file, String name, Dataset data) {
    int width = data.getDataType().getSize();
    for (PipelineFilterWithData filter : data.getFilters()) {
      int[] widths = filter.getFilterData();
      if (filter.getId() == SHUFFLE && (widths.length != 1 || widths[0] != width)) {
        throw new UserException(
            "%s: '%s' holds numbers of %d bytes, shuffled as if of %s; write the file again"
                .formatted(file, name, width, Arrays.toString(widths)));
      }
    }
  }

  private static float[] floats(Path file, String name, Object flat) {
    if (flat instanceof float[] floats) {
      return floats;
    }
    if (flat instanceof int[] numbers) {
      return convert(numbers.length, i -> numbers[i]);
    }
    if (flat instanceof byte[] numbers) {
      return convert(numbers.length, i -> numbers[i]);
    }
    if (flat instanceof short[] numbers) {
      return convert(numbers.length, i -> numbers[i]);
    }
    if (flat instanceof long[] numbers) {
      return convert(numbers.length, i -> numbers[i]);
    }
    if (flat instanceof double[] numbers) {
      return convert(numbers.length, i -> numbers[i]);
    }
    throw new UserException(
        "%s: '%s' holds no numbers but %s; write it as float32 or uint8"
            .formatted(file, name, flat.getClass().getSimpleName()));
  }

  /** Gives the number at a place. */
  private interface Numbers {
    double at(int i);
  }

  private static float[] convert(int length, Numbers numbers) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) numbers.at(i);
    }
    return floats;
  }

  private static Scan scan(float[] numbers, int[] sizes, boolean reversed) {
    if (!reversed) {
      return new Scan(Grid.of(sizes[0], sizes[1], sizes[2], 1, 1, 1), numbers);
    }
    int x = sizes[2];
    int y = sizes[1];
    int z = sizes[0];
    float[] turned = new float[numbers.length];
    for (int k = 0; k < z; k++) {
      for (int j = 0; j < y; j++) {
        for (int i = 0; i < x; i++) {
          turned[(i * y + j) * z + k] = numbers[(k * y + j) * x + i];
        }
      }
    }
    return new Scan(Grid.of(x, y, z, 1, 1, 1), turned);
  }
}
