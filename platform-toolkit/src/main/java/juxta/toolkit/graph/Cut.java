package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * How the records of a batch are dealt out: as evenly as can be, the first parts taking what is
 * left over.
 *
 * @param sizes records of each part
 * @param from the first record of each part
 */
record Cut(List<Integer> sizes, List<Integer> from) {
  /** Deals out so many records to at most so many parts, at least one to each. */
  static Cut of(int records, int parts) {
    List<Integer> sizes = new ArrayList<>();
    List<Integer> from = new ArrayList<>();
    int count = Math.min(records, parts);
    int next = 0;
    for (int i = 0; i < count; i++) {
      int size = records / count + (i < records % count ? 1 : 0);
      sizes.add(size);
      from.add(next);
      next += size;
    }
    return new Cut(List.copyOf(sizes), List.copyOf(from));
  }

  int parts() {
    return sizes.size();
  }
}
