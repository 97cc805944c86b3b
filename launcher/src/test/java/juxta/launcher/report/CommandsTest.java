package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command lines of a report make the same runs. */
class CommandsTest {
  @Test
  void whatWasGivenIsGivenAgain() {
    assertThat(Commands.of(Runs.run("a", 3, .5)))
        .containsExactly(
            "juxta train a --data shapes --preset small --seed 3 --set encoder=resnet-small"
                + " --out runs/a-3",
            "juxta evaluate runs/a-3 --evaluators knn --set knn.k=5 --set knn.temperature=0.1");
  }

  @Test
  void aShellReadsWordsAsTheyAre() {
    ReportedRun run =
        Runs.with(
            Runs.run("a", 0, .5), r -> r.folder(Path.of("my $(runs)/it's")).scores(List.of()));
    assertThat(Commands.of(run)).singleElement().asString().endsWith("--out 'my $(runs)/it'\\''s'");
  }
}
