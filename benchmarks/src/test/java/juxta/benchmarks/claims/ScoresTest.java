package juxta.benchmarks.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresTest {
  @TempDir Path folder;

  @Test
  void partsAreOneTableAndPairedBySeed() throws IOException {
    Path plain = folder.resolve("plain.csv");
    Files.writeString(
        plain,
        """
        method,encoder,data,seed,evaluator,metric,value
        simclr,resnet-small,made,0,knn,accuracy,0.10
        simclr,resnet-small,made,1,knn,accuracy,0.20
        simclr,resnet-small,made,2,knn,accuracy,0.30
        """);
    Path mined = folder.resolve("mined.csv");
    Path third = folder.resolve("mined.2.csv");
    Files.writeString(
        third,
        """
        method,encoder,data,seed,evaluator,metric,value
        spps,resnet-small,made,2,knn,accuracy,0.33
        """);
    Files.writeString(
        mined,
        """
        method,encoder,data,seed,evaluator,metric,value
        spps,resnet-small,made,1,knn,accuracy,0.22
        spps,resnet-small,made,0,knn,accuracy,0.11
        """);
    // differences .01, .02, .03: t = .02 / (.01 / sqrt 3) = 3.464 with 2 degrees, p = .0742
    assertThat(
            Scores.table(
                List.of(
                    "knn/accuracy",
                    "plain/simclr",
                    plain.toString(),
                    mined.toString(),
                    third.toString())))
        .isEqualTo(
            """
            | | runs | knn/accuracy | difference |
            |---|---|---|---|
            | plain/simclr | 3 | 0.2000 ± 0.1000 |  |
            | mined/spps | 3 | 0.2200 ± 0.1100 | +0.0200, p = 0.074, n = 3 |
            """);
    assertThatThrownBy(
            () -> Scores.table(List.of("knn/accuracy", "plain/simsiam", plain.toString())))
        .hasMessage("no row 'plain/simsiam' among [plain/simclr]");
  }

  @Test
  void foldsArePairedAndCorrected() throws IOException {
    Path file = folder.resolve("folds.csv");
    Files.writeString(
        file,
        """
        method,encoder,data,seed,fold,evaluator,metric,value
        a,e,made,0,1,retrieval,mrr,0.10
        a,e,made,0,2,retrieval,mrr,0.20
        b,e,made,0,1,retrieval,mrr,0.20
        b,e,made,0,2,retrieval,mrr,0.40
        """);
    // differences .1, .2: error .0707 sqrt(1/2 + 1/1) = .0866, t = 1.732 with 1 degree: p = 1/3
    assertThat(Scores.table(List.of("retrieval/mrr", "folds/a", file.toString())))
        .endsWith("| folds/b | 2 | 0.3000 ± 0.1414 | +0.1500, p = 0.33, n = 2 |\n");
  }

  @Test
  void filesThatAreNoScoresAreRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    assertThatThrownBy(() -> Scores.table(List.of("knn/accuracy", "empty/a", empty.toString())))
        .hasMessage(
            empty
                + ": no results.csv of a comparison: its first line has to name"
                + " [method, encoder, seed, evaluator, metric, value]");
    String heads = "method,encoder,data,seed,evaluator,metric,value\n";
    Path torn = Files.writeString(folder.resolve("torn.csv"), heads + "simclr,e,made,0,knn");
    assertThatThrownBy(() -> Scores.table(List.of("knn/accuracy", "torn/a", torn.toString())))
        .hasMessage(torn + ", line 2: 5 values for 7");
    Path words = Files.writeString(folder.resolve("w.csv"), heads + "a,e,made,0,knn,accuracy,high");
    assertThatThrownBy(() -> Scores.table(List.of("knn/accuracy", "w/a", words.toString())))
        .hasMessage(words + ", line 2: 'high' is no number");
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> Scores.table(List.of("knn/accuracy", "none/a", none.toString())))
        .hasMessage(none + ": no such file");
    Path bytes = Files.write(folder.resolve("bytes.csv"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> Scores.table(List.of("knn/accuracy", "bytes/a", bytes.toString())))
        .hasMessage(bytes + ": is no text that can be read");
  }
}
