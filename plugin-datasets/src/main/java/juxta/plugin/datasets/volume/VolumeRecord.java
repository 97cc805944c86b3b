package juxta.plugin.datasets.volume;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import juxta.toolkit.volume.Grid;

/**
 * One scan of a split.
 *
 * @param id its name
 * @param labelled whether its classes may be seen
 * @param grid its voxels
 * @param source those of its file
 * @param scan gives it; safe to call from several threads
 */
public record VolumeRecord(
    String id, boolean labelled, Grid grid, Grid source, Supplier<LabelledScan> scan) {
  /** A scan that is used as it lies in its file. */
  public VolumeRecord(String id, boolean labelled, Grid grid, Supplier<LabelledScan> scan) {
    this(id, labelled, grid, grid, scan);
  }

  /** The same scan for a moment's use by one thread: it is read once, however often it is asked. */
  VolumeRecord once() {
    AtomicReference<LabelledScan> read = new AtomicReference<>();
    return new VolumeRecord(
        id,
        labelled,
        grid,
        source,
        () -> read.updateAndGet(known -> known == null ? scan.get() : known));
  }

  /** The same scan, its classes to be seen; nothing is read or held again for it. */
  public VolumeRecord revealed() {
    return new VolumeRecord(id, true, grid, source, scan);
  }
}
