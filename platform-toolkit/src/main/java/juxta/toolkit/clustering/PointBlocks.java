package juxta.toolkit.clustering;

import java.util.Arrays;
import juxta.api.Matrix;

/**
 * Points in blocks of {@value #WIDTH}, each block with one dimension after the other, so that the
 * distances of a whole block from a centre are sums over arrays, which the virtual machine turns
 * into vector instructions. Every distance is the sum of the same numbers in the same order
 * wherever its point stands.
 */
final class PointBlocks {
  static final int WIDTH = 128;
  private static final int TILE = 32; // dimensions of a block that stay near the core: 16 KiB

  private final int size;
  private final int dimensions;
  private final float[] rows; // [N, D]
  private final double[] scales; // of sums of the points
  private final float[][] blocks; // each [D, WIDTH]

  private PointBlocks(Matrix points, float[][] blocks) {
    this.scales = ClusterSums.scales(points);
    this.size = points.rows();
    this.dimensions = points.columns();
    this.rows = points.values();
    this.blocks = blocks;
  }

  static PointBlocks of(Matrix points) {
    int d = points.columns();
    float[] values = points.values();
    float[][] blocks = new float[(points.rows() + WIDTH - 1) / WIDTH][];
    for (int b = 0; b < blocks.length; b++) {
      float[] block = new float[Math.multiplyExact(d, WIDTH)];
      int count = Math.min(WIDTH, points.rows() - b * WIDTH);
      for (int i = 0; i < count; i++) {
        int row = (b * WIDTH + i) * d;
        for (int j = 0; j < d; j++) {
          block[j * WIDTH + i] = values[row + j];
        }
      }
      blocks[b] = block;
    }
    return new PointBlocks(points, blocks);
  }

  /** Those of {@link ClusterSums#scales}. */
  double[] scales() {
    return scales;
  }

  /**
   * What is known of each point. Centres are dealt into groups, one after the other; of the centres
   * other than the nearest it is known how near the nearest of each group is.
   */
  static final class Nearest {
    final int groups;
    final int[] labels; // of equally near centres the first
    final float[] squares; // of the distance from it
    final float[] others; // [N, groups]; infinite where a group has no other centre

    Nearest(int size, int groups) {
      this.groups = groups;
      labels = new int[size];
      squares = new float[size];
      others = new float[Math.multiplyExact(size, groups)];
    }
  }

  /**
   * Finds the nearest centres of all points.
   *
   * @param centres [K, D]
   * @param nearest gets what is found
   */
  void nearest(float[] centres, Nearest nearest) {
    Search search = new Search(centres);
    for (int b = 0; b < blocks.length; b++) {
      search.begin();
      for (int from = 0; from < dimensions; from += TILE) {
        search.add(blocks[b], from * WIDTH, from);
      }
      search.end();
      int at = b * WIDTH;
      for (int i = 0; i < Math.min(WIDTH, size - at); i++) {
        search.tell(i, nearest, at + i);
      }
    }
  }

  /**
   * Finds those of some points.
   *
   * @param centres [K, D]
   * @param nearest gets what is found
   * @param chosen the points
   * @param count how many there are
   */
  void nearest(float[] centres, Nearest nearest, int[] chosen, int count) {
    Search search = new Search(centres);
    float[] tile = new float[TILE * WIDTH];
    for (int at = 0; at < count; at += WIDTH) {
      int many = Math.min(WIDTH, count - at);
      search.begin();
      for (int from = 0; from < dimensions; from += TILE) {
        int to = Math.min(TILE, dimensions - from);
        for (int i = 0; i < many; i++) {
          int row = chosen[at + i] * dimensions + from;
          for (int j = 0; j < to; j++) {
            tile[j * WIDTH + i] = rows[row + j];
          }
        }
        search.add(tile, 0, from);
      }
      search.end();
      for (int i = 0; i < many; i++) {
        search.tell(i, nearest, chosen[at + i]);
      }
    }
  }

  /** The nearest centres of a block, a tile of its dimensions after the other. */
  private final class Search {
    private final float[] centres;
    private final float[][] found; // [K, WIDTH]
    private final float[] best = new float[WIDTH];
    private final int[] which = new int[WIDTH];

    Search(float[] centres) {
      this.centres = centres;
      this.found = new float[dimensions == 0 ? 0 : centres.length / dimensions][WIDTH];
    }

    void begin() {
      for (float[] squares : found) {
        Arrays.fill(squares, 0);
      }
    }

    void add(float[] block, int at, int from) {
      int count = Math.min(TILE, dimensions - from);
      for (int k = 0; k < found.length; k++) {
        squares(block, at, centres, k * dimensions + from, count, found[k]);
      }
    }

    void end() {
      Arrays.fill(best, Float.POSITIVE_INFINITY);
      Arrays.fill(which, 0);
      for (int k = 0; k < found.length; k++) {
        float[] squares = found[k];
        for (int i = 0; i < WIDTH; i++) {
          if (squares[i] < best[i]) {
            best[i] = squares[i];
            which[i] = k;
          }
        }
      }
    }

    void tell(int i, Nearest nearest, int point) {
      nearest.labels[point] = which[i];
      nearest.squares[point] = best[i];
      int from = point * nearest.groups;
      Arrays.fill(nearest.others, from, from + nearest.groups, Float.POSITIVE_INFINITY);
      for (int k = 0; k < found.length; k++) {
        if (k != which[i]) {
          int at = from + k % nearest.groups;
          nearest.others[at] = Math.min(nearest.others[at], found[k][i]);
        }
      }
    }
  }

  /** Lowers each square to that of the distance from one centre, where that is nearer. */
  void lower(float[] centre, float[] squares) {
    float[] found = new float[WIDTH];
    for (int b = 0; b < blocks.length; b++) {
      Arrays.fill(found, 0);
      squares(blocks[b], 0, centre, 0, dimensions, found);
      int from = b * WIDTH;
      for (int i = 0; i < Math.min(WIDTH, size - from); i++) {
        squares[from + i] = Math.min(squares[from + i], found[i]);
      }
    }
  }

  /** Adds the squares of some dimensions of a block, from the centre that starts at an offset. */
  private static void squares(
      float[] block, int at, float[] centres, int offset, int count, float[] found) {
    int j = 0;
    for (; j + 4 <= count; j += 4) { // four at a time: the sums are loaded and stored less
      four(block, at + j * WIDTH, centres, offset + j, found);
    }
    for (; j < count; j++) {
      float c = centres[offset + j];
      int row = at + j * WIDTH;
      for (int i = 0; i < WIDTH; i++) {
        float a = block[row + i] - c;
        found[i] += a * a;
      }
    }
  }

  private static void four(float[] block, int at, float[] centres, int offset, float[] found) {
    float c0 = centres[offset];
    float c1 = centres[offset + 1];
    float c2 = centres[offset + 2];
    float c3 = centres[offset + 3];
    for (int i = 0; i < WIDTH; i++) {
      float a = block[at + i] - c0;
      float b = block[at + WIDTH + i] - c1;
      float c = block[at + 2 * WIDTH + i] - c2;
      float d = block[at + 3 * WIDTH + i] - c3;
      found[i] += a * a + b * b + c * c + d * d;
    }
  }
}
