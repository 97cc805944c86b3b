package juxta.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many of the true neighbours were found. */
final class Recall {
  private Recall() {}

  /** Mean over queries of the part of the true hits that is among those found, in [0, 1]. */
  static double of(List<List<Hit>> found, List<List<Hit>> truth) {
    double sum = 0;
    for (int i = 0; i < truth.size(); i++) {
      Set<String> ids = new HashSet<>();
      truth.get(i).forEach(hit -> ids.add(hit.id()));
      sum +=
          found.get(i).stream().filter(hit -> ids.contains(hit.id())).count() / (double) ids.size();
    }
    return sum / truth.size();
  }
}
