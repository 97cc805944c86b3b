package juxta.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.toolkit.graph.Seeds;

/**
 * What records belong together, so that they are in one fold: those of a patient, else of an area,
 * a case, an object, whichever the records name first; else each record is alone.
 *
 * @param word what a group is
 * @param names the group of each record
 * @param labels the class of each record, 0 where there are none
 */
record Groups(String word, List<String> names, int[] labels) {
  /** What a group of pictures of one thing is called. */
  static final String OBJECT = "object";

  /** What a group is called, by the field that names it. */
  private static final Map<String, String> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put(Field.PATIENT, "patient");
    FIELDS.put(Field.AREA, "area");
    FIELDS.put(Field.CASE, "case");
    FIELDS.put(Field.INSTANCE, OBJECT);
  }

  /** Some records that stay together. */
  private record Group(String name, List<Integer> records, Map<Integer, Integer> classes) {
    int size() {
      return records.size();
    }

    /** The class that most of its records are of. */
    int mostly() {
      return classes.entrySet().stream()
          .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(e -> -e.getKey()))
          .orElseThrow()
          .getKey();
    }
  }

  /** Finds the groups of records. */
  static Groups of(Split records) {
    String field =
        FIELDS.keySet().stream().filter(name -> names(records, name)).findFirst().orElse("");
    List<String> names =
        IntStream.range(0, records.size()).mapToObj(i -> name(records, field, i)).toList();
    int[] labels =
        is(records, Field.LABEL, FieldType.INT32)
            ? IntStream.range(0, records.size())
                .map(i -> records.value(Field.LABEL, i).number())
                .toArray()
            : new int[records.size()];
    return new Groups(FIELDS.getOrDefault(field, "record"), names, labels);
  }

  private static boolean names(Split records, String field) {
    return is(records, field, FieldType.TEXT) || is(records, field, FieldType.INT32);
  }

  private static boolean is(Split records, String field, FieldType type) {
    return records.fields().stream()
        .anyMatch(f -> f.name().equals(field) && f.type() == type && f.shape().isEmpty());
  }

  /** The name of a record's group; what belongs to none is alone. */
  private static String name(Split records, String field, int record) {
    String name = "";
    if (is(records, field, FieldType.TEXT)) {
      name = records.value(field, record).text();
    } else if (!field.isEmpty()) {
      int number = records.value(field, record).number();
      name = number < 0 ? "" : Integer.toString(number);
    }
    return name.isEmpty() ? "record " + record : field + " " + name;
  }

  /** How many there are. */
  int count() {
    return Set.copyOf(names).size();
  }

  /**
   * Deals the groups out to folds, the same for the same records whatever the run: the largest
   * first, each to the fold that has fewest records of its classes yet, then to that with fewest
   * records. Records that are alone give folds whose sizes, of each class and in total, differ by
   * one at most.
   *
   * @param folds how many, at most {@link #count}
   * @return the fold of each record, from 1
   */
  int[] dealt(int folds) {
    Map<Integer, Integer> totals = new HashMap<>();
    for (int label : labels) {
      totals.merge(label, 1, Integer::sum);
    }
    int[] of = new int[names.size()];
    int[] sizes = new int[folds];
    List<Map<Integer, Integer>> classes = new ArrayList<>();
    IntStream.range(0, folds).forEach(i -> classes.add(new HashMap<>()));
    for (Group group : ordered()) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int fold = 0; fold < folds; fold++) {
        double alike = alike(group, classes.get(fold), totals);
        if (alike < least || (alike == least && sizes[fold] < sizes[best])) {
          best = fold;
          least = alike;
        }
      }
      int chosen = best;
      group.records.forEach(record -> of[record] = chosen + 1);
      sizes[best] += group.size();
      Map<Integer, Integer> own = classes.get(best);
      group.classes.forEach((label, count) -> own.merge(label, count, Integer::sum));
    }
    return of;
  }

  /** Shares of a group's classes that a fold has already, weighted by the group's records. */
  private static double alike(
      Group group, Map<Integer, Integer> fold, Map<Integer, Integer> totals) {
    double sum = 0;
    for (Map.Entry<Integer, Integer> one : group.classes.entrySet()) {
      sum +=
          one.getValue() * (double) fold.getOrDefault(one.getKey(), 0) / totals.get(one.getKey());
    }
    return sum;
  }

  /** The largest first, class by class, else in an order that names alone decide. */
  private List<Group> ordered() {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      Group group =
          groups.computeIfAbsent(
              names.get(i), name -> new Group(name, new ArrayList<>(), new TreeMap<>()));
      group.records.add(i);
      group.classes.merge(labels[i], 1, Integer::sum);
    }
    List<Group> ordered = new ArrayList<>(groups.values());
    ordered.sort(
        Comparator.comparingInt(Group::size)
            .reversed()
            .thenComparingInt(Group::mostly)
            .thenComparingLong(group -> drawn(group.name)));
    return ordered;
  }

  /**
   * Records in an order that names alone decide, and records of one group behind each other.
   *
   * @param records indices
   * @return the same, otherwise ordered
   */
  List<Integer> shuffled(List<Integer> records) {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    records.forEach(i -> byName.computeIfAbsent(names.get(i), k -> new ArrayList<>()).add(i));
    return byName.keySet().stream()
        .sorted(Comparator.comparingLong(Groups::drawn))
        .flatMap(name -> byName.get(name).stream())
        .toList();
  }

  private static long drawn(String name) {
    return Seeds.mix(0, "fold", name);
  }
}
