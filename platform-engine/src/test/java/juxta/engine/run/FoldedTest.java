package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.OpenDataset;
import org.junit.jupiter.api.Test;

/** Each record is tested once, none is tested after its like was trained on. */
class FoldedTest {
  private static final String ID = "number";

  private static Dataset data(Map<String, Split> splits) {
    return new OpenDataset("made", splits, List.of(), "f00d");
  }

  /** Records that carry their own number, and other columns. */
  private static Split split(int first, int size, Column... more) {
    int[] numbers = IntStream.range(first, first + size).toArray();
    List<Column> columns = new ArrayList<>(List.of(Column.numbers(ID, numbers)));
    columns.addAll(List.of(more));
    return ColumnSplit.of(size, columns.toArray(Column[]::new));
  }

  private static List<Integer> numbers(Split split) {
    return numbers(split, ID);
  }

  private static List<Integer> numbers(Split split, String field) {
    return IntStream.range(0, split.size()).mapToObj(i -> split.value(field, i).number()).toList();
  }

  /** Whatever the sizes, groups, classes and number of folds. */
  @Test
  void everyRecordIsTestedOnceAndNoGroupIsOnBothSides() {
    Random random = new Random(5);
    for (int round = 0; round < 80; round++) {
      int train = 1 + random.nextInt(60);
      int test = random.nextInt(30);
      int objects = 1 + random.nextInt(40);
      int[] group = random.ints(train + test, -1, objects).toArray(); // -1: of none
      int[] label = random.ints(train + test, -1, 1 + random.nextInt(4)).toArray();
      Map<String, Split> splits = new LinkedHashMap<>();
      splits.put(Dataset.TRAIN, part(0, train, group, label));
      splits.put(Dataset.VALIDATION, part(0, 1, group, label));
      if (test > 0) {
        splits.put(Dataset.TEST, part(train, train + test, group, label));
      }
      Dataset whole = data(splits);
      int groups = Set.copyOf(Arrays.stream(group).filter(g -> g >= 0).boxed().toList()).size();
      int most = groups + (int) Arrays.stream(group).filter(g -> g < 0).count();
      if (most < 2) {
        continue;
      }
      int n = 2 + random.nextInt(most - 1);
      List<Integer> tested = new ArrayList<>();
      Set<String> fingerprints = new HashSet<>(Set.of(whole.fingerprint()));
      for (Folded folded : Folded.all(whole, n)) {
        List<Integer> trained = numbers(folded.train());
        List<Integer> held = numbers(folded.split(Dataset.TEST));
        assertThat(held).isNotEmpty();
        assertThat(trained).isNotEmpty().doesNotContainAnyElementsOf(held);
        assertThat(trained.size() + held.size()).isEqualTo(train + test);
        assertThat(Collections.disjoint(own(group, trained), own(group, held))).isTrue();
        assertThat(folded.split(Dataset.VALIDATION)).isSameAs(splits.get(Dataset.VALIDATION));
        assertThat(numbers(Folded.of(whole, folded.fold()).train())).isEqualTo(trained);
        assertThat(fingerprints.add(folded.fingerprint())).isTrue();
        tested.addAll(held);
        for (int i = 0; i < held.size(); i++) {
          Map<String, Value> all =
              folded.split(Dataset.TEST).values(List.of(ID, Field.LABEL, Field.INSTANCE), i);
          assertThat(all.get(Field.LABEL).number()).isEqualTo(label[held.get(i)]);
          assertThat(all.get(Field.INSTANCE).number()).isEqualTo(group[held.get(i)]);
        }
      }
      assertThat(tested)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, train + test).boxed().toList());
    }
  }

  private static Split part(int from, int to, int[] group, int[] label) {
    return split(
        from,
        to - from,
        Column.numbers(Field.INSTANCE, Arrays.copyOfRange(group, from, to)),
        Column.labels(Arrays.copyOfRange(label, from, to)));
  }

  private static Set<Integer> own(int[] group, List<Integer> records) {
    Set<Integer> own = new HashSet<>();
    records.stream().filter(i -> group[i] >= 0).forEach(i -> own.add(group[i]));
    return own;
  }

  @Test
  void recordsThatAreAloneAreDealtOutByClass() {
    Random random = new Random(6);
    for (int round = 0; round < 50; round++) {
      int size = 20 + random.nextInt(80);
      int[] label = random.ints(size, 0, 5).map(i -> i * i / 4).toArray(); // rare ones among them
      Dataset whole = data(Map.of(Dataset.TRAIN, split(0, size, Column.labels(label))));
      int n = 2 + random.nextInt(7);
      List<Map<Integer, Integer>> classes = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      for (Folded folded : Folded.all(whole, n)) {
        assertThat(folded.words()).endsWith(" of " + n + " by record");
        Map<Integer, Integer> counts = new HashMap<>();
        numbers(folded.split(Dataset.TEST), Field.LABEL)
            .forEach(c -> counts.merge(c, 1, (a, b) -> a + b));
        classes.add(counts);
        sizes.add(folded.split(Dataset.TEST).size());
      }
      evenly(sizes);
      for (int c = 0; c < 5; c++) {
        int of = c;
        evenly(classes.stream().map(counts -> counts.getOrDefault(of, 0)).toList());
      }
    }
  }

  private static void evenly(List<Integer> counts) {
    int most = counts.stream().max(Integer::compare).orElseThrow();
    int least = counts.stream().min(Integer::compare).orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  /** The patient counts more than the case, and a case more than nothing. */
  @Test
  void whatBelongsTogetherIsWhatTheDataNameFirst() {
    Column patients = Column.texts(Field.PATIENT, List.of("x", "y", "x", "y"));
    Column cases = Column.texts(Field.CASE, List.of("a", "b", "c", "d"));
    Column areas = Column.texts(Field.AREA, List.of("n", "n", "s", "s"));
    assertThat(by(cases, patients)).isEqualTo("patient [0, 2] [1, 3]");
    assertThat(by(cases, areas)).isEqualTo("area [0, 1] [2, 3]");
    assertThat(by(cases)).startsWith("case ");
    assertThat(by(Column.numbers(Field.INSTANCE, new int[] {4, 5, 5, 4})))
        .isEqualTo("object [0, 3] [1, 2]");
    // of two patients whose names are not known each is alone
    assertThat(by(Column.texts(Field.PATIENT, List.of("", "", "x", "x"))))
        .isEqualTo("patient [0, 1] [2, 3]");
  }

  private static String by(Column... columns) {
    List<Folded> folds = Folded.all(data(Map.of(Dataset.TRAIN, split(0, 4, columns))), 2);
    List<String> tested =
        folds.stream().map(f -> numbers(f.split(Dataset.TEST)).toString()).sorted().toList();
    return folds.get(0).word() + " " + String.join(" ", tested);
  }

  /** Another run, another machine, another day: the same folds. */
  @Test
  void foldsDependOnTheDataAlone() {
    Dataset whole = data(Map.of(Dataset.TRAIN, split(0, 8)));
    assertThat(Folded.all(whole, 2).stream().map(f -> numbers(f.split(Dataset.TEST))).toList())
        .as("raise the version of folds if they must change")
        .containsExactly(List.of(1, 2, 4, 7), List.of(0, 3, 5, 6));
    assertThat(Folded.of(whole, new Fold(1, 2)).fingerprint())
        .isNotEqualTo(Folded.of(whole, new Fold(1, 3)).fingerprint());
  }

  private static Column masks(boolean... seen) {
    return Column.masks(1, 2, i -> new byte[] {(byte) (seen[i] ? 1 : 0), (byte) (seen[i] ? 2 : 0)});
  }

  private static Column labelled(boolean... seen) {
    return Column.numbers(
        Field.LABELLED, IntStream.range(0, seen.length).map(i -> seen[i] ? 1 : 0).toArray());
  }

  private static Map<String, Split> scans() {
    boolean[] few = {true, true, false, false, false, false};
    boolean[] all = {true, true, true, true, true, true};
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, split(0, 6, masks(few), labelled(few)));
    splits.put(Dataset.TEST, split(6, 3, masks(all), labelled(true, true, true)));
    splits.put(Dataset.REVEALED, split(0, 6, masks(all), labelled(all)));
    return splits;
  }

  private static List<Byte> mask(Split split, int record) {
    ByteBuffer mask = split.values(List.of(Field.MASK), record).get(Field.MASK).data();
    assertThat(split.value(Field.MASK, record).data()).isEqualTo(mask);
    return List.of(mask.get(0), mask.get(1));
  }

  @Test
  void asManyScansOfEachTrainingPartShowTheirMasksAsInTheWhole() {
    Set<Integer> shown = new HashSet<>();
    for (Folded folded : Folded.all(data(scans()), 3)) {
      Split train = folded.train();
      assertThat(numbers(train, Field.LABELLED)).containsExactly(1, 1, 0, 0, 0, 0);
      for (int i = 0; i < 6; i++) {
        byte on = (byte) (i < 2 ? 1 : 0);
        assertThat(mask(train, i)).containsExactly(on, (byte) (2 * on));
      }
      Split revealed = folded.split(Dataset.REVEALED);
      assertThat(numbers(revealed)).isEqualTo(numbers(train));
      assertThat(numbers(revealed, Field.LABELLED)).containsOnly(1);
      assertThat(mask(revealed, 5)).containsExactly((byte) 1, (byte) 2);
      assertThat(numbers(folded.split(Dataset.TEST), Field.LABELLED)).containsExactly(1, 1, 1);
      shown.addAll(numbers(train).subList(0, 2));
    }
    assertThat(shown).as("not those of the whole each time").hasSizeGreaterThan(2);
  }

  /** Objects 0 to 3 in training, 4 and 5 searched for with queries, and pictures of none. */
  @Test
  void objectsThatAreSearchedForAreDealtOutWithTheirQueries() {
    int[][] objects = {{0, 0, 1, 1, 2, 2, 3, 3}, {4, 4, 5, 5, -1, -1}, {4, 5}};
    Dataset data = searched(objects);
    // an object of the training split has no queries
    assertThatThrownBy(() -> Folded.all(data, 6))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(" has no queries; take fewer folds, or data that train on none");
    Set<Integer> tested = new HashSet<>();
    for (Folded fold : Folded.all(data, 2)) {
      Split train = fold.train();
      Split test = fold.split(Dataset.TEST);
      Split queries = fold.split(Dataset.QUERY);
      assertThat(fold.words()).endsWith(" of 2 by object");
      assertThat(train.field(Field.IMAGE).shape()).containsExactly(2L, 2L, 1L);
      assertThat(test.field(Field.IMAGE).shape()).containsExactly(-1L, -1L, 1L);
      assertThat(queries.fields()).isEqualTo(test.fields());
      assertThat(numbers(test)).contains(12, 13); // of no object
      assertThat(numbers(train)).doesNotContain(12, 13);
      List<Integer> held = numbers(test, Field.INSTANCE);
      assertThat(held).containsAll(numbers(queries, Field.INSTANCE));
      assertThat(numbers(train, Field.INSTANCE)).doesNotContainAnyElementsOf(held);
      assertThat(train.size() + test.size() + queries.size()).isEqualTo(16);
      tested.addAll(held);
    }
    assertThat(tested).containsExactlyInAnyOrder(-1, 0, 1, 2, 3, 4, 5);
  }

  /** Of those in training, of those to be searched, and of the queries. */
  private static Dataset searched(int[][] objects) {
    Map<String, Split> squares = new LinkedHashMap<>();
    Map<String, Split> whole = new LinkedHashMap<>();
    List<String> names = List.of(Dataset.TRAIN, Dataset.TEST, Dataset.QUERY);
    int first = 0;
    for (int i = 0; i < names.size(); i++) {
      squares.put(names.get(i), searched(first, objects[i], 2));
      whole.put(names.get(i), searched(first, objects[i], -1));
      first += objects[i].length;
    }
    Map<String, Split> splits = new LinkedHashMap<>(whole);
    splits.put(Dataset.TRAIN, squares.get(Dataset.TRAIN));
    return new OpenDataset("made", splits, List.of(), "f00d")
        .readable(
            (name, form) -> Optional.of((form.equals(Dataset.TRAIN) ? squares : whole).get(name)));
  }

  @Test
  void everyObjectIsSearchedWhereNoneIsTrainedOnWithoutFolds() {
    Dataset data = searched(new int[][] {{}, {0, 0, 1, 1, 2, 2, 3, 3, -1}, {0, 1, 2, 3}});
    Set<Integer> queries = new HashSet<>();
    for (Folded fold : Folded.all(data, 4)) {
      assertThat(numbers(fold.split(Dataset.QUERY))).hasSize(1);
      assertThat(fold.train().size()).isEqualTo(9);
      queries.addAll(numbers(fold.split(Dataset.QUERY), Field.INSTANCE));
    }
    assertThat(queries).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  private static Split searched(int first, int[] objects, int side) {
    Column images =
        new Column(
            Field.of(Field.IMAGE, FieldType.UINT8, side, side, 1),
            i -> new Value(FieldType.UINT8, List.of(2L, 2L, 1L), ByteBuffer.allocate(4)));
    return split(first, objects.length, images, Column.numbers(Field.INSTANCE, objects));
  }

  @Test
  void whatCannotBeFoldedIsSaidInALine() {
    Map<String, Split> hidden = scans();
    hidden.remove(Dataset.REVEALED);
    refuses(hidden, 2, "fold: 4 scans of data set 'made' have no mask to be tested against; ");
    Map<String, Split> searched = new LinkedHashMap<>();
    searched.put(Dataset.TRAIN, split(0, 4));
    searched.put(Dataset.TEST, split(4, 4));
    searched.put(Dataset.QUERY, split(8, 2));
    refuses(searched, 2, "'made' says itself which records are searched with (split 'query')");
    Column square = Column.images(2, 2, 1, i -> new byte[4]);
    Column any =
        new Column(
            Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 1),
            i -> new Value(FieldType.UINT8, List.of(1L, 1L, 1L), ByteBuffer.allocate(1)));
    refuses(
        Map.of(Dataset.TRAIN, split(0, 4, square), Dataset.TEST, split(4, 4, any)),
        2,
        "'made' reads the field 'image' otherwise for training (uint8 [2, 2, 1]) than for scores"
            + " (uint8 [-1, -1, 1])");
    refuses(
        Map.of(Dataset.TRAIN, split(0, 4), Dataset.TEST, split(4, 4, square)),
        2,
        "the field 'image' otherwise for training (not there) than");
    Column patients = Column.texts(Field.PATIENT, List.of("x", "y", "x", "z"));
    refuses(
        Map.of(Dataset.TRAIN, split(0, 4, patients)),
        4,
        "fold: data set 'made' has 3 patients to deal out, too few for 4 folds; take 3 or fewer");
    refuses(Map.of(Dataset.TRAIN, split(0, 1)), 2, "has 1 record to deal out, too few for 2");
  }

  private static void refuses(Map<String, Split> splits, int folds, String message) {
    assertThatThrownBy(() -> Folded.all(data(splits), folds))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.problems()).singleElement().asString().contains(message);
              assertThat(e.getMessage().lines().count()).isEqualTo(1);
            });
  }

  @Test
  void theRestIsTheWholes() {
    Dataset whole = new OpenDataset("made", DataKind.VOLUMES, scans(), List.of("a"), "f00d");
    Folded folded = Folded.of(whole, new Fold(1, 2));
    assertThat(folded.id()).isEqualTo("made");
    assertThat(folded.kind()).isEqualTo(DataKind.VOLUMES);
    assertThat(folded.classes()).containsExactly("a");
    assertThat(folded.fingerprint()).matches("[0-9a-f]{64}");
  }
}
