package juxta.launcher.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.OpenDataset;
import org.junit.jupiter.api.Test;

class PicksTest {
  private static final int CLASSES = 5;

  @Test
  void halfAreOfTheTrainingSplitAndClassesDoNotComeTwiceWhileThereIsAnother() {
    Dataset data = data(Map.of("train", 1000, "validation", 40, "test", 40));
    List<Pick> picks = Picks.different(data, 8, 0);
    assertThat(picks).hasSize(8).doesNotHaveDuplicates();
    assertThat(picks.stream().filter(p -> p.split().equals("train"))).hasSize(4);
    assertThat(picks.stream().filter(p -> p.split().equals("test"))).hasSize(2);
    for (String split : List.of("train", "validation", "test")) {
      assertThat(picks.stream().filter(p -> p.split().equals(split)).map(p -> label(p.record())))
          .doesNotHaveDuplicates();
    }
    // over all splits, too
    for (int label = 0; label < CLASSES; label++) {
      int own = label;
      assertThat(picks.stream().filter(p -> label(p.record()) == own).count()).isBetween(1L, 2L);
    }
  }

  @Test
  void theSeedDecides() {
    Dataset data = data(Map.of("train", 1000));
    assertThat(Picks.different(data, 6, 1)).isEqualTo(Picks.different(data, 6, 1));
    assertThat(Picks.different(data, 6, 1)).isNotEqualTo(Picks.different(data, 6, 2));
    assertThat(Picks.sample(data, 50, 1)).isEqualTo(Picks.sample(data, 50, 1));
    assertThat(Picks.sample(data, 50, 1)).isNotEqualTo(Picks.sample(data, 50, 2));
  }

  @Test
  void fewRecordsAreAllTaken() {
    Dataset data = data(Map.of("train", 3, "test", 1));
    assertThat(Picks.different(data, 8, 0)).hasSize(4).doesNotHaveDuplicates();
    assertThat(Picks.sample(data, 512, 0)).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void aSampleIsAsLargeAsItIsSaidToBeAndOfAllSplits() {
    Dataset data = data(Map.of("train", 1000, "validation", 300, "test", 7));
    List<Pick> sample = Picks.sample(data, 100, 0);
    assertThat(sample).hasSize(100).doesNotHaveDuplicates();
    assertThat(sample.stream().filter(p -> p.split().equals("test"))).hasSize(1);
    assertThat(sample.stream().filter(p -> p.split().equals("validation")).count())
        .isBetween(22L, 24L);
  }

  @Test
  void whatIsHiddenStaysSo() {
    Dataset data = data(Map.of("train", 10, Dataset.REVEALED, 10));
    assertThat(Picks.splits(data)).containsOnlyKeys("train");
    assertThat(Picks.different(data, 20, 0)).hasSize(10);
    assertThat(Picks.sample(data, 20, 0)).hasSize(10);
  }

  private static int label(int record) {
    return record % CLASSES;
  }

  /** Images of one pixel, of five classes in turn. */
  private static Dataset data(Map<String, Integer> sizes) {
    Map<String, Split> splits = new LinkedHashMap<>();
    sizes.forEach(
        (name, size) ->
            splits.put(
                name,
                ColumnSplit.of(
                    size,
                    Column.images(1, 1, 1, i -> new byte[1]),
                    Column.labels(IntStream.range(0, size).map(PicksTest::label).toArray()))));
    return new OpenDataset("pixels", splits, List.of(), "");
  }
}
