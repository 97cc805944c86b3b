package juxta.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import juxta.api.Matrix;

/** What an index has to do, as plainly as possible. */
final class Brute {
  private final Map<String, float[]> rows = new LinkedHashMap<>();

  Brute copy() {
    Brute copy = new Brute();
    copy.rows.putAll(rows);
    return copy;
  }

  int size() {
    return rows.size();
  }

  void upsert(List<String> ids, Matrix vectors) {
    for (int i = 0; i < ids.size(); i++) {
      rows.put(ids.get(i), unit(vectors.row(i)));
    }
  }

  int remove(Collection<String> ids) {
    int before = rows.size();
    rows.keySet().removeAll(ids);
    return before - rows.size();
  }

  /** All hits, the best first; the sort keeps the order of equal ones. */
  List<Hit> search(float[] query, int k) {
    return search(query, k, id -> true);
  }

  /** All wanted hits, the best first. */
  List<Hit> search(float[] query, int k, Predicate<String> wanted) {
    float[] unit = unit(query);
    List<Hit> hits = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          if (wanted.test(id)) {
            hits.add(new Hit(id, dot(unit, row)));
          }
        });
    hits.sort(Comparator.comparing(hit -> -hit.score()));
    return hits.subList(0, Math.min(k, hits.size()));
  }

  float score(float[] query, String id) {
    return dot(unit(query), rows.get(id));
  }

  private static float dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] * (1 / Math.sqrt(squares)));
    }
    return unit;
  }
}
