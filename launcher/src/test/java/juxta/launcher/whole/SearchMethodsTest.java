package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods whose result is a search, from the training to the answer. */
class SearchMethodsTest {
  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  private Outcome done(String line, Object... arguments) {
    Outcome outcome = shell.run(line, arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void clairesFindsFilmsByText() {
    Path run = root.resolve("claires");
    done(
        "train claires --preset small --data dental --set data.size=32 --set data.train-size=40"
            + " --set data.validation-size=8 --set data.test-size=16 --encoder conv-small"
            + " --set encoder.width=4 --set text-layers=1 --set text-width=16 --set text-heads=2"
            + " --set text-hidden=32 --batch 20 --epochs 2 --precision float32 --out %s",
        run);
    assertThat(done("evaluate %s --evaluators retrieval", run).out())
        .contains("retrieval text-hit@3")
        .contains("retrieval instance-mrr");
    JsonNode found = search(run, "search %s female patient with gingivitis --k 4 --json");
    assertThat(found.get("candidates").asInt()).isEqualTo(64);
    assertThat(found.get("results")).hasSize(4);
    assertThat(shell.run("search %s xyzzy", run).errLines())
        .singleElement()
        .asString()
        .contains("no word");
  }

  private Path photos() throws IOException {
    Path photos = Files.createDirectory(root.resolve("photos"));
    for (int object = 0; object < 8; object++) {
      for (int view = 0; view < 4; view++) {
        BufferedImage photo = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = photo.createGraphics();
        g.setColor(Color.getHSBColor(object / 8f, 1, 1));
        g.fillRect(4 * view, 3 * view, 20 + object, 25 - object);
        g.dispose();
        ImageIO.write(photo, "png", photos.resolve(object + "__" + view + ".png").toFile());
      }
    }
    return photos;
  }

  @Test
  void iirFindsInstancesByPicture() throws IOException {
    Path photos = photos();
    Path run = root.resolve("iir");
    done(
        "train iir --preset small --data instances:%s --set data.size=32 --set data.longest=48"
            + " --set data.held-out=0.5 --set augmentation.size=64 --encoder resnet-small"
            + " --set encoder.width=4 --set contrast-iterations=2 --set iterations=2 --batch 8"
            + " --precision float32 --set weights=init --out %s",
        photos, run);
    Outcome scored = done("evaluate %s --evaluators instances", run);
    assertThat(scored.out()).contains("instances map");
    assertThat(scored.err()).doesNotContain("data have changed");
    JsonNode found =
        search(run, "search %s --image " + photos.resolve("3__2.png") + " --k 3 --json");
    assertThat(found.at("/results/0/match").asText()).isEqualTo("same picture");
    assertThat(found.at("/results/0/fields/file").asText()).isEqualTo("3__2.png");
    assertThat(found.at("/results/0/score").asDouble()).isGreaterThan(0.9999);
    Files.delete(photos.resolve("7__3.png"));
    assertThat(done("evaluate %s --evaluators instances", run).err())
        .contains("note: the data have changed since the training");
  }

  /** They are in its checkpoints: what it was given may be moved or deleted. */
  @Test
  void aTrainedRunNeedsTheFileOfItsFirstWeightsNoMore() throws IOException {
    Path photos = photos();
    String line =
        "train %s --preset small --data instances:%s --set data.size=32 --set data.longest=48"
            + " --set data.held-out=0.5 --set augmentation.size=64 --encoder resnet-small"
            + " --set encoder.width=4 --batch 8 --precision float32";
    Path first = root.resolve("first");
    done(
        line + " --set contrast-iterations=2 --set iterations=2 --set weights=init --out %s",
        "iir",
        photos,
        first);
    Path file = Files.copy(first.resolve("encoder.safetensors"), root.resolve("w.safetensors"));
    RunFolder run = new RunFolder(root.resolve("run"));
    String second = line + " --set weights=%s --out %s";
    done(second, "iir-classifier", photos, file, run.path());
    Files.delete(file);
    byte[] weights = run.weights();
    done("evaluate %s --evaluators instances", run.path());
    search(run.path(), "search %s --image " + photos.resolve("3__2.png") + " --k 3 --json");
    done("train iir-classifier --resume --out %s", run.path());
    assertThat(run.weights()).isEqualTo(weights);
    assertThat(shell.run(second, "iir-classifier", photos, file, root.resolve("other")).errLines())
        .singleElement()
        .asString()
        .contains("weights: ")
        .contains("is not there or cannot be read");
  }

  private JsonNode search(Path run, String line) {
    return RunFolder.parse(done(line, run).out());
  }
}
