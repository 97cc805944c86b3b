package juxta.plugin.datasets.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Digest;
import juxta.toolkit.io.RegularFile;
import juxta.toolkit.picture.Pixels;
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
  private static final int VERSION = 2;

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
  List<Loaded> load(List<CaseFiles> cases) {
    Loaded[] loaded = new Loaded[cases.size()];
    AtomicLong kept = new AtomicLong();
    Problems.collect(
        loaded.length, i -> loaded[i] = load(cases.get(i), kept), "reading scans", progress);
    return List.of(loaded);
  }

  private Loaded load(CaseFiles one, AtomicLong kept) {
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
  private LabelledScan scan(CaseFiles one, String digest) {
    return preparation.isIdle() ? reader.read(one) : cache.get(digest, () -> prepared(one));
  }

  private LabelledScan prepared(CaseFiles one) {
    LabelledScan scan = reader.read(one);
    try {
      return preparation.apply(one.id(), scan);
    } catch (UserException e) {
      throw new UserException(one.image() + ": " + e.getMessage(), e);
    }
  }

  private String digest(CaseFiles one) {
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
      try {
        digits.append(Digest.sha256().add(RegularFile.check(part)).hex());
      } catch (IOException e) {
        throw DataFolder.unreadable(part, e);
      }
    }
    return digits.toString();
  }
}
