package juxta.launcher.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The learning curves of a section: a chart a line and scalar, loss and looks of probes first. */
final class CurvePanel {
  private static final String LOSS = "loss";

  /** What the scores of looks at a model in training begin with. */
  private static final String PROBE = "probe-";

  /** Charts that a single line shows unfolded. */
  private static final int FEW = 4;

  private final Section section;
  private final Palette palette;

  CurvePanel(Section section, Palette palette) {
    this.section = section;
    this.palette = palette;
  }

  /** Names of the scalars that were logged more than once, the loss first, then the probes'. */
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    curves().map(Curve::name).filter(LOSS::equals).forEach(names::add);
    curves().map(Curve::name).filter(name -> name.startsWith(PROBE)).forEach(names::add);
    curves().forEach(c -> names.add(c.name()));
    return List.copyOf(names);
  }

  private java.util.stream.Stream<Curve> curves() {
    return section.runs().stream().flatMap(run -> run.curves().stream()).filter(CurvePanel::shown);
  }

  private static boolean shown(Curve curve) {
    return curve.points().size() > 1;
  }

  String html() {
    List<String> names = names();
    if (names.isEmpty()) {
      return "";
    }
    Html html = new Html();
    html.element("h3", "Learning curves");
    html.element(
        "p class=\"hint\"",
        "Means of neighbouring steps; losses of different methods are different quantities.");
    long first = names.stream().filter(n -> n.equals(LOSS) || n.startsWith(PROBE)).count();
    long shown = Math.max(first, section.lines().size() == 1 ? FEW : 1);
    html.raw("<div class=\"charts\">\n");
    names.stream().limit(shown).forEach(name -> charts(html, name));
    html.raw("</div>\n");
    List<String> rest = names.stream().skip(shown).toList();
    if (!rest.isEmpty()) {
      html.raw("<details><summary>")
          .words(rest.size() + " more: " + String.join(", ", rest))
          .raw("</summary>\n<div class=\"charts\">\n");
      rest.forEach(name -> charts(html, name));
      html.raw("</div></details>\n");
    }
    return html.toString();
  }

  private void charts(Html html, String name) {
    for (Map.Entry<ScoreGrid.Line, List<ReportedRun>> line : section.lines().entrySet()) {
      List<List<Curve>> runs =
          line.getValue().stream()
              .map(
                  run ->
                      run.curves().stream().filter(c -> c.name().equals(name) && shown(c)).toList())
              .filter(curves -> !curves.isEmpty())
              .toList();
      if (!runs.isEmpty()) {
        String words = line.getKey().words();
        List<String> phases =
            runs.stream().flatMap(List::stream).map(Curve::phase).distinct().toList();
        boolean folds = line.getValue().stream().anyMatch(run -> run.fold().isPresent());
        html.raw("<figure class=\"chart\"><figcaption><strong>")
            .words(named(name))
            .raw("</strong> <span>")
            .words(
                words + (runs.size() > 1 ? ", " + runs.size() + (folds ? " runs" : " seeds") : ""))
            .raw("</span></figcaption>\n")
            .raw(Chart.of(named(name) + " of " + words, phases, runs, palette.of(words)))
            .raw("</figure>\n");
      }
    }
  }

  /** A key as words. */
  private static String named(String key) {
    String words = key.replace('-', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
