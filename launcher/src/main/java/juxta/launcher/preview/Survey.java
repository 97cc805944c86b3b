package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.Problems;

/**
 * What data hold. Labels are counted, all else is found out from a sample.
 *
 * @param labels how many records of each split have a label, by split and label; only splits with
 *     labels
 * @param objects the same of the instances that pictures show
 * @param sample number of records that were looked at
 * @param records number of all of them
 * @param bytes what all records of each split take in memory, about where their sizes differ
 * @param lengths by what they are of, such as {@code height}
 * @param values by field what its measurements are like, a channel each
 * @param masks number of masks that were looked at
 * @param maskShares the classes that they have, in the order of their indices
 * @param texts what texts are like, a field each
 * @param remarks what somebody may want to look after, a line each
 */
public record Survey(
    Map<String, Map<Integer, Long>> labels,
    Map<String, Map<Integer, Long>> objects,
    int sample,
    long records,
    Map<String, Long> bytes,
    Map<String, Spread> lengths,
    Map<String, List<Moments>> values,
    int masks,
    List<MaskShare> maskShares,
    List<Texts> texts,
    List<String> remarks) {
  /** Bytes that are read of a sample whose size nobody gave. */
  private static final long BYTES = 2L << 30;

  /** Records that are looked at, however large they are. */
  private static final int LEAST = 16;

  /** Of splits with more records than this the numbers of labels are those of the sample. */
  private static final int COUNTED = 2_000_000;

  /**
   * The usual size of a sample: of large records fewer are read.
   *
   * @param data the data
   * @param usual how many of small ones
   * @return how many
   */
  public static int size(Dataset data, int usual) {
    long bytes = data.train().fields().stream().filter(Field::fixed).mapToLong(Field::bytes).sum();
    return (int) Math.min(usual, Math.max(LEAST, BYTES / Math.max(1, bytes)));
  }

  /**
   * Looks at data.
   *
   * @param data the data
   * @param count how many records, if there are so many
   * @param seed another seed chooses others
   * @param progress told how far it is
   * @return what was found
   * @throws UserException naming all records of the sample that cannot be read
   */
  public static Survey of(Dataset data, int count, long seed, BiConsumer<String, Double> progress) {
    List<Pick> picks = Picks.sample(data, count, seed);
    Look[] looks = new Look[picks.size()];
    Problems.collect(
        looks.length,
        i -> looks[i] = Look.at(data.split(picks.get(i).split()), picks.get(i)),
        "looking at records",
        progress);
    List<Look> all = List.of(looks);
    Map<String, Split> splits = Picks.splits(data);
    return new Survey(
        counts(splits, Field.LABEL, picks),
        counts(splits, Field.INSTANCE, picks),
        all.size(),
        splits.values().stream().mapToLong(Split::size).sum(),
        bytes(splits, all),
        lengths(all),
        values(all),
        (int) all.stream().filter(look -> look.mask().length > 0).count(),
        shares(all),
        texts(all),
        Remarks.of(all));
  }

  private static Map<String, Map<Integer, Long>> counts(
      Map<String, Split> splits, String field, List<Pick> sample) {
    Map<String, Map<Integer, Long>> counts = new LinkedHashMap<>();
    splits.forEach(
        (name, split) -> {
          if (split.has(field) && Picks.number(split.field(field))) {
            IntStream records =
                split.size() <= COUNTED
                    ? IntStream.range(0, split.size())
                    : sample.stream().filter(p -> p.split().equals(name)).mapToInt(Pick::record);
            counts.put(
                name,
                records
                    .parallel()
                    .map(record -> split.value(field, record).number())
                    .boxed()
                    .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting())));
          }
        });
    return counts;
  }

  /**
   * Whether the numbers of a split's labels are those of all its records.
   *
   * @param split number of the split's records
   * @return false if they are those of the sample
   */
  public static boolean counted(int split) {
    return split <= COUNTED;
  }

  private static Map<String, Long> bytes(Map<String, Split> splits, List<Look> looks) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    splits.forEach(
        (name, split) ->
            bytes.put(
                name,
                Math.round(
                    split.size()
                        * looks.stream()
                            .filter(look -> look.pick().split().equals(name))
                            .mapToLong(Look::bytes)
                            .average()
                            .orElse(0))));
    return bytes;
  }

  private static Map<String, Spread> lengths(List<Look> looks) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    grouped(looks, Look::lengths).forEach((what, own) -> spreads.put(what, Spread.of(own)));
    return spreads;
  }

  /** What all records have of each name, in the order of the records. */
  private static <T> Map<String, List<T>> grouped(
      List<Look> looks, Function<Look, Map<String, T>> part) {
    Map<String, List<T>> grouped = new LinkedHashMap<>();
    for (Look look : looks) {
      part.apply(look)
          .forEach((name, own) -> grouped.computeIfAbsent(name, n -> new ArrayList<>()).add(own));
    }
    return grouped;
  }

  private static Map<String, List<Moments>> values(List<Look> looks) {
    Map<String, List<Moments>> values = new LinkedHashMap<>();
    for (Look look : looks) {
      look.values().forEach((field, own) -> values.merge(field, own, Survey::joined));
    }
    return values;
  }

  private static List<Moments> joined(List<Moments> some, List<Moments> others) {
    return IntStream.range(0, Math.max(some.size(), others.size()))
        .mapToObj(
            c ->
                (c < some.size() ? some.get(c) : Moments.NONE)
                    .and(c < others.size() ? others.get(c) : Moments.NONE))
        .toList();
  }

  private static List<MaskShare> shares(List<Look> looks) {
    List<long[]> masks = looks.stream().map(Look::mask).filter(m -> m.length > 0).toList();
    long all = masks.stream().flatMapToLong(Arrays::stream).sum();
    List<MaskShare> shares = new ArrayList<>();
    for (int index = 0; index < 256; index++) {
      int own = index;
      long count = masks.stream().mapToLong(mask -> mask[own]).sum();
      if (count > 0) {
        int records = (int) masks.stream().filter(mask -> mask[own] > 0).count();
        shares.add(new MaskShare(index, (double) count / all, records));
      }
    }
    return shares;
  }

  private static List<Texts> texts(List<Look> looks) {
    List<Texts> all = new ArrayList<>();
    grouped(looks, Look::texts).forEach((field, own) -> all.add(texts(field, own)));
    return all;
  }

  private static Texts texts(String field, Collection<String> texts) {
    List<Integer> words =
        texts.stream().map(t -> t.isBlank() ? 0 : t.strip().split("\\s+").length).toList();
    return new Texts(
        field,
        Spread.of(words),
        (int) texts.stream().distinct().count(),
        (int) texts.stream().filter(String::isBlank).count());
  }
}
