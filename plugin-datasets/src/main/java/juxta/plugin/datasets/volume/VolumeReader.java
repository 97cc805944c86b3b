package juxta.plugin.datasets.volume;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Nrrd;
import juxta.toolkit.volume.Placement;
import juxta.toolkit.volume.Reorientation;
import juxta.toolkit.volume.Scan;

/**
 * Reads a case from its files and checks it.
 *
 * @param classes labels are below this number
 * @param reversed whether HDF5 files have the axes z, y, x
 */
record VolumeReader(int classes, boolean reversed) {
  /** What writers of real numbers may do to whole ones. */
  private static final float ROUNDING = 1e-3f;

  private static final float WHITE = 255;

  /**
   * Reads image and label.
   *
   * @throws UserException if a file is damaged, the two do not lie on one grid, the image has
   *     numbers that are not finite or the label has other classes
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
        one.label().map(file -> classes(file, read(file, "label"), one.image(), image));
    return new LabelledScan(image, label);
  }

  private Scan read(Path file, String name) {
    return switch (VolumeFormat.of(file).orElseThrow()) {
      case HDF5 -> Hdf5.read(file, name, reversed);
      case NIFTI -> Nifti.read(file);
      case NRRD -> Nrrd.read(file);
    };
  }

  private byte[] classes(Path file, Scan label, Path imageFile, Scan image) {
    Reorientation orientation = orientation(file, label, imageFile, image);
    byte[] indices = new byte[label.voxels().length];
    boolean twoValued = classes == 2 && twoValued(label.voxels());
    for (int i = 0; i < indices.length; i++) {
      float value = label.voxels()[i];
      float whole = (float) Math.rint(value);
      if (!(Math.abs(value - whole) <= ROUNDING)) {
        throw new UserException(
            "%s: has the label %s at voxel %s, which is not whole; write whole numbers as labels, and resample labels by the nearest voxel"
                .formatted(file, plain(value), voxel(label.grid(), i)));
      }
      if (twoValued) {
        indices[i] = (byte) (whole == WHITE ? 1 : 0);
        continue;
      }
      indices[i] = (byte) whole;
      if (!(whole >= 0 && whole < classes) || indices[i] != whole) {
        throw new UserException(
            "%s: has the label %s at voxel %s, but labels go from 0 to %d; set data.classes or mend it"
                .formatted(file, plain(value), voxel(label.grid(), i), classes - 1));
      }
    }
    return orientation.apply(indices);
  }

  /** Whether a label is black and white, as programs for pictures write masks. */
  private static boolean twoValued(float... voxels) {
    for (float value : voxels) {
      if (Math.abs(value) > ROUNDING && Math.abs(value - WHITE) > ROUNDING) {
        return false;
      }
    }
    return true;
  }

  /** How the label's voxels become those of its image, where both files say where theirs lie. */
  private static Reorientation orientation(Path file, Scan label, Path imageFile, Scan image) {
    Grid from = label.grid();
    Grid to = image.grid();
    boolean placed = label.placement() == Placement.FULL && image.placement() == Placement.FULL;
    if (!sorted(from).equals(sorted(to)) || !placed && !size(from).equals(size(to))) {
      throw new UserException(
          "%s: the label is of %s voxels but the image %s of %s; both must have one shape"
              .formatted(file, size(from), imageFile, size(to)));
    }
    boolean spaced = label.placement() != Placement.NONE && image.placement() != Placement.NONE;
    // without a place, the same distances of voxels must do
    Grid known =
        placed ? from : spaced ? spaced(from) : Grid.of(from.x(), from.y(), from.z(), 1, 1, 1);
    Grid wanted = placed ? to : spaced ? spaced(to) : known;
    return Reorientation.between(known, wanted)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: the label lies on another grid (%s) than the image %s (%s); resample the label onto the grid of the image by the nearest voxel, or mend its header"
                        .formatted(file, from.words(), imageFile, to.words())));
  }

  private static Grid spaced(Grid grid) {
    return Grid.of(grid.x(), grid.y(), grid.z(), grid.spacing(0), grid.spacing(1), grid.spacing(2));
  }

  private static List<Integer> sorted(Grid grid) {
    return Stream.of(grid.x(), grid.y(), grid.z()).sorted().toList();
  }

  private static String plain(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e18
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
