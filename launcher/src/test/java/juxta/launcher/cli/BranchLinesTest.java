package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How several runs at once are shown. */
class BranchLinesTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void aTerminalHasOneLineForAllThatGoOn() {
    BranchLines lines = lines(true);
    lines.said(1, "simclr train   45%  step 9/20  epoch 1.0  loss 2.1  90 records/s  ETA 1:20");
    lines.said(3, "byol knn   10%  10/100 records  50/s  ETA 0:02");
    assertThat(last()).isEqualTo("[1/4] simclr train 45% ETA 1:20   [3/4] byol knn 10% ETA 0:02");
    lines.said(1, "simclr train  100%  step 20/20  epoch 1.0  loss 2.1  90 records/s  took 2:20");
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("[1/4] simclr train  100%  step 20/20  epoch 1.0  loss 2.1  90 records/s  took");
    assertThat(last()).isEqualTo("[3/4] byol knn 10% ETA 0:02");
    lines.ended(3);
    lines.said(2, "[2/4] byol on shapes (80 records)");
    assertThat(last()).isEqualTo("[2/4] byol on shapes (80 records)");
  }

  @Test
  void elsewhereEveryLineStays() {
    BranchLines lines = lines(false);
    lines.said(1, "simclr train   45%  step 9/20  epoch 1.0  loss 2.1  90 records/s  ETA 1:20");
    assertThat(last())
        .isEqualTo(
            "[1/4] simclr train   45%  step 9/20  epoch 1.0  loss 2.1  90 records/s  ETA 1:20");
  }

  private BranchLines lines(boolean live) {
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new BranchLines(new Terminal(stream, stream, live), 4);
  }

  private String last() {
    String[] lines = shown.toString(StandardCharsets.UTF_8).split("[\\r\\n]+");
    return lines[lines.length - 1];
  }
}
