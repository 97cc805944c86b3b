package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.Optional;
import juxta.api.UserException;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Nrrd;
import juxta.toolkit.volume.Scan;

/**
 * Reads a case from its files and checks it.
 *
 * @param classes labels are below this number
 * @param reversed whether HDF5 files have the axes z, y, x
 */
record VolumeReader(int classes, boolean reversed) {
  /**
   * Reads image and label.
   *
   * @throws UserException if a file is damaged, the two do not fit together, the image has numbers
   *     that are not finite or the label has other classes
   */
  LabelledScan read(CaseFiles one) {
    Scan image = read(one.image(), "image");
    for (int i = 0; i < image.voxels().length; i++) {
      if (!Float.isFinite(image.voxels()[i])) {
        throw new UserException(
            "%s: has the number %s at voxel %s; mend or remove the scan"
                .formatted(one.image(), image.voxels()[i], voxel(image.grid(), i)));
      }
    }
    Optional<byte[]> label =
        one.label().map(file -> classes(file, read(file, "label"), one.image(), image.grid()));
    return new LabelledScan(image, label);
  }

  private Scan read(Path file, String name) {
    return switch (VolumeFormat.of(file).orElseThrow()) {
      case HDF5 -> Hdf5.read(file, name, reversed);
      case NIFTI -> Nifti.read(file);
      case NRRD -> Nrrd.read(file);
    };
  }

  private byte[] classes(Path file, Scan label, Path imageFile, Grid image) {
    if (!size(label.grid()).equals(size(image))) {
      throw new UserException(
          "%s: the label is of %s voxels but the image %s of %s; both must have one shape"
              .formatted(file, size(label.grid()), imageFile, size(image)));
    }
    byte[] indices = new byte[label.voxels().length];
    for (int i = 0; i < indices.length; i++) {
      float value = label.voxels()[i];
      indices[i] = (byte) value;
      if (!(value >= 0 && value < classes) || indices[i] != value) {
        throw new UserException(
            "%s: has the label %s at voxel %s, but labels go from 0 to %d; set data.classes or mend it"
                .formatted(file, plain(value), voxel(label.grid(), i), classes - 1));
      }
    }
    return indices;
  }

  private static String plain(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Float.toString(value);
  }

  private static String size(Grid grid) {
    return grid.x() + " x " + grid.y() + " x " + grid.z();
  }

  private static String voxel(Grid grid, int at) {
    return "(%d, %d, %d)"
        .formatted(at / (grid.y() * grid.z()), at / grid.z() % grid.y(), at % grid.z());
  }
}
