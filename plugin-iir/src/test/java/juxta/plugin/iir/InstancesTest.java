package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Score;
import juxta.api.UserException;
import juxta.picture.Picture;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are embedded as the direction (x, y) that their two grey values say. */
class InstancesTest {
  @TempDir Path folder;

  private Map<String, Double> scores(Directions... splits) {
    Map<String, Double> scores = new TreeMap<>();
    for (Score score :
        new Instances().evaluate(new FakeEvaluation(Directions.data(splits), folder))) {
      scores.put(score.metric(), score.value());
    }
    return scores;
  }

  /** Angles in degrees and instances of some images. */
  private static Directions split(String name, int... anglesAndInstances) {
    return Directions.of(name, anglesAndInstances);
  }

  @Test
  void everyImageQueriesTheOthers() {
    // by angle: A 0, A 10, B 22, B 60; distractor 90
    Map<String, Double> found = scores(split("test", 0, 0, 10, 0, 22, 1, 60, 1, 90, -1));
    // A 0 finds A first: 1. A 10: A (10 away) before B (12 away): 1.
    // B 22: A 10, A 0, B 60: rank 2 of 1 -> (0/2 + 1/3)/2 = 1/6. B 60: 90 (30), B 22 (38) -> 1/4
    assertThat(found.get("map")).isCloseTo((1 + 1 + 1 / 6.0 + 1 / 4.0) / 4, within(1e-6));
    assertThat(found.get("mp@1")).isCloseTo(0.5, within(1e-9));
    assertThat(found.get("mp@5")).isCloseTo((1 + 1 + 1 / 3.0 + 1 / 2.0) / 4, within(1e-9));
  }

  @Test
  void queriesOfTheirOwnSplitSearchTheDatabase() {
    Map<String, Double> found =
        scores(
            split("test", 0, 0, 30, 1, 60, -1),
            split("query", 25, 1, 25, 0, 80, 7)); // nothing shows instance 7
    // the first query finds 30 first: 1; the second finds 30, then 0: rank 1 of 1
    assertThat(found.get("map")).isCloseTo((1 + (0 / 1.0 + 1 / 2.0) / 2) / 2, within(1e-6));
    assertThat(found.keySet()).containsExactly("map", "mp@1", "mp@10", "mp@5");
  }

  /** Database by closeness to the query at 0: 0 junk, 1 easy, 2 negative, 3 hard. */
  @Test
  void listsDecideWhatCounts() {
    Directions database = split("test", 1, -1, 2, -1, 3, -1, 4, -1);
    Map<String, Double> found =
        scores(
            database,
            split("query", 0, -1)
                .with("easy", new int[] {1})
                .with("hard", new int[] {3})
                .with("junk", new int[] {0}));
    assertThat(found.get("medium-map")).isCloseTo(0.7916667, within(1e-6));
    assertThat(found.get("hard-map")).isCloseTo(0.25, within(1e-6));
    assertThat(found.get("easy-map")).isCloseTo(1, within(1e-6));
    assertThat(found.get("medium-mp@1")).isCloseTo(1, within(1e-9));
    Map<String, Double> classic =
        scores(
            database,
            split("query", 0, -1).with("ok", new int[] {1, 3}).with("junk", new int[] {0}));
    assertThat(classic.get("map")).isCloseTo(0.7916667, within(1e-6));
  }

  @Test
  void aSetupWithoutPositivesIsLeftOut() {
    Map<String, Double> found =
        scores(
            split("test", 1, -1, 2, -1),
            split("query", 0, -1)
                .with("easy", new int[] {1})
                .with("hard", new int[0])
                .with("junk", new int[0]));
    assertThat(found.keySet()).contains("medium-map", "easy-map").doesNotContain("hard-map");
  }

  @Test
  void descriptorsThatAreNoNumbersScoreAsWorst() {
    Map<String, Double> found =
        scores(split("test", Directions.BROKEN, 0, Directions.BROKEN, 0, 20, 1, 60, 1));
    // the broken ones find each other last, behind two: (0/2 + 1/3)/2; the others each other first
    assertThat(found.get("map")).isCloseTo((1 / 6.0 + 1 / 6.0 + 1 + 1) / 4, within(1e-6));
  }

  @Test
  void leavesALineAQuery() throws IOException {
    scores(split("test", 0, 0, 10, 0, 50, 3));
    assertThat(Files.readAllLines(folder.resolve("queries.csv")))
        .containsExactly(
            "query,file,protocol,positives,ap,p@1,p@5,p@10",
            "0,\"a,0.png\",,1,1.000000,1.000000,1.000000,1.000000",
            "1,\"a,1.png\",,1,1.000000,1.000000,1.000000,1.000000",
            "2,\"a,2.png\",,0,,,,");
  }

  /** Of three queries two have positives: each finds its own object first, then the other one. */
  @Test
  void leavesAPictureOfFinds() throws IOException {
    scores(split("test", 0, 0, 10, 0, 50, 3));
    Picture sheet = PictureFiles.read(folder.resolve("finds.png"));
    assertThat(sheet.size().height()).isEqualTo(2 * 112);
    for (int row = 0; row < 2; row++) {
      assertThat(sheet.colour(row * 112 + 5, 28 + 112 + 5)).isEqualTo(0x56b4e9);
      assertThat(sheet.colour(row * 112 + 5, 28 + 224 + 5)).isEqualTo(0xd55e00);
      assertThat(sheet.colour(row * 112 + 5, 28 + 336 + 5)).isZero();
    }
  }

  @Test
  void saysWhenNothingCanBeScored() {
    assertThatThrownBy(() -> scores(split("test", 0, 0, 10, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no query of data set 'directions' has a positive");
    assertThatThrownBy(
            () ->
                scores(
                    split("test", 1, -1),
                    split("query", 0, -1).with("ok", new int[] {5}).with("junk", new int[0])))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names record 5 of a database of 1");
  }

  /** How images are put together for the device does not matter. */
  @Test
  void imagesOfOneSizeGoTogether() {
    FakeEvaluation together =
        new FakeEvaluation(
            Directions.data(split("test", 0, 0, 10, 0, 20, 1, 60, 1, 90, 1)), folder);
    new Instances().evaluate(together);
    // sizes alternate every two images: 1x2, 1x2, 2x2, 2x2, 1x2
    assertThat(together.batches()).isEqualTo(List.of(2, 2, 1));
  }
}
