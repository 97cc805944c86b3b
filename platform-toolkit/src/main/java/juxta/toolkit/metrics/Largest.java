package juxta.toolkit.metrics;

/** Finds the k largest of many numbers. */
public final class Largest {
  private Largest() {}

  /**
   * Positions of the k largest values, largest first; of equal values the first one is larger.
   *
   * @param values the numbers; NaN is smaller than all
   * @param k at most as many as there are values
   * @return k positions
   */
  public static int[] of(float[] values, int k) {
    int[] heap = new int[k]; // a heap with the smallest value on top
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (size < k) {
        heap[size] = i;
        up(values, heap, size++);
      } else if (smaller(values, heap[0], i)) {
        heap[0] = i;
        down(values, heap, size);
      }
    }
    int[] sorted = new int[k];
    while (size > 0) {
      sorted[--size] = heap[0];
      heap[0] = heap[size];
      down(values, heap, size);
    }
    return sorted;
  }

  private static boolean smaller(float[] values, int a, int b) {
    float x = values[a];
    float y = values[b];
    if (x < y || (Float.isNaN(x) && !Float.isNaN(y))) {
      return true;
    }
    boolean equal = x == y || (Float.isNaN(x) && Float.isNaN(y));
    return equal && a > b;
  }

  private static void up(float[] values, int[] heap, int from) {
    int at = from;
    while (at > 0 && smaller(values, heap[at], heap[(at - 1) / 2])) {
      swap(heap, at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private static void down(float[] values, int[] heap, int size) {
    int at = 0;
    while (true) {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
        if (smaller(values, heap[child], heap[least])) {
          least = child;
        }
      }
      if (least == at) {
        return;
      }
      swap(heap, at, least);
      at = least;
    }
  }

  private static void swap(int[] heap, int a, int b) {
    int kept = heap[a];
    heap[a] = heap[b];
    heap[b] = kept;
  }
}
