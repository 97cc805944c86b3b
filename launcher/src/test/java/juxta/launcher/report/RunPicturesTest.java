package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that can be shown are, and what is left out is named. */
class RunPicturesTest {
  @TempDir Path root;
  private Path artefacts;

  @BeforeEach
  void folders() throws IOException {
    artefacts = Files.createDirectories(root.resolve("run/artefacts"));
  }

  private static void draw(Path file) throws IOException {
    ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }

  private RunPictures.Shown shown(ReportedRun... more) {
    ReportedRun run = Runs.with(Runs.run("a", 0, .5), r -> r.folder(root.resolve("run")));
    List<ReportedRun> runs = new java.util.ArrayList<>(List.of(run));
    runs.addAll(Arrays.asList(more));
    return new RunPictures()
        .of(new Section("", "", runs, Optional.empty(), List.of(), List.of(), List.of()));
  }

  private List<String> places(RunPictures.Shown shown) {
    return shown.pictures().stream().map(RunPicture::place).toList();
  }

  @Test
  void thoseOfEvaluatorsComeFirst() throws IOException {
    draw(artefacts.resolve("map.png"));
    Files.createDirectories(root.resolve("run/evaluation/deep"));
    draw(root.resolve("run/evaluation/deep/some-cases.png"));
    RunPictures.Shown shown = shown();
    assertThat(places(shown))
        .containsExactly("evaluation/deep/some-cases.png", "artefacts/map.png");
    assertThat(shown.missing()).isEmpty();
    assertThat(shown.pictures().get(0).words()).isEqualTo("Some cases");
    assertThat(shown.pictures().get(0).width()).isEqualTo(9);
  }

  @Test
  void ofManyEpochsSomeAreShown() throws IOException {
    for (int epoch = 1; epoch <= 20; epoch++) {
      draw(artefacts.resolve("epoch-" + epoch + ".png"));
    }
    RunPictures.Shown shown = shown();
    assertThat(places(shown))
        .containsExactly(
            "artefacts/epoch-1.png",
            "artefacts/epoch-7.png",
            "artefacts/epoch-14.png",
            "artefacts/epoch-20.png");
    assertThat(shown.missing()).singleElement().asString().contains("epoch-2.png", "and 10 more");
  }

  @Test
  void whatIsNoPictureIsNamed() throws IOException {
    Files.writeString(artefacts.resolve("text.png"), "<svg onload=alert(1)>");
    draw(artefacts.resolve("half.png"));
    byte[] whole = Files.readAllBytes(artefacts.resolve("half.png"));
    Files.write(artefacts.resolve("half.png"), Arrays.copyOf(whole, whole.length - 30));
    Files.write(artefacts.resolve("big.png"), new byte[6 << 20]);
    RunPictures.Shown shown = shown();
    assertThat(shown.pictures()).isEmpty();
    assertThat(shown.missing())
        .anyMatch(m -> m.contains("no picture") && m.contains("text.png") && m.contains("half.png"))
        .anyMatch(m -> m.contains("too large") && m.contains("big.png"));
  }

  /** A link could show a file of the reader's machine. */
  @Test
  void linksAreNotFollowed() throws IOException {
    draw(root.resolve("secret.png"));
    Files.createSymbolicLink(artefacts.resolve("link.png"), root.resolve("secret.png"));
    assertThat(shown().pictures()).isEmpty();
  }

  @Test
  void ofSeveralSeedsTheFirstIsShown() throws IOException {
    draw(artefacts.resolve("map.png"));
    RunPictures.Shown shown = shown(Runs.run("a", 1, .5));
    assertThat(places(shown)).containsExactly("artefacts/map.png");
    assertThat(shown.missing()).singleElement().asString().contains("other seeds");
  }
}
