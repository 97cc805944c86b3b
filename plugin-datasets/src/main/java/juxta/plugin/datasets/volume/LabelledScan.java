package juxta.plugin.datasets.volume;

import java.util.Optional;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/**
 * A scan and what was drawn into it.
 *
 * @param scan the image
 * @param classes [x, y, z] a class index a voxel; none where nobody drew one
 * @param source the grid of the file, before anything was cut or resampled
 */
public record LabelledScan(Scan scan, Optional<byte[]> classes, Grid source) {
  public LabelledScan {
    if (classes.isPresent() && classes.get().length != scan.voxels().length) {
      throw new IllegalArgumentException(classes.get().length + " classes for " + scan.grid());
    }
  }

  /** A scan as it lies in its file. */
  public LabelledScan(Scan scan, Optional<byte[]> classes) {
    this(scan, classes, scan.grid());
  }

  /** The same scan with other intensities. */
  LabelledScan with(float[] voxels) {
    return new LabelledScan(new Scan(grid(), voxels), classes, source);
  }

  Grid grid() {
    return scan.grid();
  }
}
