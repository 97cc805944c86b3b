package juxta.plugin.spps;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import juxta.toolkit.io.Csv;

/**
 * What is to be known of a set of pairs. Labels are looked at here, and nowhere else.
 *
 * @param images distinct images in pairs
 * @param least smallest similarity
 * @param mean mean similarity
 * @param purity share of the pairs of labelled images whose labels are equal, empty without labels
 * @param perClass pairs within each class, by name
 */
record Diagnostics(
    int images, double least, double mean, OptionalDouble purity, Map<String, Integer> perClass) {
  /**
   * Looks at pairs.
   *
   * @param pairs at least one
   * @param labels class of each image, below 0 where it is not known
   * @param classes names of the classes
   */
  static Diagnostics of(List<Pair> pairs, int[] labels, List<String> classes) {
    Set<Integer> images = new HashSet<>();
    Map<String, Integer> perClass = new TreeMap<>();
    int known = 0;
    int equal = 0;
    for (Pair pair : pairs) {
      images.add(pair.first());
      images.add(pair.second());
      int label = labels[pair.first()];
      if (label >= 0 && labels[pair.second()] >= 0) {
        known++;
        if (label == labels[pair.second()]) {
          equal++;
          perClass.merge(
              label < classes.size() ? classes.get(label) : Integer.toString(label),
              1,
              Integer::sum);
        }
      }
    }
    return new Diagnostics(
        images.size(),
        pairs.stream().mapToDouble(Pair::similarity).min().orElse(0),
        pairs.stream().mapToDouble(Pair::similarity).average().orElse(0),
        known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) equal / known),
        perClass);
  }

  /** Share of all images that are in a pair. */
  double coverage(int all) {
    return images / (double) all;
  }

  /** Lines of class and number of pairs. */
  String classesCsv() {
    Csv csv = new Csv("class", "pairs");
    perClass.forEach(csv::row);
    return csv.text();
  }
}
