package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

/** A stranger's reader that numbers its classes wrongly. */
class LabelsTest {
  private final AtomicInteger closed = new AtomicInteger();

  private record Labelled(int... labels) implements Split {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public List<Field> fields() {
      return List.of(Field.of(Field.LABEL, FieldType.INT32));
    }

    @Override
    public Value value(String field, int record) {
      return Value.of(labels[record]);
    }
  }

  private record Reader(List<String> classes, Map<String, Split> splits, AtomicInteger closed)
      implements DatasetProvider, Dataset {
    @Override
    public String id() {
      return "strange";
    }

    @Override
    public String summary() {
      return "labels";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Dataset open(Request request) {
      return this;
    }

    @Override
    public String fingerprint() {
      return "1a";
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private DataOpener opener(List<String> classes, int[] train, int[] test) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, new Labelled(train));
    splits.put(Dataset.TEST, new Labelled(test));
    return new DataOpener(
        Catalogue.of(List.of(new Reader(classes, splits, closed))), Path.of("none"));
  }

  private static Dataset open(DataOpener opener) {
    return opener.open("strange", Overrides.NONE, (what, share) -> {});
  }

  @Test
  void aLabelThatIsNoClassIsNamedInEachSplit() {
    List<String> classes = List.of("a", "b", "c");
    DataOpener opener = opener(classes, new int[] {0, 2, 7, 9}, new int[] {-1, -2, 0});
    assertThatThrownBy(() -> open(opener))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "data set 'strange': record 2 of split 'train' has label 7, but the data"
                            + " name 3 classes (labels go from 0 to 2, or are -1 for none);"
                            + " correct the labels, or the reader that numbers them",
                        "data set 'strange': record 1 of split 'test' has label -2, but the data"
                            + " name 3 classes (labels go from 0 to 2, or are -1 for none);"
                            + " correct the labels, or the reader that numbers them"));
    assertThat(closed).hasValue(1);
  }

  /** A preview shows such data. */
  @Test
  void theyCanBeLookedAt() {
    DataOpener opener = opener(List.of("a"), new int[] {1}, new int[] {0});
    assertThat(opener.look("strange", Overrides.NONE, (what, share) -> {}).id())
        .isEqualTo("strange");
    assertThatThrownBy(() -> open(opener))
        .hasMessageContaining("has label 1, but the data name 1 class (");
  }

  @Test
  void labelsOfTheClassesAndNoneAndThoseOfDataWithoutClassesAreTaken() {
    assertThat(open(opener(List.of("a", "b"), new int[] {0, 1, -1}, new int[] {-1})).id())
        .isEqualTo("strange");
    assertThat(open(opener(List.of(), new int[] {12}, new int[] {-5})).id()).isEqualTo("strange");
    assertThat(closed).hasValue(0);
  }
}
