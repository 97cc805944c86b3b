package juxta.benchmarks.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void everySeedIsADotAndTheMeanALine() throws IOException {
    scores(
        """
        claim,panel,metric,row,words,kind
        c,first,knn/accuracy,new/a,ours & <new>,method
        c,first,knn/accuracy,0.1,chance,reference
        """);
    String picture = Rows.pictures(folder).get("c");
    // the axis has marks at 10, 15, 20, 25, 30 from 284 to 714
    assertThat(dots(picture)).isEqualTo(3 + 3); // those of the legend, and the scores
    assertThat(picture)
        .contains("<circle cx=\"714.0\"", "<circle cx=\"499.0\"", "<circle cx=\"284.0\"")
        .contains("<line x1=\"606.5\"", ">25.0</text>", ">10.0</text>")
        .contains("ours &amp; &lt;new>");
  }

  @Test
  void eachPanelHasAnAxisOfItsOwn() throws IOException {
    scores(
        """
        claim,panel,metric,row,words,kind
        c,first,knn/accuracy,0.1,low,rival
        c,second,knn/accuracy,0.9,high,rival
        """);
    assertThat(Rows.pictures(folder).get("c")).contains(">first<", ">second<", ">90.0<", ">10.0<");
  }

  @Test
  void axesHoldTheirValuesBetweenAFewRoundMarks() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double scale = Math.pow(10, 4 * random.nextDouble() - 2);
      double[] values = random.doubles(1 + random.nextInt(5)).map(v -> scale * (v - 0.3)).toArray();
      Rows.Axis axis = Rows.Axis.over(values);
      for (double value : values) {
        assertThat(axis.x(value)).isBetween(283.99, 714.01);
      }
      double[] ticks = axis.ticks();
      assertThat(ticks).as("%s", axis).hasSizeBetween(2, 12).isSorted().doesNotHaveDuplicates();
      assertThat(Arrays.stream(ticks).mapToObj(axis::words)).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(file, "claim,panel\n");
    assertThatThrownBy(() -> Rows.pictures(folder)).hasMessageContaining("first line has to be");
    scores("claim,panel,metric,row,words,kind\nc,first,knn/accuracy,new/a,ours\n");
    assertThatThrownBy(() -> Rows.pictures(folder)).hasMessageContaining("line 2: 5 values for 6");
    scores("claim,panel,metric,row,words,kind\nc,first,knn/accuracy,new/a,ours,friend\n");
    assertThatThrownBy(() -> Rows.pictures(folder))
        .hasMessageContaining("line 2: 'friend' is not method, rival or reference");
    scores("claim,panel,metric,row,words,kind\nc,first,knn/accuracy,old/a,ours,method\n");
    assertThatThrownBy(() -> Rows.pictures(folder)).hasMessageContaining("no row 'old/a'");
    scores("claim,panel,metric,row,words,kind\nc,first,linear/top5,new/a,ours,method\n");
    assertThatThrownBy(() -> Rows.pictures(folder))
        .hasMessageContaining("no 'linear/top5' of 'new/a'");
  }

  @Test
  void thePicturesInTheDocumentationAreThoseOfTheScores() throws IOException {
    Map<String, String> pictures = Rows.pictures(CLONE.resolve("benchmarks/claims-results"));
    assertThat(pictures).hasSize(8);
    for (Map.Entry<String, String> picture : pictures.entrySet()) {
      Path file = CLONE.resolve("docs/claims").resolve(picture.getKey() + ".svg");
      assertThat(file)
          .as("benchmarks/run rows docs/claims makes it again")
          .hasContent(picture.getValue());
    }
  }

  private void scores(String rows) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.createDirectories(folder.resolve("c"));
    Files.writeString(
        folder.resolve("c/new.csv"),
        """
        method,encoder,data,seed,evaluator,metric,value
        a,e,made,0,knn,accuracy,0.3
        a,e,made,1,knn,accuracy,0.2
        """);
  }

  private static long dots(String picture) {
    return picture.lines().filter(line -> line.startsWith("<circle")).count();
  }
}
