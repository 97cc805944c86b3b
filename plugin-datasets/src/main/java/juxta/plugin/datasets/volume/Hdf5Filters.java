package juxta.plugin.datasets.volume;

import io.jhdf.filter.Lz4Filter;
import io.jhdf.filter.LzfFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import juxta.api.UserException;

/**
 * The filters through which chunks went when they were written, first to last.
 *
 * @param place for errors
 * @param filters one after the other
 */
record Hdf5Filters(Hdf5Place place, List<Filter> filters) {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER = 3;
  private static final int LZF = 32000;
  private static final int LZ4 = 32004;
  private static final int BITSHUFFLE = 32008;
  private static final int CHECKSUM = 4;

  /**
   * One filter.
   *
   * @param id its registered number
   * @param name as the file calls it; may be empty
   * @param values what it was told
   */
  record Filter(int id, String name, int... values) {}

  /**
   * Reads the message that names them.
   *
   * @param bytes of a number of the data set
   * @throws juxta.api.UserException if one cannot be undone here
   */
  static Hdf5Filters of(Hdf5Place place, ByteBuffer message, int bytes) {
    int version = message.get();
    int count = message.get() & 0xFF;
    message.position(version == 1 ? 8 : 2);
    List<Filter> filters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = message.getShort() & 0xFFFF;
      int nameLength = version == 1 || id >= 256 ? message.getShort() & 0xFFFF : 0;
      message.getShort(); // whether it may be left out
      int values = message.getShort() & 0xFFFF;
      byte[] name = new byte[nameLength];
      message.get(name);
      int[] told = new int[values];
      for (int value = 0; value < values; value++) {
        told[value] = message.getInt();
      }
      if (version == 1 && values % 2 == 1) {
        message.getInt();
      }
      String text = new String(name, StandardCharsets.ISO_8859_1);
      int end = text.indexOf('\0');
      filters.add(new Filter(id, end < 0 ? text : text.substring(0, end), told));
    }
    filters.forEach(filter -> check(place, filter, bytes));
    return new Hdf5Filters(place, List.copyOf(filters));
  }

  private static void check(Hdf5Place place, Filter filter, int bytes) {
    switch (filter.id) {
      case DEFLATE, FLETCHER, LZF, LZ4 -> {}
      case BITSHUFFLE -> {
        if (!Hdf5Bitshuffle.known(filter.values)) {
          throw place.stored("went through the filter Bitshuffle with a packing of its own");
        }
      }
      case SHUFFLE -> {
        if (filter.values.length != 1 || filter.values[0] != bytes) {
          // bytes that are sorted by their place in a number of some other width take any time
          throw new UserException(
              "%s: '%s' holds numbers of %d bytes, shuffled as if of %s; write the file again"
                  .formatted(place.file(), place.name(), bytes, Arrays.toString(filter.values)));
        }
      }
      default -> throw place.stored("went through the filter " + name(filter));
    }
  }

  private static String name(Filter filter) {
    return switch (filter.id) {
      case 4 -> "szip";
      case 5 -> "n-bit";
      case 6 -> "scale-offset";
      case 307 -> "bzip2";
      case 32001 -> "blosc";
      case 32013 -> "zfp";
      case 32015 -> "zstd";
      case 32026 -> "blosc2";
      default -> "number " + filter.id + (filter.name.isEmpty() ? "" : " (" + filter.name + ")");
    };
  }

  /**
   * Undoes them.
   *
   * @param stored the chunk as it lies in the file
   * @param skipped a bit for each filter that this chunk did not go through
   * @param length bytes of a chunk without filters
   */
  byte[] undo(ByteBuffer stored, int skipped, int length) {
    byte[] data = new byte[stored.remaining()];
    stored.get(data);
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (i >= Integer.SIZE || (skipped >>> i & 1) == 0) {
        data = undo(filters.get(i), data, length);
      }
    }
    if (data.length != length) {
      throw place.damaged(
          "has a chunk of %d bytes where there should be %d".formatted(data.length, length));
    }
    return data;
  }

  private byte[] undo(Filter filter, byte[] data, int length) {
    return switch (filter.id) {
      case DEFLATE -> inflated(data, length + CHECKSUM);
      case SHUFFLE -> unshuffled(data, filter.values[0]);
      case FLETCHER -> checked(data);
      case LZF -> new LzfFilter().decode(data, filter.values);
      case LZ4 -> new Lz4Filter().decode(data, filter.values);
      default -> Hdf5Bitshuffle.undo(data, length + CHECKSUM, filter.values);
    };
  }

  /**
   * Unpacks.
   *
   * @param most bytes that may come of it
   */
  private byte[] inflated(byte[] data, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] plain = new byte[most];
      int at = 0;
      while (!inflater.finished() && at < most) {
        int more = inflater.inflate(plain, at, most - at);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw place.damaged("has a chunk that is cut off");
        }
        at += more;
      }
      return Arrays.copyOf(plain, at);
    } catch (DataFormatException e) {
      throw place.damaged("has a chunk that cannot be unpacked (" + e.getMessage() + ")");
    } finally {
      inflater.end();
    }
  }

  /** All first bytes of numbers, then all second ones, and so on, become numbers again. */
  private static byte[] unshuffled(byte[] data, int width) {
    byte[] plain = data.clone(); // what is no whole number at the end stays
    int numbers = data.length / width;
    for (int part = 0; part < width; part++) {
      for (int i = 0; i < numbers; i++) {
        plain[i * width + part] = data[part * numbers + i];
      }
    }
    return plain;
  }

  private byte[] checked(byte[] data) {
    if (data.length < CHECKSUM) {
      throw place.damaged("has a chunk without its checksum");
    }
    byte[] plain = Arrays.copyOf(data, data.length - CHECKSUM);
    int stored = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(plain.length);
    int sum = fletcher(plain);
    // some writers of old turned the bytes of both halves round
    int turned = (sum & 0x00FF00FF) << 8 | sum >>> 8 & 0x00FF00FF;
    if (stored != sum && stored != turned) {
      throw place.damaged("has a chunk whose checksum does not fit");
    }
    return plain;
  }

  /** Fletcher's checksum of 32 bits over big-endian words, as HDF5 has it. */
  private static int fletcher(byte[] data) {
    int first = 0;
    int second = 0;
    for (int i = 0; i < data.length; i += 2) {
      int low = i + 1 < data.length ? data[i + 1] & 0xFF : 0;
      first = folded(first + ((data[i] & 0xFF) << 8 | low));
      second = folded(second + first);
    }
    return second << 16 | first;
  }

  /** The rest of a division by 65535, which is itself and not 0 where it divides. */
  private static int folded(int sum) {
    return (sum & 0xFFFF) + (sum >>> 16);
  }
}
