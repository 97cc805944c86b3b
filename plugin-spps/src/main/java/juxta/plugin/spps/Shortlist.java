package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The candidates of one anchor that may be chosen, by products of which the last bits are not to be
 * trusted. Whatever could be chosen by the exact similarities stays on it, so that the choice does
 * not depend on how products were computed.
 */
final class Shortlist {
  private static final int FIRST = 16;

  private final Rules rules;
  private final double error;

  /** The largest products that are certainly not too large, the least of them on top. */
  private final PriorityQueue<Float> best = new PriorityQueue<>();

  private int[] images = new int[FIRST];
  private float[] products = new float[FIRST];
  private int size;
  private float nearest = -1;

  /**
   * An empty list.
   *
   * @param error by how much a product may differ from the exact similarity
   */
  Shortlist(Rules rules, double error) {
    this.rules = rules;
    this.error = error;
  }

  /** Looks at a candidate, never the anchor itself. */
  void offer(int image, float product) {
    nearest = Math.max(nearest, product);
    Band band = rules.band();
    if (product < band.low() - Band.TOLERANCE - error
        || product > band.high() + Band.TOLERANCE + error) {
      return;
    }
    if (rules.perAnchor() != Rules.ALL) {
      if (product < least()) {
        return;
      }
      if (product <= band.high() - error) {
        best.add(product);
        if (best.size() > rules.perAnchor()) {
          best.poll();
        }
      }
    }
    if (size == images.length) {
      prune();
    }
    if (size == images.length) {
      images = Arrays.copyOf(images, 2 * size);
      products = Arrays.copyOf(products, 2 * size);
    }
    images[size] = image;
    products[size++] = product;
  }

  /** Below this, as many candidates as an anchor may choose are certainly more similar. */
  private double least() {
    return best.size() < rules.perAnchor() ? -2 : best.element() - 2 * error;
  }

  private void prune() {
    if (rules.perAnchor() == Rules.ALL) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (products[i] >= least()) {
        images[kept] = images[i];
        products[kept++] = products[i];
      }
    }
    size = kept;
  }

  /** The largest product of all that were offered, whether it fits or not. */
  float nearest() {
    return nearest;
  }

  /** The choice by exact similarities. */
  List<Pair> chosen(int anchor, Similarities exact) {
    prune();
    List<Pair> fitting = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double similarity = exact.of(anchor, images[i]);
      if (rules.band().holds(similarity)) {
        fitting.add(Pair.of(anchor, images[i], similarity));
      }
    }
    // of equally similar images the one with the smaller index: the anchor is in all pairs
    fitting.sort(Pair.BY_SIMILARITY);
    return fitting.size() <= rules.perAnchor() ? fitting : fitting.subList(0, rules.perAnchor());
  }
}
