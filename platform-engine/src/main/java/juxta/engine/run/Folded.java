package juxta.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.TextTemplate;
import juxta.api.UserException;
import juxta.picture.PictureForm;
import juxta.toolkit.data.Fingerprint;

/**
 * Data of which a fold is tested and the others are trained on. What is dealt out are the records
 * of {@link Dataset#TRAIN} and {@link Dataset#TEST} together, or those of the former where there is
 * no latter; so over all folds each of them is tested once. Records that belong together, see
 * {@link Groups}, are in one fold. The folds depend on the data alone: all methods and seeds see
 * the same.
 *
 * <p>Where data say what is searched with ({@link Dataset#QUERY}) and which object each picture
 * shows, objects are dealt out: those of a fold are searched, with their queries, and all pictures
 * of the others are trained on. Pictures of no object are searched in every fold.
 *
 * <p>Other splits stay as they are, {@link Dataset#VALIDATION} among them: their records are in no
 * fold. Where scans of the training split hide their masks, as many of each training part show them
 * as there are in the whole, drawn by patient or case, and {@link Dataset#REVEALED} has the masks
 * of all.
 *
 * @param source the whole data
 * @param fold which fold is tested
 * @param word what the records of a group have in common, such as {@code patient}
 * @param splits by name
 */
public record Folded(Dataset source, Fold fold, String word, Map<String, Split> splits)
    implements Dataset {
  /** Raised whenever the same records are dealt out otherwise. */
  private static final int VERSION = 1;

  /**
   * Whole data, ready to be dealt out.
   *
   * @param records all of them, read as those to train on
   * @param scored the same, read as those to be scored
   * @param queries the first that is a query; those before it are what is searched
   * @param shown how many scans show their masks, -1 if all do
   * @param dealt those that are dealt out; the others, pictures of no object among those that are
   *     there to be searched, are tested in every fold
   * @param groups of those that are dealt out
   */
  private record Pool(
      Split records, Split scored, int queries, int shown, int[] dealt, Groups groups) {
    static Pool of(Split records, Split scored, int queries, int shown, boolean searched) {
      Groups all = Groups.of(records);
      int[] dealt =
          IntStream.range(0, records.size())
              .filter(
                  i ->
                      !searched
                          || !all.word().equals(Groups.OBJECT)
                          || records.value(Field.INSTANCE, i).number() >= 0)
              .toArray();
      return new Pool(
          records,
          scored,
          queries,
          shown,
          dealt,
          dealt.length == records.size() ? all : Groups.of(some(records, dealt)));
    }

    /** The fold of each record, from 1; 0 for those that are in none. */
    int[] dealt(int folds) {
      int[] of = new int[records.size()];
      int[] numbers = groups.dealt(folds);
      for (int i = 0; i < dealt.length; i++) {
        of[dealt[i]] = numbers[i];
      }
      return of;
    }

    /** How many scans show their masks, if some do not. */
    boolean hides() {
      return shown >= 0;
    }
  }

  private static Split some(Split records, int[] which) {
    return new SomeRecords(records, IntStream.of(which).boxed().toList());
  }

  /**
   * Data with one fold to test.
   *
   * @param source the whole data; closed with this
   * @param fold the fold
   * @return the data
   * @throws UserException if the data cannot be dealt out to so many folds, saying why
   */
  public static Folded of(Dataset source, Fold fold) {
    Pool pool = pool(source);
    return of(source, fold, pool, dealt(source, pool, fold.of()));
  }

  /**
   * Data with one fold to test.
   *
   * @param source the whole data; closed with this
   * @param fold such as {@code 2/5}
   * @return the data
   * @throws UserException if the data cannot be dealt out to so many folds, saying why
   */
  public static Folded of(Dataset source, String fold) {
    return of(source, Fold.parse(fold));
  }

  /**
   * Data with each fold to test in turn.
   *
   * @param source the whole data
   * @param folds how many, 2 or more
   * @return the folds in order; closing one closes the whole
   * @throws UserException if the data cannot be dealt out to so many folds, saying why
   */
  public static List<Folded> all(Dataset source, int folds) {
    Pool pool = pool(source);
    int[] of = dealt(source, pool, folds);
    return IntStream.rangeClosed(1, folds)
        .mapToObj(number -> of(source, new Fold(number, folds), pool, of))
        .toList();
  }

  private static int[] dealt(Dataset source, Pool pool, int folds) {
    int count = pool.groups().count();
    if (folds > count) {
      throw new UserException(
          "fold: data set '"
              + source.id()
              + "' has "
              + count
              + " "
              + pool.groups().word()
              + (count == 1 ? "" : "s")
              + " to deal out, too few for "
              + folds
              + " folds; "
              + (count < Fold.FEWEST ? "it cannot be folded" : "take " + count + " or fewer"));
    }
    return pool.dealt(folds);
  }

  private static Folded of(Dataset source, Fold fold, Pool pool, int[] of) {
    List<Integer> train = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    List<Integer> queries = new ArrayList<>();
    for (int i = 0; i < of.length; i++) {
      if (of[i] != 0 && of[i] != fold.number()) {
        train.add(i);
      } else {
        (i < pool.queries() ? test : queries).add(i);
      }
    }
    Map<String, Split> splits = new LinkedHashMap<>();
    if (pool.hides()) {
      Split revealed = new SomeRecords(pool.records(), pool.groups().shuffled(train));
      splits.put(TRAIN, new FewLabels(revealed, Math.min(pool.shown(), train.size())));
      splits.put(TEST, new SomeRecords(pool.records(), test));
      splits.put(REVEALED, revealed);
    } else {
      splits.put(TRAIN, new SomeRecords(pool.records(), train));
      splits.put(TEST, new SomeRecords(pool.scored(), test));
    }
    if (source.splits().containsKey(QUERY)) {
      if (queries.isEmpty() || test.isEmpty()) {
        throw new UserException(
            "fold: "
                + fold
                + " has no "
                + (test.isEmpty() ? "images to search" : "queries")
                + "; take fewer folds, or data that train on none of their objects without folds"
                + " (with data set 'instances': --set data.held-out=1), so that all have queries");
      }
      splits.put(QUERY, new SomeRecords(pool.scored(), queries));
    }
    source.splits().forEach(splits::putIfAbsent);
    if (!pool.hides()) {
      splits.remove(REVEALED); // in the order of records that are elsewhere now
    }
    return new Folded(source, fold, pool.groups().word(), splits);
  }

  private static Pool pool(Dataset source) {
    Map<String, Split> splits = source.splits();
    Split train = source.train();
    if (splits.containsKey(QUERY) && !train.has(Field.INSTANCE)) {
      throw new UserException(
          "fold: data set '"
              + source.id()
              + "' says itself which records are searched with (split '"
              + QUERY
              + "') and which are found, so they cannot change places; leave folds out");
    }
    boolean few = train.has(Field.LABELLED) && shown(train) < train.size();
    Split own = few ? splits.getOrDefault(REVEALED, train) : train;
    List<Split> learned = new ArrayList<>();
    List<Split> scored = new ArrayList<>();
    int queries = 0;
    for (String name : List.of(TRAIN, TEST, QUERY)) {
      if (name.equals(QUERY)) {
        queries = scored.stream().mapToInt(Split::size).sum();
      }
      if (splits.containsKey(name)) {
        Split tested = read(source, own, name, splits.containsKey(TEST) ? TEST : TRAIN);
        if (tested.size() > 0) { // else it stands for no records
          learned.add(read(source, own, name, TRAIN));
          scored.add(tested);
        }
      }
    }
    Split records = joined(learned);
    if (records.has(Field.LABELLED) && shown(records) < records.size()) {
      int none = records.size() - shown(records);
      throw new UserException(
          "fold: "
              + none
              + (none == 1 ? " scan" : " scans")
              + " of data set '"
              + source.id()
              + (none == 1 ? "' has" : "' have")
              + " no mask to be tested against; add masks, take such scans off the lists, or leave"
              + " folds out");
    }
    // what is read whole to be scored, or has queries, is there to be searched
    boolean searched =
        splits.containsKey(QUERY) || !scored.get(0).fields().equals(records.fields());
    return Pool.of(records, joined(scored), queries, few ? shown(train) : -1, searched);
  }

  private static Split joined(List<Split> splits) {
    return splits.stream().reduce(JoinedRecords::new).orElseThrow();
  }

  /** Records of a split as those of another are read, to change places with them. */
  private static Split read(Dataset source, Split train, String name, String form) {
    Split split = name.equals(TRAIN) ? train : source.split(name);
    Split other = form.equals(TRAIN) ? train : source.split(form);
    if (split.fields().equals(other.fields())) {
      return split;
    }
    Optional<Split> read = source.readAs(name, form);
    if (read.isEmpty()) {
      sameFields(source, train, name.equals(TRAIN) ? other : split);
    }
    return read.orElse(split); // the same fields in another order
  }

  private static int shown(Split scans) {
    return (int)
        IntStream.range(0, scans.size())
            .filter(i -> scans.value(Field.LABELLED, i).number() == 1)
            .count();
  }

  /** Records that are read otherwise to be scored than to be trained on cannot change places. */
  private static void sameFields(Dataset source, Split train, Split test) {
    Set<Field> differ = new LinkedHashSet<>(train.fields());
    differ.addAll(test.fields());
    differ.removeIf(field -> train.fields().contains(field) && test.fields().contains(field));
    for (Field field : differ) {
      throw new UserException(
          "fold: data set '"
              + source.id()
              + "' reads the field '"
              + field.name()
              + "' otherwise for training ("
              + words(train, field.name())
              + ") than for scores ("
              + words(test, field.name())
              + "), so records cannot change places; leave folds out");
    }
  }

  private static String words(Split split, String name) {
    if (!split.has(name)) {
      return "not there";
    }
    Field field = split.field(name);
    return field.type().name().toLowerCase(Locale.ROOT) + " " + field.shape();
  }

  /**
   * The fold in words.
   *
   * @return such as {@code 2 of 5 by patient}
   */
  public String words() {
    return fold.number() + " of " + fold.of() + " by " + word;
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public DataKind kind() {
    return source.kind();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public List<MaskClass> maskClasses() {
    return source.maskClasses();
  }

  @Override
  public Optional<PictureForm> pictures() {
    return source.pictures();
  }

  @Override
  public Optional<TextTemplate> textTemplate() {
    return source.textTemplate();
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .add("folded", Integer.toString(VERSION))
        .add("whole", source.fingerprint())
        .add("fold", words())
        .hex();
  }

  @Override
  public Evidence evidence() {
    return source.evidence();
  }

  @Override
  public void close() {
    source.close();
  }
}
