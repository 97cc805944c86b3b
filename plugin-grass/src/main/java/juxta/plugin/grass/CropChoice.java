package juxta.plugin.grass;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses the region of each view that its loss attention map points at: {@code DACrop} of the
 * released training step. It runs on the host, between two runs of a step, since the parts of a map
 * cannot be told apart in a fixed number of operations.
 */
final class CropChoice {
  private final int cells;
  private final int side;
  private final double ratio;
  private final Interpolation rows;
  private final Interpolation columns;

  /**
   * Prepares for maps of a size.
   *
   * @param height h, rows of a map
   * @param width w, columns of a map
   * @param side rows and columns of a view
   * @param ratio r, where between the least and the greatest value the threshold lies
   */
  CropChoice(int height, int width, int side, double ratio) {
    this.cells = height * width;
    this.side = side;
    this.ratio = ratio;
    this.rows = Interpolation.of(height, side);
    this.columns = Interpolation.of(width, side);
  }

  /** The boxes of all maps, [2N, h, w]; the maps are independent of each other. */
  List<CropBox> all(float[] maps) {
    return IntStream.range(0, maps.length / cells)
        .parallel()
        .mapToObj(view -> one(maps, view))
        .toList();
  }

  /** The map of a view as large as the view. */
  float[] enlarged(float[] maps, int view) {
    return Interpolation.enlarge(maps, view * cells, rows, columns);
  }

  private CropBox one(float[] maps, int view) {
    return ratio >= 1 ? CropBox.whole(side) : of(enlarged(maps, view), side, ratio);
  }

  /**
   * The box of one map.
   *
   * @param a map as large as the view, [side * side]
   * @param side rows and columns of the view
   * @param ratio r
   */
  static CropBox of(float[] a, int side, double ratio) {
    CropBox whole = CropBox.whole(side);
    if (ratio >= 1) { // nothing is above the greatest value, whatever rounding says
      return whole;
    }
    float min = a[0];
    float max = a[0];
    for (float value : a) {
      if (value < min) {
        min = value;
      } else if (value > max) {
        max = value;
      }
    }
    float t = min + (float) ratio * (max - min);
    CropBox best = whole;
    int[] peaks = places(a, max);
    // The box that holds the highest value is wanted, of equals the last. The greatest value of all
    // is above the threshold, so at least one box holds it; it may be that of another part.
    for (CropBox box : Components.above(a, side, t)) {
      if (holds(box, peaks, side)) {
        best = box;
      }
    }
    return best;
  }

  private static int[] places(float[] a, float value) {
    int[] places = new int[4];
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] == value) {
        if (count == places.length) {
          places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private static boolean holds(CropBox box, int[] places, int side) {
    for (int place : places) {
      if (box.holds(place / side, place % side)) {
        return true;
      }
    }
    return false;
  }
}
