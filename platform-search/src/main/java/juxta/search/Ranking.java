package juxta.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Ranks the rows of an exact index for one query. The products that a device computes are off by
 * its rounding, and equal rows can have products that differ; so all rows that might belong to the
 * best are taken, and ranked by products computed in one fixed order.
 */
final class Ranking {
  /**
   * Twice the error of a product of unit vectors on a device that rounds to 10 bits of fraction, as
   * the matrix units of a GPU do.
   */
  private static final float ROUNDING = 0x1p-8f;

  private record Candidate(Hit hit, long place) {}

  /** The best first, of equal ones the first. */
  private static final Comparator<Candidate> BEST =
      Comparator.<Candidate>comparingDouble(candidate -> -candidate.hit().score())
          .thenComparingLong(Candidate::place);

  private Ranking() {}

  /**
   * The best rows.
   *
   * @param query a unit vector
   * @param products of the query with all rows
   * @param blocks the rows
   * @param k at most as many as there are rows
   */
  static List<Hit> of(float[] query, float[] products, List<Block> blocks, int k) {
    float least = largest(products, k) - ROUNDING;
    PriorityQueue<Candidate> best = new PriorityQueue<>(k + 1, BEST.reversed());
    float[] row = new float[query.length];
    int place = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.size(); i++, place++) {
        if (products[place] >= least) {
          block.read(i, row);
          best.add(new Candidate(new Hit(block.ids().get(i), UnitRows.dot(query, row)), place));
          if (best.size() > k) {
            best.poll();
          }
        }
      }
    }
    List<Candidate> ranked = new ArrayList<>(best);
    ranked.sort(BEST);
    return ranked.stream().map(Candidate::hit).toList();
  }

  /** The k-th largest number. */
  static float largest(float[] values, int k) {
    float[] heap = new float[k]; // the smallest of the k largest so far is on top
    for (int i = 0; i < values.length; i++) {
      if (i < k) {
        up(heap, i, values[i]);
      } else if (values[i] > heap[0]) {
        down(heap, values[i]);
      }
    }
    return heap[0];
  }

  private static void up(float[] heap, int hole, float value) {
    int at = hole;
    while (at > 0 && value < heap[(at - 1) / 2]) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = value;
  }

  private static void down(float[] heap, float value) {
    int at = 0;
    for (int child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
