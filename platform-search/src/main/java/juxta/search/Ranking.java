package juxta.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Ranks the rows of an exact index for one query. The products that a device computes are off by
 * its rounding, and equal rows can have products that differ; so all rows that might belong to the
 * best are taken, and ranked by products computed in one fixed order.
 *
 * @param blocks the rows
 * @param k how many are wanted, at most as many as there are rows
 * @param wanted the ids that may be found; asked only where a product is large enough
 */
record Ranking(List<Block> blocks, int k, Predicate<String> wanted) {
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

  /**
   * The best rows.
   *
   * @param query a unit vector
   * @param products of the query with all rows
   */
  List<Hit> of(float[] query, float[] products) {
    float least = largest(products) - ROUNDING;
    PriorityQueue<Candidate> best = new PriorityQueue<>(k + 1, BEST.reversed());
    float[] row = new float[query.length];
    int place = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.size(); i++, place++) {
        if (products[place] >= least && wanted.test(block.ids().get(i))) {
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

  /** The k-th largest product of a wanted row; minus infinity if fewer rows are wanted. */
  float largest(float[] products) {
    float[] heap = new float[k]; // the smallest of the k largest so far is on top
    Arrays.fill(heap, Float.NEGATIVE_INFINITY);
    int place = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.size(); i++, place++) {
        if (products[place] > heap[0] && wanted.test(block.ids().get(i))) {
          down(heap, products[place]);
        }
      }
    }
    return heap[0];
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
