package juxta.plugin.datasets.volume;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.io.RegularFile;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Placement;
import juxta.toolkit.volume.Scan;

/** Reads data sets of three axes from HDF5 files. */
final class Hdf5 {
  private static final long MOST_VOXELS = 1L << 29;

  /** No deflate stream grows by more when it is unpacked. */
  private static final long MOST_GROWTH = 1032;

  /** More do not fit into an array. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int AXES = 3;

  private static final String IMAGE = "image";

  /** A message that is an object's own. */
  private static final int NAMED = 2;

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
    RegularFile.check(file);
    Hdf5Place place = new Hdf5Place(file, name);
    try (HdfFile hdf = open(file)) {
      Hdf5Bytes bytes = new Hdf5Bytes(hdf.getHdfBackingStorage());
      Hdf5Path path = new Hdf5Path(bytes, place, hdf.getAddress());
      Hdf5Header data =
          path.find()
              .filter(header -> header.find(Hdf5Header.LAYOUT).isPresent())
              .orElseThrow(() -> absent(place, path.names()));
      return scan(place, bytes, data, reversed);
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

  private static UserException absent(Hdf5Place place, Set<String> names) {
    boolean group = names.contains(place.name());
    String instead =
        group ? "a group of that name" : names.isEmpty() ? "nothing" : String.join(", ", names);
    return new UserException(
        "%s: has no data set '%s' but %s; a case holds 'image' and 'label', or 'image' alone"
            .formatted(place.file(), place.name(), Excerpt.of(instead)));
  }

  /**
   * Whether nobody drew into a scan: its file holds the image and nothing else. One that holds more
   * may hold the label under another name, and one that cannot be read says so when it is.
   */
  static boolean imageAlone(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (HdfFile hdf = open(file)) {
      Hdf5Bytes bytes = new Hdf5Bytes(hdf.getHdfBackingStorage());
      Hdf5Path path = new Hdf5Path(bytes, new Hdf5Place(file, IMAGE), hdf.getAddress());
      return path.names().equals(Set.of(IMAGE));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return false;
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
  static void check(Path file, String what, long... sizes) {
    long voxels = 1;
    for (long size : sizes) {
      voxels =
          size < 1 || size > MOST_VOXELS || voxels > MOST_VOXELS
              ? Long.MAX_VALUE / 2
              : voxels * size;
    }
    boolean absurd = voxels > MOST_VOXELS || voxels > MOST_GROWTH * file.toFile().length();
    if (sizes.length < AXES || absurd) {
      throw sizes(
          file, what, absurd ? "cannot lie in a file of its length" : "are not three", sizes);
    }
  }

  private static UserException sizes(Path file, String what, String wrong, long... sizes) {
    return new UserException(
        "%s: %s has the sizes %s, which %s; write a scan of three axes"
            .formatted(file, what, Arrays.toString(sizes), wrong));
  }

  private static Scan scan(Hdf5Place place, Hdf5Bytes bytes, Hdf5Header header, boolean reversed) {
    if (header.shared(Hdf5Header.SPACE) || header.shared(Hdf5Header.FILL)) {
      throw place.shared("what tells of it");
    }
    Hdf5Space space =
        header
            .find(Hdf5Header.SPACE)
            .map(message -> Hdf5Space.of(bytes, message))
            .orElseThrow(() -> place.damaged("does not say how large it is"));
    check(place.file(), "'" + place.name() + "'", space.sizes());
    int[] axes = axes(place, space.sizes());
    Hdf5Numbers numbers =
        type(place, bytes, header)
            .map(message -> Hdf5Numbers.of(place, message))
            .orElseThrow(() -> place.damaged("does not say what it holds"));
    return scan(new Hdf5Layout(bytes, place, header, space, numbers).read(), axes, reversed);
  }

  /** What tells of the numbers; it may be an object of its own that has a name. */
  private static Optional<ByteBuffer> type(Hdf5Place place, Hdf5Bytes bytes, Hdf5Header header) {
    Optional<ByteBuffer> message = header.find(Hdf5Header.TYPE);
    if (message.isEmpty() || !header.shared(Hdf5Header.TYPE)) {
      return message;
    }
    ByteBuffer shared = message.get();
    int version = shared.get();
    int kind = shared.get();
    if (version < 1 || version > 3 || version == 3 && kind != NAMED) {
      throw place.shared("what tells of it");
    }
    shared.position(version == 1 ? 8 : 2);
    return Hdf5Header.read(bytes, bytes.address(shared)).find(Hdf5Header.TYPE);
  }

  /** The three axes; others, for a channel or a batch, have the length 1. */
  private static int[] axes(Hdf5Place place, long... sizes) {
    List<Integer> axes = new ArrayList<>();
    Arrays.stream(sizes).forEach(size -> axes.add((int) size));
    while (axes.size() > AXES && axes.get(0) == 1) {
      axes.remove(0);
    }
    while (axes.size() > AXES && axes.get(axes.size() - 1) == 1) {
      axes.remove(axes.size() - 1);
    }
    if (axes.size() > AXES) {
      throw sizes(place.file(), "'" + place.name() + "'", "are not three", sizes);
    }
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Scan scan(float[] numbers, int[] sizes, boolean reversed) {
    if (!reversed) {
      return new Scan(Grid.of(sizes[0], sizes[1], sizes[2], 1, 1, 1), numbers, Placement.NONE);
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
    return new Scan(Grid.of(x, y, z, 1, 1, 1), turned, Placement.NONE);
  }
}
