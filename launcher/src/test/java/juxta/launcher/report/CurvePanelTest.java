package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurvePanelTest {
  private static Curve curve(String name) {
    return new Curve("train", name, List.of(new double[] {0, 1}, new double[] {1, 0.5}));
  }

  private static String html(String... methods) {
    List<Curve> curves =
        List.of(
            curve("loss"),
            curve("a"),
            curve("b"),
            curve("c"),
            curve("probe-knn-accuracy"),
            curve("probe-linear-accuracy"));
    List<ReportedRun> runs =
        List.of(methods).stream()
            .map(m -> Runs.with(Runs.run(m, 0, 0.5), run -> run.curves(curves)))
            .toList();
    Section section = new Section("", "", runs, Optional.empty(), List.of(), List.of(), List.of());
    List<String> lines = section.lines().keySet().stream().map(line -> line.words()).toList();
    return new CurvePanel(section, new Palette(lines)).html();
  }

  @Test
  void whatProbesFoundStandsBesideTheLoss() {
    for (String[] methods : new String[][] {{"one"}, {"one", "other"}}) {
      String html = html(methods);
      String open = html.substring(0, html.indexOf("<details>"));
      assertThat(open).contains("Loss", "Probe knn accuracy", "Probe linear accuracy");
    }
    assertThat(html("one")).contains("2 more: b, c");
    assertThat(html("one", "other")).contains("3 more: a, b, c");
  }
}
