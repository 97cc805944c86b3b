package juxta.launcher.report;

import java.nio.file.Path;
import java.util.List;
import juxta.toolkit.text.ShellWords;

/** A report as Markdown; pictures are named by where they lie, seen from the report's folder. */
public final class MarkdownReport {
  private final Report report;
  private final Path folder;
  private final StringBuilder text = new StringBuilder();
  private final RunPictures gallery = new RunPictures();

  private MarkdownReport(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  /**
   * The text.
   *
   * @param report what it shows
   * @param folder where it will lie
   * @return the file's content
   */
  public static String text(Report report, Path folder) {
    return new MarkdownReport(report, folder).page();
  }

  private String page() {
    heading("#", report.title());
    paragraph(report.lead());
    Warnings warnings = Warnings.of(report);
    warning(Warnings.UNEQUAL, warnings.unequal());
    warning(Warnings.MISSING, warnings.missing());
    if (report.sections().size() > 1) {
      heading("##", "At a glance");
      text.append(Overview.of(report).markdown());
    }
    report.sections().forEach(this::section);
    Origins origins = new Origins(report.runs());
    heading("##", "Provenance");
    text.append(origins.data().markdown())
        .append(origins.environment().markdown())
        .append(origins.plugins().markdown());
    return text.toString();
  }

  private void warning(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      heading("##", title);
      list(lines);
    }
  }

  private void section(Section section) {
    if (!section.title().isEmpty()) {
      heading("##", section.title());
      paragraph(section.lead());
    }
    section.problems().forEach(this::paragraph);
    if (!section.runs().isEmpty()) {
      runs(section);
    }
  }

  private void runs(Section section) {
    ScoreGrid grid = section.grid();
    heading("###", "Results");
    if (grid.columns().isEmpty()) {
      paragraph("Not scored yet; juxta evaluate does that.");
    } else {
      text.append(ScoreSheet.of(section).markdown());
      paragraph(ScoreSheet.reading(section));
      section.notes().forEach(note -> paragraph(note + "."));
      list(Intervals.of(grid));
      section.baseline().ifPresent(base -> list(Significance.against(grid, base)));
      list(
          grid.protocols().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    }
    pictures(section);
    heading("###", "Cost");
    text.append(CostSheet.of(section).markdown());
    paragraph(CostSheet.READING);
    heading("###", "Settings");
    text.append(SettingsSheet.of(section).markdown());
    paragraph(SettingsSheet.READING);
    heading("###", "Repeat it");
    if (!section.command().isEmpty()) {
      text.append(Markdown.code(ShellWords.line(section.command())));
    }
    text.append(
        Markdown.code(
            String.join(
                "\n", section.runs().stream().flatMap(r -> Commands.of(r).stream()).toList())));
  }

  private void pictures(Section section) {
    List<RunPicture> pictures = gallery.of(section).pictures();
    if (!pictures.isEmpty()) {
      heading("###", "Pictures");
      pictures.forEach(
          p ->
              paragraphRaw(
                  "!["
                      + Markdown.safe(p.words() + " of " + p.run().line().words())
                      + "](<"
                      + link(p.run().folder().resolve(p.path()))
                      + ">)"));
    }
  }

  private String link(Path file) {
    Path to = file.toAbsolutePath().normalize();
    Path from = folder.toAbsolutePath().normalize();
    String path = (to.startsWith(from) ? from.relativize(to) : to).toString();
    return path.replace('\\', '/').replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A");
  }

  private void heading(String level, String words) {
    text.append(level).append(' ').append(Markdown.safe(words)).append("\n\n");
  }

  private void paragraph(String words) {
    paragraphRaw(Markdown.safe(words));
  }

  private void paragraphRaw(String words) {
    text.append(words).append("\n\n");
  }

  private void list(List<String> lines) {
    lines.forEach(line -> text.append("- ").append(Markdown.safe(line)).append('\n'));
    text.append(lines.isEmpty() ? "" : "\n");
  }
}
