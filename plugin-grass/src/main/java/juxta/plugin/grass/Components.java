package juxta.plugin.grass;

import java.util.ArrayList;
import java.util.List;

/**
 * The connected parts of what lies above a threshold; pixels that touch at a corner are connected.
 *
 * <p>Rows are cut into runs of pixels, and runs that touch one of the row above are united: one
 * look at each pixel, whatever the parts look like.
 */
final class Components {
  /** A run of pixels in a row, and the part that it has become part of. */
  private static final class Run {
    private final int number;
    private final int start;
    private final int end;
    private CropBox box;
    private Run into = this;

    Run(int number, int row, int start, int end) {
      this.number = number;
      this.start = start;
      this.end = end;
      this.box = new CropBox(row, row + 1, start, end);
    }

    Run root() {
      Run run = this;
      while (run.into != run) {
        run.into = run.into.into;
        run = run.into;
      }
      return run;
    }

    /** Makes one part of two; the run that came first stands for it. */
    void unite(Run other) {
      Run first = number <= other.number ? this : other;
      Run second = first == this ? other : this;
      second.into = first;
      first.box = first.box.with(second.box);
    }
  }

  private Components() {}

  /**
   * Finds the parts.
   *
   * @param values a square map, row-major
   * @param side of the map
   * @param threshold parts are of values above it
   * @return the bounding box of each part, in the order in which their first pixels come
   */
  static List<CropBox> above(float[] values, int side, float threshold) {
    List<Run> all = new ArrayList<>();
    int before = 0; // first run of the row above
    for (int row = 0; row < side; row++) {
      int here = all.size();
      int from = row * side;
      for (int column = 0; column < side; column++) {
        if (values[from + column] > threshold) {
          int start = column;
          while (column < side && values[from + column] > threshold) {
            column++;
          }
          all.add(new Run(all.size(), row, start, column));
        }
      }
      unite(all, before, here);
      before = here;
    }
    return all.stream().filter(run -> run.into == run).map(run -> run.box).toList();
  }

  /** Unites the runs of a row, from {@code here} on, with those above that they touch. */
  private static void unite(List<Run> all, int before, int here) {
    int above = before;
    for (Run run : all.subList(here, all.size())) {
      while (above < here && all.get(above).end < run.start) {
        above++;
      }
      for (int next = above; next < here && all.get(next).start <= run.end; next++) {
        all.get(next).root().unite(run.root());
      }
    }
  }
}
