package juxta.toolkit.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the axes of one grid are to be exchanged and turned around so that its voxels become those of
 * another one. Nothing is interpolated: each voxel keeps its value.
 *
 * @param from voxels of the one grid along its axes
 * @param axes for each axis of the other grid, the axis of the one that runs along it
 * @param turned for each axis of the other grid, whether the one's runs the other way
 */
public record Reorientation(Extent from, List<Integer> axes, List<Boolean> turned) {
  /** Parts of a voxel by which a corner may lie off. */
  private static final double CORNER = 1e-3;

  /** Parts of a voxel by which the numbers of affines may differ: files round them. */
  private static final double ROUNDING = 1.5e-4;

  /** As far as rounded numbers may take a corner of a long scan. */
  private static final double FAR_CORNER = 0.1;

  /**
   * Copies.
   *
   * @param from see the record
   * @param axes see the record
   * @param turned see the record
   */
  public Reorientation {
    axes = List.copyOf(axes);
    turned = List.copyOf(turned);
  }

  /**
   * Compares two grids.
   *
   * @param from the one
   * @param to the other
   * @return how voxels of the one become voxels of the other; nothing where the two differ in more
   *     than the order and sense of their axes, by more than a thousandth of a voxel at a corner,
   *     or by more than about 1e-4 of a voxel in the numbers of their affines
   */
  public static Optional<Reorientation> between(Grid from, Grid to) {
    double[] map;
    try {
      map = Regrid.composed(Regrid.inverse(from.affine()), to.affine());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // axes that lie in a plane have no place to compare
    }
    int[] sizes = {from.x(), from.y(), from.z()};
    int[] wanted = {to.x(), to.y(), to.z()};
    List<Integer> axes = new ArrayList<>();
    List<Boolean> turned = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      int along = greatest(map, axis);
      if (axes.contains(along) || sizes[along] != wanted[axis]) {
        return Optional.empty();
      }
      axes.add(along);
      turned.add(map[4 * along + axis] < 0);
    }
    Reorientation found = new Reorientation(new Extent(from.x(), from.y(), from.z()), axes, turned);
    return found.fits(map, wanted) ? Optional.of(found) : Optional.empty();
  }

  /** The axis of the one grid that runs along an axis of the other. */
  private static int greatest(double[] map, int axis) {
    int greatest = 0;
    for (int row = 1; row < 3; row++) {
      if (Math.abs(map[4 * row + axis]) > Math.abs(map[4 * greatest + axis])) {
        greatest = row;
      }
    }
    return greatest;
  }

  private boolean fits(double[] map, int[] sizes) {
    double[] exact = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      int row = 4 * axes.get(axis);
      exact[row + axis] = turned.get(axis) ? -1 : 1;
      exact[row + 3] = turned.get(axis) ? sizes[axis] - 1 : 0;
    }
    double number = 0;
    for (int i = 0; i < 12; i++) {
      number = Math.max(number, Math.abs(map[i] - exact[i]));
    }
    double corner = 0;
    for (int which = 0; which < 8; which++) {
      for (int row = 0; row < 12; row += 4) {
        double off = map[row + 3] - exact[row + 3];
        for (int axis = 0; axis < 3; axis++) {
          if ((which >> axis & 1) == 1) {
            off += (map[row + axis] - exact[row + axis]) * (sizes[axis] - 1);
          }
        }
        corner = Math.max(corner, Math.abs(off));
      }
    }
    return corner <= CORNER || number <= ROUNDING && corner <= FAR_CORNER;
  }

  /**
   * Brings a mask into the order of the other grid.
   *
   * @param mask [X, Y, Z] of the one
   * @return [X, Y, Z] of the other; the mask itself where nothing is to be done
   * @throws IllegalArgumentException if the mask has not a class for each voxel
   */
  public byte[] apply(byte[] mask) {
    from.check(mask);
    if (axes.equals(List.of(0, 1, 2)) && !turned.contains(true)) {
      return mask;
    }
    int[] strides = {from.y() * from.z(), from.z(), 1};
    int[] sizes = new int[3];
    int[] steps = new int[3];
    int start = 0;
    for (int axis = 0; axis < 3; axis++) {
      sizes[axis] = from.axes().get(axes.get(axis));
      steps[axis] = strides[axes.get(axis)];
      if (turned.get(axis)) {
        start += (sizes[axis] - 1) * steps[axis];
        steps[axis] = -steps[axis];
      }
    }
    byte[] to = new byte[mask.length];
    int at = 0;
    for (int i = 0; i < sizes[0]; i++) {
      for (int j = 0; j < sizes[1]; j++) {
        int voxel = start + i * steps[0] + j * steps[1];
        for (int k = 0; k < sizes[2]; k++) {
          to[at++] = mask[voxel];
          voxel += steps[2];
        }
      }
    }
    return to;
  }
}
