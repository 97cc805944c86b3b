package juxta.launcher.preview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;

/** Chooses records by a seed: the same data and seed give the same ones. */
public final class Picks {
  /** What records differ by, the first that there is. */
  private static final List<String> KINDS = List.of(Field.LABEL, Field.INSTANCE, Field.LABELLED);

  /** Of more records a part is looked at to find different ones. */
  private static final int SOUGHT = 1024;

  private Picks() {}

  /**
   * The splits that may be looked at: all but the one that shows what is hidden.
   *
   * @param data the data
   * @return by name, in the data's order, the training split first
   */
  public static Map<String, Split> splits(Dataset data) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, data.train());
    splits.putAll(data.splits());
    splits.remove(Dataset.REVEALED);
    return splits;
  }

  /**
   * A few that differ: half or more of them from the training split, the others from all other
   * splits in turn, and of each split as many classes as there is room for. Splits that have
   * nothing to show of what the training split shows have none.
   *
   * @param data the data
   * @param count how many, if there are so many
   * @param seed another seed chooses others
   * @return by split and index
   */
  public static List<Pick> different(Dataset data, int count, long seed) {
    Map<String, Split> splits = splits(data);
    splits.values().removeIf(split -> !shown(split).equals(shown(data.train())));
    List<Pick> picks = new ArrayList<>();
    SplittableRandom dice = new SplittableRandom(seed);
    Map<Integer, Integer> seen = new HashMap<>();
    shares(splits, count)
        .forEach(
            (name, share) ->
                different(splits.get(name), share, dice, seen).stream()
                    .sorted()
                    .forEach(record -> picks.add(new Pick(name, record))));
    return picks;
  }

  private static Optional<String> shown(Split split) {
    return Seen.shown(split).map(Field::name);
  }

  private static Map<String, Integer> shares(Map<String, Split> splits, int count) {
    Map<String, Integer> shares = new LinkedHashMap<>();
    splits.keySet().forEach(name -> shares.put(name, 0));
    int left = count;
    while (left > 0 && !full(splits, shares).isEmpty()) {
      for (String name : full(splits, shares)) {
        // the training split gets as many as all others together
        int wanted = name.equals(Dataset.TRAIN) ? Math.max(1, splits.size() - 1) : 1;
        int room = splits.get(name).size() - shares.get(name);
        int more = Math.min(left, Math.min(wanted, room));
        shares.merge(name, more, Integer::sum);
        left -= more;
      }
    }
    return shares;
  }

  /** Names of the splits that have records left. */
  private static List<String> full(Map<String, Split> splits, Map<String, Integer> shares) {
    return splits.keySet().stream()
        .filter(name -> shares.get(name) < splits.get(name).size())
        .toList();
  }

  /** Those of the kinds that were seen least; counts what it chooses. */
  private static List<Integer> different(
      Split split, int count, SplittableRandom dice, Map<Integer, Integer> seen) {
    List<Integer> candidates = new ArrayList<>(some(split.size(), SOUGHT, dice));
    for (int i = candidates.size() - 1; i > 0; i--) {
      Collections.swap(candidates, i, dice.nextInt(i + 1));
    }
    Map<Integer, Deque<Integer>> kinds = new LinkedHashMap<>(); // in the order of the draw
    for (int record : candidates) {
      kinds.computeIfAbsent(kind(split, record), k -> new ArrayDeque<>()).add(record);
    }
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < Math.min(count, candidates.size())) {
      int rarest =
          kinds.keySet().stream()
              .min(Comparator.comparing(kind -> seen.getOrDefault(kind, 0)))
              .orElseThrow();
      chosen.add(kinds.get(rarest).remove());
      kinds.computeIfPresent(rarest, (kind, records) -> records.isEmpty() ? null : records);
      seen.merge(rarest, 1, Integer::sum);
    }
    return chosen;
  }

  private static int kind(Split split, int record) {
    return KINDS.stream()
        .filter(name -> split.has(name) && number(split.field(name)))
        .findFirst()
        .map(name -> split.value(name, record).number())
        .orElse(0);
  }

  /** Whether a field's values are whole numbers. */
  static boolean number(Field field) {
    return field.type() == FieldType.INT32 && field.shape().isEmpty();
  }

  /**
   * Some records of all splits, each split with a share as large as its share of all records.
   *
   * @param data the data
   * @param count how many, if there are so many; a split has one at least
   * @param seed another seed chooses others
   * @return by split and index
   */
  public static List<Pick> sample(Dataset data, int count, long seed) {
    Map<String, Split> splits = splits(data);
    long all = splits.values().stream().mapToLong(Split::size).sum();
    SplittableRandom dice = new SplittableRandom(seed);
    List<Pick> picks = new ArrayList<>();
    long left = all; // records and places that are not given away yet
    long places = Math.min(all, count);
    for (Map.Entry<String, Split> split : splits.entrySet()) {
      long size = split.getValue().size();
      long share = Math.max(1, Math.round((double) places * size / left));
      left -= size;
      places = Math.max(0, places - share);
      some((int) size, (int) share, dice)
          .forEach(record -> picks.add(new Pick(split.getKey(), record)));
    }
    return picks;
  }

  /** So many different numbers below a size, in order; Floyd's algorithm. */
  private static TreeSet<Integer> some(int size, int count, SplittableRandom dice) {
    TreeSet<Integer> chosen = new TreeSet<>();
    if (count >= size) {
      IntStream.range(0, size).forEach(chosen::add);
      return chosen;
    }
    for (int top = size - count; top < size; top++) {
      int drawn = dice.nextInt(top + 1);
      chosen.add(chosen.contains(drawn) ? top : drawn);
    }
    return chosen;
  }
}
