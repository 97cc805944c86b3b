package juxta.plugin.datasets.generated;

import java.util.List;
import java.util.Optional;
import juxta.plugin.datasets.generated.Solid.Point;
import juxta.plugin.datasets.volume.LabelledScan;
import juxta.plugin.datasets.volume.VolumeNormalisation;
import juxta.toolkit.data.Dice;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/** Turns scenes into scans of mean 0 and deviation 1, with exact masks. */
final class SolidRenderer {
  private SolidRenderer() {}

  /**
   * The grid of scans of a size, with voxels of a distance of 1 mm.
   *
   * @param side voxels along the first and second axis; two thirds of them along the third
   */
  static Grid grid(int side) {
    return Grid.of(side, side, (int) Math.round(side * SolidScene.DEPTH), 1, 1, 1);
  }

  /**
   * Draws a scene.
   *
   * @param dice for the noise
   */
  static LabelledScan draw(SolidScene scene, int side, Dice dice) {
    Grid grid = grid(side);
    float[] voxels = new float[grid.voxels()];
    byte[] classes = new byte[voxels.length];
    int at = 0;
    for (int i = 0; i < grid.x(); i++) {
      for (int j = 0; j < grid.y(); j++) {
        for (int k = 0; k < grid.z(); k++) {
          Point point = new Point((i + 0.5) / side, (j + 0.5) / side, (k + 0.5) / side);
          double organ = SolidScene.distance(scene.organ(), point);
          double light =
              filled(organ, scene.edge()) + 0.9 * filled(others(scene, point), scene.edge());
          classes[at] = (byte) (organ < 0 ? 1 : 0);
          voxels[at++] = (float) (light + scene.slope().dot(point) + scene.noise() * dice.bell());
        }
      }
    }
    LabelledScan drawn = new LabelledScan(new Scan(grid, voxels), Optional.of(classes));
    return new VolumeNormalisation("z-score").apply(drawn);
  }

  private static double others(SolidScene scene, Point point) {
    List<Solid> others = scene.others();
    return others.isEmpty() ? 1 : SolidScene.distance(others, point);
  }

  /** Share of a voxel that a body fills, with a blurred surface: half of it at the border. */
  private static double filled(double distance, double edge) {
    return Math.min(1, Math.max(0, 0.5 - distance / edge));
  }
}
