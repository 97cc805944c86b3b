package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with masks, from data to table, through the command line. */
class TilesTest {
  private static final String SHORT =
      " --evaluators segmentation --set segmentation.protocol=small --set segmentation.epochs=2"
          + " --set segmentation.side=16 --set segmentation.channels=4 --set segmentation.rates=1";

  @TempDir Path root;

  @Test
  void headsAreTrainedWithTheEncoderAndWithoutIt() throws IOException {
    Shell shell = Shell.in(root);
    Path out = root.resolve("out");
    Outcome compared =
        shell.run(
            "compare --methods simclr --out "
                + out
                + " "
                + Shell.TINY.replace("--epochs 2", "--epochs 1")
                + SHORT);
    assertThat(compared.status()).as(compared.err()).isZero();
    List<String> rows = Files.readAllLines(out.resolve("results.csv"));
    for (String method : List.of("simclr", "untrained")) {
      for (String metric :
          List.of("miou", "overall-accuracy", "kappa", "mean-f1", "iou/background")) {
        assertThat(rows)
            .filteredOn(row -> row.startsWith(method + ",resnet-small,"))
            .filteredOn(row -> row.contains(",segmentation," + metric + ","))
            .as(method + " " + metric)
            .hasSize(1);
      }
    }
    assertThat(rows).noneMatch(row -> row.startsWith("pixels,")); // they have no maps
    assertThat(compared.out().replace("\n    ", " "))
        .contains("labelled 10 of 96 training tiles", "of the last epoch")
        .doesNotContain("iou/background");

    Path run = out.resolve("simclr-resnet-small-seed0");
    for (String file : List.of("classes.csv", "confusion.csv", "tiles.png")) {
      assertThat(run.resolve("evaluation").resolve(file)).isNotEmptyFile();
    }
    String tuned = Files.readString(run.resolve("evaluation/confusion.csv"));
    byte[] weights = new RunFolder(run).weights();
    String frozen = evaluated(shell, run, " --set segmentation.encoder=frozen");
    assertThat(frozen).isNotEqualTo(tuned);
    assertThat(evaluated(shell, run, "")).isEqualTo(tuned); // tuning left the model as it was
    assertThat(new RunFolder(run).weights()).isEqualTo(weights);
  }

  private static String evaluated(Shell shell, Path run, String more) throws IOException {
    Outcome outcome = shell.run("evaluate " + run + SHORT + more);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return Files.readString(run.resolve("evaluation/confusion.csv"));
  }

  @Test
  void theBestEpochOnValidationIsKept() throws IOException {
    for (String split : List.of("train", "val", "test")) {
      for (int i = 0; i < 4; i++) {
        int kind = i;
        png(split + "/images/" + i + ".png", p -> (p / 16 + kind) % 7 < 3 ? 0xE0D0C0 : 0x102030);
        png(split + "/masks/" + i + ".png", p -> (p / 16 + kind) % 7 < 3 ? 0xFF0000 : 0x0000FF);
      }
    }
    Files.writeString(
        root.resolve("data/classes.csv"), "name,colour\nbright,#FF0000\ndark,#0000FF\n");
    Outcome outcome =
        Shell.in(root)
            .run(
                "compare --methods untrained --preset small --set encoder.width=4"
                    + " --data images-with-masks:%s --out %s"
                    + SHORT,
                root.resolve("data"),
                root.resolve("kept"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out().replace("\n    ", " "))
        .contains("weights of the epoch with the best accuracy on validation", "pixels 1024 of");
  }

  private void png(String name, IntUnaryOperator colour) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 256; p++) {
      image.setRGB(p % 16, p / 16, colour.applyAsInt(p));
    }
    Path file = root.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void whatCannotBeSegmentedIsRefusedBeforeAnyTraining() {
    Shell shell = Shell.in(root);
    Outcome pixels =
        shell.run("compare --methods pixels --data shapes --set data.train-size=96" + SHORT);
    assertThat(pixels.status()).isEqualTo(2);
    assertThat(pixels.errLines())
        .singleElement()
        .asString()
        .contains(
            "evaluator 'segmentation' needs the function 'denseMaps', which models of method"
                + " 'pixels' lack");
    Outcome films =
        shell.run("compare --methods simclr --data dental --set data.train-size=96" + SHORT);
    assertThat(films.status()).isEqualTo(2);
  }
}
