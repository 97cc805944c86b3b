package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The number that stands where nothing was ever written. */
final class Hdf5Fill {
  private static final int NEVER = 1;

  private Hdf5Fill() {}

  /** That of a data set; 0 where it has none. */
  static float of(Hdf5Header header, Hdf5Numbers numbers) {
    return header
        .find(Hdf5Header.FILL)
        .map(Hdf5Fill::value)
        .orElseGet(() -> header.find(Hdf5Header.OLD_FILL).flatMap(Hdf5Fill::sized))
        .filter(value -> value.remaining() == numbers.bytes())
        .map(value -> numbers.at(value.slice().order(numbers.order()), 0))
        .orElse(0f);
  }

  private static Optional<ByteBuffer> value(ByteBuffer message) {
    int version = message.get();
    boolean defined;
    int written;
    if (version < 3) {
      message.get(); // when space is taken
      written = message.get();
      defined = message.get() == 1;
    } else {
      int flags = message.get();
      written = flags >> 2 & 3;
      defined = (flags & 0x20) != 0;
    }
    return defined && written != NEVER ? sized(message) : Optional.empty();
  }

  private static Optional<ByteBuffer> sized(ByteBuffer message) {
    int size = message.getInt();
    return size > 0 && size <= message.remaining()
        ? Optional.of(message.slice(message.position(), size))
        : Optional.empty();
  }
}
