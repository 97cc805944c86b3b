package juxta.plugin.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import juxta.api.UserException;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nrrd;

/**
 * Reads, checks and prepares cases on all cores. Scans are kept in memory as far as they fit; the
 * others are read again whenever they are asked for.
 *
 * @param reader reads a case
 * @param preparation what is done to it
 * @param cache keeps what was prepared
 * @param progress told how much is done
 */
record VolumeLoader(
    VolumeReader reader,
    VolumePreparation preparation,
    VolumeCache cache,
    BiConsumer<String, Double> progress) {
  /** Raised whenever the same files and settings give other voxels. */
  private static final int VERSION = 1;

  /**
   * A case that was read.
   *
   * @param grid its voxels
   * @param source those of its file
   * @param digest hexadecimal digits that stand for files and settings
   * @param scan gives it
   */
  record Loaded(Grid grid, Grid source, String digest, Supplier<LabelledScan> scan) {}

  /**
   * Loads them all.
   *
   * @throws UserException if any is damaged, a line each
   */
  List<Loaded> load(List<VolumeCase> cases) {
    Loaded[] loaded = new Loaded[cases.size()];
    String[] faults = new String[cases.size()];
    AtomicLong kept = new AtomicLong();
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, loaded.length)
        .parallel()
        .forEach(
            i -> {
              try {
                loaded[i] = load(cases.get(i), kept);
              } catch (UserException e) {
                faults[i] = e.getMessage();
              }
              synchronized (done) {
                progress.accept("reading scans", (double) done.incrementAndGet() / loaded.length);
              }
            });
    Problems.report(Arrays.stream(faults).filter(Objects::nonNull).toList(), "files");
    return List.of(loaded);
  }

  private Loaded load(VolumeCase one, AtomicLong kept) {
    String digest = digest(one);
    Supplier<LabelledScan> source = () -> scan(one, digest);
    LabelledScan scan = source.get();
    long bytes = 5L * scan.grid().voxels();
    boolean keep = Pixels.fits(kept.addAndGet(bytes));
    if (!keep) {
      kept.addAndGet(-bytes);
    }
    return new Loaded(scan.grid(), scan.source(), digest, keep ? () -> scan : source);
  }

  /** Files that need no preparation are their own cache. */
  private LabelledScan scan(VolumeCase one, String digest) {
    return preparation.isIdle() ? reader.read(one) : cache.get(digest, () -> prepared(one));
  }

  private LabelledScan prepared(VolumeCase one) {
    LabelledScan scan = reader.read(one);
    try {
      return preparation.apply(one.id(), scan);
    } catch (UserException e) {
      throw new UserException(one.image() + ": " + e.getMessage(), e);
    }
  }

  private String digest(VolumeCase one) {
    Fingerprint fingerprint =
        new Fingerprint()
            .add("version", Integer.toString(VERSION))
            .add("preparation", preparation.toString())
            .add("reader", reader.toString());
    if (preparation.crop().jitter() > 0) {
      fingerprint.add("case", one.id()); // equal scans of two cases are cut differently
    }
    fingerprint.add("image", content(one.image()));
    one.label().ifPresent(file -> fingerprint.add("label", content(file)));
    return fingerprint.hex();
  }

  private static String content(Path file) {
    boolean nrrd = VolumeFormat.of(file).filter(VolumeFormat.NRRD::equals).isPresent();
    StringBuilder digits = new StringBuilder();
    for (Path part : nrrd ? Nrrd.files(file) : List.of(file)) {
      MessageDigest digest = Fingerprint.digest("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(part), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw DataFolder.unreadable(part, e);
      }
      digits.append(HexFormat.of().formatHex(digest.digest()));
    }
    return digits.toString();
  }
}
