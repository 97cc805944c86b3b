package juxta.plugin.datasets;

import java.util.Optional;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/**
 * A scan and what was drawn into it.
 *
 * @param scan the image
 * @param classes [x, y, z] a class index a voxel; none where nobody drew one
 */
record LabelledScan(Scan scan, Optional<byte[]> classes) {
  LabelledScan {
    if (classes.isPresent() && classes.get().length != scan.voxels().length) {
      throw new IllegalArgumentException(classes.get().length + " classes for " + scan.grid());
    }
  }

  /** The same scan with other intensities. */
  LabelledScan with(float[] voxels) {
    return new LabelledScan(new Scan(grid(), voxels), classes);
  }

  Grid grid() {
    return scan.grid();
  }
}
