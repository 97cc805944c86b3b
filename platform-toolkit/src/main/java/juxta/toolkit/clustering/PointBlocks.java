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

  private final int size;
  private final int dimensions;
  private final float[][] blocks; // each [D, WIDTH]

  private PointBlocks(int size, int dimensions, float[][] blocks) {
    this.size = size;
    this.dimensions = dimensions;
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
    return new PointBlocks(points.rows(), d, blocks);
  }

  int size() {
    return size;
  }

  /**
   * Finds the nearest centre of each point; of equally near ones the first.
   *
   * @param centres [K, D]
   * @param labels gets the index of a centre for each point
   * @param squares gets the square of the distance from it
   */
  void nearest(float[] centres, int[] labels, float[] squares) {
    float[] found = new float[WIDTH];
    float[] best = new float[WIDTH];
    int[] which = new int[WIDTH];
    for (int b = 0; b < blocks.length; b++) {
      Arrays.fill(best, Float.POSITIVE_INFINITY);
      Arrays.fill(which, 0);
      for (int k = 0; k * dimensions < centres.length; k++) {
        squares(blocks[b], centres, k * dimensions, found);
        for (int i = 0; i < WIDTH; i++) {
          if (found[i] < best[i]) {
            best[i] = found[i];
            which[i] = k;
          }
        }
      }
      int from = b * WIDTH;
      int count = Math.min(WIDTH, size - from);
      System.arraycopy(which, 0, labels, from, count);
      System.arraycopy(best, 0, squares, from, count);
    }
  }

  /** Lowers each square to that of the distance from one centre, where that is nearer. */
  void lower(float[] centre, float[] squares) {
    float[] found = new float[WIDTH];
    for (int b = 0; b < blocks.length; b++) {
      squares(blocks[b], centre, 0, found);
      int from = b * WIDTH;
      for (int i = 0; i < Math.min(WIDTH, size - from); i++) {
        squares[from + i] = Math.min(squares[from + i], found[i]);
      }
    }
  }

  /** Squared distances of a block from the centre that starts at an offset. */
  private void squares(float[] block, float[] centres, int offset, float[] found) {
    Arrays.fill(found, 0);
    int j = 0;
    for (; j + 4 <= dimensions; j += 4) { // four at a time: the sums are loaded and stored less
      four(block, j * WIDTH, centres, offset + j, found);
    }
    for (; j < dimensions; j++) {
      float c = centres[offset + j];
      int at = j * WIDTH;
      for (int i = 0; i < WIDTH; i++) {
        float a = block[at + i] - c;
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
