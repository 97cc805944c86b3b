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

  Grid grid() {
    return scan.grid();
  }
}
