package juxta.plugin.grass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The same things in the plainest way. */
final class Plain {
  private Plain() {}

  /** Boxes of the 8-connected parts above a threshold, by flooding from pixel after pixel. */
  static List<CropBox> parts(float[] values, int side, float threshold) {
    List<CropBox> boxes = new ArrayList<>();
    boolean[] seen = new boolean[values.length];
    for (int first = 0; first < values.length; first++) {
      if (seen[first] || !(values[first] > threshold)) {
        continue;
      }
      int top = side;
      int bottom = 0;
      int left = side;
      int right = 0;
      Deque<Integer> open = new ArrayDeque<>(List.of(first));
      seen[first] = true;
      while (!open.isEmpty()) {
        int at = open.pop();
        int y = at / side;
        int x = at % side;
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        for (int v = Math.max(0, y - 1); v <= Math.min(side - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(side - 1, x + 1); u++) {
            if (!seen[v * side + u] && values[v * side + u] > threshold) {
              seen[v * side + u] = true;
              open.push(v * side + u);
            }
          }
        }
      }
      boxes.add(new CropBox(top, bottom, left, right));
    }
    return boxes;
  }

  /** Crops by nearest neighbour, [2N, side, side, channels]. */
  static float[] crops(float[] views, List<CropBox> boxes, int side, int channels) {
    float[] crops = new float[views.length];
    int at = 0;
    for (int view = 0; view < boxes.size(); view++) {
      CropBox box = boxes.get(view);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int row = (int) Math.floor(box.top() + y * (double) (box.bottom() - box.top()) / side);
          int column =
              (int) Math.floor(box.left() + x * (double) (box.right() - box.left()) / side);
          for (int c = 0; c < channels; c++) {
            crops[at++] = views[((view * side + row) * side + column) * channels + c];
          }
        }
      }
    }
    return crops;
  }

  static float[] random(long seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
