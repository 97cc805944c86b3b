package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is allowed and hardly ever meant is said, a line each. */
class SuspicionsTest {
  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
    Frail.addTo(shell);
  }

  @Test
  void oneRecordABatchHasNothingToBeComparedWith() {
    String line =
        "train simclr " + Shell.TINY.replace("--epochs 2", "--epochs 1") + " --out " + root;
    String few = line.replace("train-size=96", "train-size=4").replace("--batch 16", "--batch 1");
    Outcome outcome = shell.run(few + "/one");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(warnings(outcome))
        .containsOnlyOnce(
            "warning: simclr batch 1: no record has another of its batch to be compared with; pass"
                + " --batch 2 or more");
    assertThat(warnings(shell.run(line.replace("train-size=96", "train-size=16") + "/more")))
        .isEmpty();
  }

  @Test
  void volumesAndMasksOfNothing() {
    Outcome outcome =
        shell.run(
            "train fba --data blank --set encoder.width=2 --set augmentation.patch-x=16"
                + " --set augmentation.patch-y=16 --set augmentation.patch-z=16"
                + " --precision float32 --set iterations=1 --out %s",
            root.resolve("blank"));
    assertThat(warnings(outcome))
        .containsOnlyOnce(
            "warning: fba each of the 8 volumes looked at has one value everywhere; look at what"
                + " the data's reader makes of the files")
        .containsOnlyOnce(
            "warning: fba each of the 4 masks looked at has one class everywhere; look at what the"
                + " data's reader makes of the files");
  }

  private static List<String> warnings(Outcome outcome) {
    return outcome.errLines().stream().filter(line -> line.startsWith("warning: ")).toList();
  }
}
