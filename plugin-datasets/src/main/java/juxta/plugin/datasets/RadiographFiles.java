package juxta.plugin.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.UserException;

/**
 * Reads radiographs as colour squares of one size: resized without keeping proportions, grey copied
 * to three channels, inverted ones turned round. All files are read once at opening.
 *
 * @param side pixels along each edge
 * @param window which part of the range of 16-bit grey is kept
 * @param progress told how much is done
 */
record RadiographFiles(int side, GreyWindow window, BiConsumer<String, Double> progress) {
  /**
   * Checks all files and keeps the decoded pictures if they fit into memory.
   *
   * @param all the records
   * @param fingerprint takes what the files hold, in the order of the records
   * @return gives the pixels of a record, [side, side, 3]
   * @throws UserException naming the files that cannot be read
   */
  IntFunction<byte[]> open(List<Radiograph> all, Fingerprint fingerprint) {
    boolean keep = Pixels.fits(3L * side * side * all.size());
    byte[][] kept = new byte[all.size()][];
    byte[][] digests = new byte[all.size()][];
    String[] faults = new String[all.size()];
    AtomicInteger done = new AtomicInteger();
    int step = Math.max(1, all.size() / 100);
    IntStream.range(0, all.size())
        .parallel()
        .forEach(
            i -> {
              Path file = all.get(i).file();
              try {
                byte[] bytes = DataFolder.read(file);
                digests[i] = Fingerprint.digest("SHA-256").digest(bytes);
                if (keep) {
                  kept[i] = decode(all.get(i), bytes);
                } else {
                  Images.size(file, bytes);
                }
              } catch (UserException e) {
                faults[i] = e.getMessage();
              }
              int count = done.incrementAndGet();
              if (count % step == 0) {
                synchronized (done) {
                  progress.accept("reading images", (double) count / all.size());
                }
              }
            });
    Problems.report(Arrays.stream(faults).filter(Objects::nonNull).distinct().toList(), "files");
    for (byte[] digest : digests) {
      fingerprint.add("image", digest);
    }
    return keep ? i -> kept[i] : i -> decode(all.get(i), DataFolder.read(all.get(i).file()));
  }

  private byte[] decode(Radiograph record, byte[] bytes) {
    return prepared(Images.decode(record.file(), bytes, window), record.inverted()).rgb();
  }

  /** A decoded picture as the data hold it. */
  Picture prepared(Picture picture, boolean inverted) {
    Picture square = picture.stretched(side);
    return inverted ? square.negative() : square;
  }
}
