package juxta.toolkit.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import juxta.api.UserException;
import juxta.api.Value;

/**
 * A NumPy {@code .npz} file: a zip archive of {@code .npy} arrays, stored or deflated. Opening it
 * reads the archive's directory; each array is read, and its checksum compared, when it is asked
 * for. Safe to use from several threads. See {@link Npy} for what arrays may hold.
 */
public final class Npz implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  /** Deflate makes nothing smaller than by about this factor; a claim beyond it is a trap. */
  private static final long MOST_RATIO = 1100;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;

  private Npz(Path file, ZipFile zip, Map<String, ZipEntry> entries) {
    this.file = file;
    this.zip = zip;
    this.entries = entries;
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @return its content; close it
   * @throws UserException if it cannot be read or is no zip archive of arrays
   */
  public static Npz open(Path file) {
    ZipFile zip;
    try {
      if (!Files.exists(file)) {
        throw new UserException("cannot read " + file + " (there is no such file)");
      }
      RegularFile.check(file); // a pipe would be waited for
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(file + ": is no zip archive (" + message(e) + "); " + Npy.REMEDY, e);
    }
    boolean sound = false;
    try {
      Npz opened = new Npz(file, zip, directory(file, zip));
      sound = true;
      return opened;
    } catch (IllegalArgumentException e) {
      throw new UserException(
          file + ": holds names that are no text (" + message(e) + "); " + Npy.REMEDY, e);
    } finally {
      if (!sound) {
        close(file, zip);
      }
    }
  }

  private static Map<String, ZipEntry> directory(Path file, ZipFile zip) {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    Enumeration<? extends ZipEntry> all = zip.entries();
    while (all.hasMoreElements()) {
      ZipEntry entry = all.nextElement();
      String name = entry.getName();
      if (!name.endsWith(SUFFIX)) {
        throw new UserException(
            file + ": holds '" + Printable.of(name) + "', which is no array; " + Npy.REMEDY);
      }
      String key = name.substring(0, name.length() - SUFFIX.length());
      if (entries.put(key, entry) != null) {
        throw new UserException(file + ": holds '" + Printable.of(name) + "' twice; " + Npy.REMEDY);
      }
    }
    return entries;
  }

  /**
   * The names of the arrays.
   *
   * @return the names in the order of the archive
   */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /**
   * Whether there is an array.
   *
   * @param name its name, without {@code .npy}
   * @return true if there is
   */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * The type of an array's elements; they are not read.
   *
   * @param name its name
   * @return the type
   * @throws UserException if there is no such array or its header is unsound
   */
  public Dtype dtype(String name) {
    return read(name, source -> large(name, source).dtype());
  }

  /**
   * The shape of an array; its elements are not read.
   *
   * @param name its name
   * @return lengths of its axes
   * @throws UserException if there is no such array or its header is unsound
   */
  public List<Long> shape(String name) {
    return read(name, source -> large(name, source).shape());
  }

  /**
   * Reads an array.
   *
   * @param name its name
   * @return the array, row-major
   * @throws UserException if there is no such array or it is unsound, naming file and offset
   */
  public StoredTensor tensor(String name) {
    return read(
        name,
        source -> {
          StoredTensor tensor = Npy.data(source, header(name, source));
          source.end();
          if (source.checksum() != entries.get(name).getCrc()) {
            throw source.bad(0, "the checksum does not fit");
          }
          return tensor;
        });
  }

  /**
   * Reads some elements of the first axis, passing over those before; their checksum is not
   * compared.
   *
   * @param name name of the array, which has an axis and is stored row-major
   * @param from the first
   * @param count how many
   * @return [count, ...]
   * @throws UserException if there is no such array or it is unsound, naming file and offset
   * @throws IndexOutOfBoundsException if the array has not so many
   * @throws ArithmeticException if they take 2 GiB or more
   */
  public StoredTensor rows(String name, long from, int count) {
    return read(
        name,
        source -> {
          NpyHeader header = large(name, source);
          if (header.shape().isEmpty() || header.fortran()) {
            throw source.bad(header.length(), "an array without rows that lie in a piece");
          }
          java.util.Objects.checkFromIndexSize(from, count, header.shape().get(0));
          source.skip(from * header.rowBytes(), "the array");
          List<Long> shape = new ArrayList<>(header.shape());
          shape.set(0, (long) count);
          int bytes = Math.toIntExact(Math.multiplyExact(count, header.rowBytes()));
          return Npy.tensor(header, shape, source.take(bytes, "the array"));
        });
  }

  /**
   * Writes the elements of an array of any size into a file, row-major and little endian, without a
   * header. The file appears when it is whole and the checksum was right.
   *
   * @param name name of the array, which is stored row-major
   * @param to the file; replaced if it is there
   * @throws UserException if there is no such array, it is unsound, or the file cannot be written
   */
  public void unpack(String name, Path to) {
    read(
        name,
        source -> {
          NpyHeader header = large(name, source);
          if (header.fortran() && header.shape().size() > 1) {
            throw source.bad(header.length(), "an array of this size is read row-major only");
          }
          AtomicFile.write(
              to,
              channel -> {
                source.pass(header.bytes(), "the array", Channels.newOutputStream(channel));
                source.end();
                if (source.checksum() != entries.get(name).getCrc()) {
                  throw source.bad(0, "the checksum does not fit");
                }
              });
          return to;
        });
  }

  /**
   * A number that changes when the elements of an array do, as the archive's directory has it.
   *
   * @param name its name
   * @return CRC-32 of header and elements; it is compared when the array is read
   * @throws UserException if there is no such array
   */
  public long checksum(String name) {
    return entry(name).getCrc();
  }

  /**
   * Reads an array in a type that graphs compute with.
   *
   * @param name its name
   * @return the value; see {@link StoredTensor#value}
   * @throws UserException if it cannot be read or a 64-bit integer does not fit into 32 bits
   */
  public Value value(String name) {
    try {
      return tensor(name).value();
    } catch (ArithmeticException e) {
      throw new UserException(
          file + ": array '" + name + "' has numbers that do not fit into 32 bits", e);
    }
  }

  private NpyHeader header(String name, ByteSource source) {
    NpyHeader header = NpyHeader.read(source);
    Npy.check(source, header, entries.get(name).getSize());
    return header;
  }

  /** A header whose array may be too large for memory. */
  private NpyHeader large(String name, ByteSource source) {
    NpyHeader header = NpyHeader.read(source);
    Npy.fits(source, header, entries.get(name).getSize());
    return header;
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new UserException(
          file + ": has no array '" + name + "', only " + entries.size() + " others");
    }
    return entry;
  }

  private <T> T read(String name, Function<ByteSource, T> use) {
    return ReadingLimits.of(file, () -> readEntry(entry(name), use));
  }

  private <T> T readEntry(ZipEntry entry, Function<ByteSource, T> use) {
    String where = file + ", " + Printable.of(entry.getName());
    if (entry.getSize() > MOST_RATIO * Math.max(1, entry.getCompressedSize())) {
      throw new UserException(
          where
              + ": at byte 0: "
              + entry.getCompressedSize()
              + " bytes cannot become "
              + entry.getSize()
              + "; "
              + Npy.REMEDY);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return use.apply(new ByteSource(where, in, Npy.REMEDY));
    } catch (IOException e) {
      throw new UserException(where + ": cannot be read (" + message(e) + "); " + Npy.REMEDY, e);
    }
  }

  private static String message(Exception e) {
    return e instanceof IOException io ? AtomicFile.reason(io) : e.getClass().getSimpleName();
  }

  @Override
  public void close() {
    close(file, zip);
  }

  private static void close(Path file, ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }
}
