package juxta.launcher.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.text.ShellWords;

/**
 * A report as one HTML page that holds all it needs: no scripts, and nothing is fetched, which the
 * page's own policy forbids as well.
 */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      """;

  private final Report report;
  private final RunPictures gallery = new RunPictures();
  private final Html html = new Html();

  private HtmlReport(Report report) {
    this.report = report;
  }

  /**
   * The page.
   *
   * @param report what it shows
   * @return the file's content
   */
  public static String text(Report report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    html.raw(HEAD).element("title", report.title());
    html.raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n<header>\n");
    html.element("h1", report.title());
    html.element("p class=\"lead\"", report.lead());
    html.raw("</header>\n");
    warnings();
    if (report.sections().size() > 1) {
      overview();
    }
    report.sections().forEach(this::section);
    origins();
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void warnings() {
    Warnings warnings = Warnings.of(report);
    warning(Warnings.UNEQUAL, warnings.unequal());
    warning(Warnings.MISSING, warnings.missing());
  }

  private void warning(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      html.raw("<section class=\"warning\" role=\"note\">\n").element("h2", title);
      html.raw("<ul>\n");
      lines.forEach(line -> html.element("li", line));
      html.raw("</ul>\n</section>\n");
    }
  }

  private void overview() {
    Palette none = new Palette(List.of());
    html.raw("<section class=\"plain\">\n").element("h2", "At a glance");
    html.raw(Overview.of(report).html(none));
    html.raw("<nav aria-label=\"Sections\"><ul>\n");
    for (Section section : report.sections()) {
      html.raw("<li><a href=\"#" + Html.anchor(section.title()) + "\">")
          .words(section.title())
          .raw("</a></li>\n");
    }
    html.raw("</ul></nav>\n</section>\n");
  }

  private void section(Section section) {
    Palette palette = new Palette(section.lines().keySet().stream().map(l -> l.words()).toList());
    boolean titled = !section.title().isEmpty();
    html.raw(titled ? "<section id=\"" + Html.anchor(section.title()) + "\">\n" : "<section>\n");
    if (titled) {
      html.element("h2", section.title()).element("p class=\"lead\"", section.lead());
    }
    section.problems().forEach(problem -> html.element("p class=\"problem\"", problem));
    if (!section.runs().isEmpty()) {
      runs(section, palette);
    }
    html.raw("</section>\n");
  }

  private void runs(Section section, Palette palette) {
    scores(section, palette);
    pictures(section);
    html.raw(new CurvePanel(section, palette).html());
    html.element("h3", "Cost").raw(CostSheet.of(section).html(palette));
    html.element("p class=\"hint\"", CostSheet.READING);
    html.raw("<details><summary>Settings</summary>\n");
    html.raw(SettingsSheet.of(section).html(palette));
    html.element("p class=\"hint\"", SettingsSheet.READING).raw("</details>\n");
    commands(section);
  }

  private void scores(Section section, Palette palette) {
    ScoreGrid grid = section.grid();
    html.element("h3", "Results");
    if (grid.columns().isEmpty()) {
      html.element("p", "Not scored yet; juxta evaluate does that.");
      return;
    }
    html.raw(ScoreSheet.of(section).html(palette));
    html.element("p", ScoreSheet.reading(section));
    section.notes().forEach(note -> html.element("p class=\"hint\"", note + "."));
    List<String> intervals = Intervals.of(grid);
    if (!intervals.isEmpty()) {
      html.raw("<ul>\n");
      intervals.forEach(interval -> html.element("li", interval));
      html.raw("</ul>\n");
    }
    List<String> tests =
        section.baseline().map(base -> Significance.against(grid, base)).orElse(List.of());
    if (!tests.isEmpty()) {
      html.raw("<details><summary>Tests against the baseline</summary>\n<ul>\n");
      tests.forEach(test -> html.element("li", test));
      html.raw("</ul></details>\n");
    }
    html.raw("<details open><summary>How the numbers came about</summary>\n<dl>\n");
    grid.protocols()
        .forEach((columns, protocol) -> html.element("dt", columns).element("dd", protocol));
    html.raw("</dl></details>\n");
  }

  private void pictures(Section section) {
    RunPictures.Shown shown = gallery.of(section);
    if (shown.pictures().isEmpty() && shown.missing().isEmpty()) {
      return;
    }
    html.element("h3", "Pictures").raw("<div class=\"pictures\">\n");
    shown.pictures().forEach(picture -> html.raw(picture.html()));
    html.raw("</div>\n");
    shown.missing().forEach(what -> html.element("p class=\"hint\"", "Not shown, " + what + "."));
  }

  private void commands(Section section) {
    List<String> lines = new ArrayList<>();
    if (!section.command().isEmpty()) {
      lines.add(ShellWords.line(section.command()));
    }
    List<String> single =
        section.runs().stream().flatMap(run -> Commands.of(run).stream()).toList();
    if (lines.isEmpty() && single.isEmpty()) {
      return;
    }
    html.element("h3", "Repeat it");
    if (!lines.isEmpty()) {
      shell(lines);
      html.raw("<details><summary>Each run alone</summary>\n");
    }
    shell(single);
    html.raw(lines.isEmpty() ? "" : "</details>\n");
  }

  private void shell(List<String> lines) {
    html.raw("<pre>");
    lines.forEach(line -> html.raw("<code>").words(line).raw("</code>"));
    html.raw("</pre>\n");
  }

  private void origins() {
    Origins origins = new Origins(report.runs());
    Palette none = new Palette(List.of());
    html.raw("<section>\n").element("h2", "Provenance");
    html.raw(origins.data().html(none)).raw(origins.environment().html(none));
    html.raw("<details><summary>Plug-ins and the hashes of their jars</summary>\n");
    html.raw(origins.plugins().html(none)).raw("</details>\n</section>\n");
  }
}
