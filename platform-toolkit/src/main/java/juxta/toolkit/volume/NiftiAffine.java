package juxta.toolkit.volume;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a NIfTI file says that its voxels lie: by its sform, else its qform, else the distances of
 * its voxels alone (the standard's methods 3, 2 and 1).
 *
 * @param header the file's header
 */
record NiftiAffine(NiftiHeader header) {
  /** 3 x 4 numbers, row by row. */
  List<Double> millimetres() {
    double[] affine = form().orElseGet(this::plain);
    double unit =
        switch (header.units()) {
          case 1 -> 1000; // metres
          case 3 -> 0.001; // micrometres
          default -> 1;
        };
    return Arrays.stream(affine).mapToObj(number -> number * unit).toList();
  }

  /** How much of that the header says. */
  Placement placement() {
    if (form().isPresent()) {
      return Placement.FULL;
    }
    boolean spaced = true;
    for (int axis = 1; axis <= 3; axis++) {
      double spacing = header.pixdim(axis);
      spaced &= Double.isFinite(spacing) && spacing != 0;
    }
    return spaced ? Placement.SPACING : Placement.NONE;
  }

  private Optional<double[]> form() {
    if (header.formCode(254, 348) > 0 && usable(sform())) {
      return Optional.of(sform());
    }
    return header.formCode(252, 344) > 0 && usable(qform())
        ? Optional.of(qform())
        : Optional.empty();
  }

  /** A damaged header must not take all voxels to one place. */
  private static boolean usable(double[] affine) {
    double det =
        affine[0] * (affine[5] * affine[10] - affine[6] * affine[9])
            - affine[1] * (affine[4] * affine[10] - affine[6] * affine[8])
            + affine[2] * (affine[4] * affine[9] - affine[5] * affine[8]);
    return Arrays.stream(affine).allMatch(Double::isFinite) && Double.isFinite(det) && det != 0;
  }

  private double[] sform() {
    double[] affine = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        affine[4 * row + column] =
            header.real(280 + 16 * row + 4 * column, 400 + 32 * row + 8 * column);
      }
    }
    return affine;
  }

  private double[] qform() {
    double b = header.real(256, 352);
    double c = header.real(260, 360);
    double d = header.real(264, 368);
    double rest = 1 - (b * b + c * c + d * d);
    double a = 0;
    if (rest < 1e-7) {
      // half a turn: rounding may leave the three a little longer than 1
      double length = Math.sqrt(1 - rest);
      b /= length;
      c /= length;
      d /= length;
    } else {
      a = Math.sqrt(rest);
    }
    double x = spacing(1);
    double y = spacing(2);
    double z = spacing(3) * (header.pixdim(0) < 0 ? -1 : 1);
    return new double[] {
      (a * a + b * b - c * c - d * d) * x,
      2 * (b * c - a * d) * y,
      2 * (b * d + a * c) * z,
      header.real(268, 376),
      2 * (b * c + a * d) * x,
      (a * a + c * c - b * b - d * d) * y,
      2 * (c * d - a * b) * z,
      header.real(272, 384),
      2 * (b * d - a * c) * x,
      2 * (c * d + a * b) * y,
      (a * a + d * d - c * c - b * b) * z,
      header.real(276, 392)
    };
  }

  private double[] plain() {
    return new double[] {spacing(1), 0, 0, 0, 0, spacing(2), 0, 0, 0, 0, spacing(3), 0};
  }

  /** Absent or senseless distances count as 1. */
  private double spacing(int axis) {
    double spacing = Math.abs(header.pixdim(axis));
    return Double.isFinite(spacing) && spacing > 0 ? spacing : 1;
  }
}
