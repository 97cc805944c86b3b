package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.run.TourStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods that came with Juxta show themselves; one of them is followed to its scores. */
class TourStopsTest {
  @TempDir Path root;

  @Test
  void everyPaperHasAStopThatFits() {
    Shell shell = Shell.in(root);
    PluginRegistry registry =
        PluginRegistry.load(shell.plugins(), shell.plugins().resolveSibling("plugins.lock"));
    List<TourStop> stops = TourStop.all(registry);
    assertThat(stops.stream().map(s -> s.method().id()))
        .contains("claires", "fba", "grass", "iir", "medcluster", "multinet", "patchmix", "spps");
    assertThat(stops.stream().mapToInt(s -> s.tour().seconds()).sum())
        .as("at most 20 minutes on two cores")
        .isLessThanOrEqualTo(20 * 60);
    for (TourStop stop : stops) {
      assertThat(stop.objections(registry, root.resolve("cache"))).as(stop.method().id()).isEmpty();
    }
  }

  @Test
  void aStopTrainsAndIsScored() {
    Shell shell = Shell.in(root);
    Path out = root.resolve("tour");
    Outcome outcome =
        shell.run(
            "tour --methods patchmix --set epochs=1 --set batch=16 --set data.train-size=64"
                + " --set data.test-size=32 --set data.side=16 --set encoder.depth=1"
                + " --set head-hidden=32 --set linear.epochs=1 --threads 1 --out %s",
            out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(
            RunFolder.json(out.resolve("results.json"))
                .at("/sections/0/summary")
                .findValuesAsText("method"))
        .startsWith("pixels")
        .contains("untrained", "patchmix");
    assertThat(out.resolve("report.html")).isRegularFile();
  }
}
