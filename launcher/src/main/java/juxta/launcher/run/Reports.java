package juxta.launcher.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.RunFile;
import juxta.launcher.report.HtmlReport;
import juxta.launcher.report.MarkdownReport;
import juxta.launcher.report.Report;
import juxta.launcher.report.ReportedRun;
import juxta.launcher.report.ResultsCsv;
import juxta.launcher.report.ResultsJson;
import juxta.launcher.report.Section;

/** Makes reports from the records of runs, and writes them. */
public final class Reports {
  private Reports() {}

  /**
   * Reports on runs side by side.
   *
   * @param folders folders of runs, of comparisons, or one of a tour
   * @return the report
   * @throws UserException if a folder holds no run, or records cannot be read
   */
  public static Report of(List<Path> folders) {
    if (folders.size() == 1 && TourRecord.read(folders.get(0)).isPresent()) {
      return tour(folders.get(0));
    }
    Section section = Sections.of("", "", folders, List.of());
    if (section.runs().isEmpty()) {
      throw new UserException(folders.get(0) + " holds no run yet");
    }
    List<String> lines = section.runs().stream().map(r -> r.line().words()).distinct().toList();
    List<String> data = section.runs().stream().map(ReportedRun::data).distinct().toList();
    String what =
        lines.size() == 1
            ? lines.get(0)
            : section.runs().stream()
                .filter(ReportedRun::trained)
                .map(ReportedRun::label)
                .distinct()
                .collect(Collectors.joining(", "));
    return new Report(
        (what.isEmpty() ? String.join(", ", lines) : what) + " on " + String.join(", ", data),
        lead(section.runs()),
        List.of(section),
        List.of());
  }

  private static String lead(List<ReportedRun> runs) {
    long seeds = runs.stream().map(ReportedRun::seed).distinct().count();
    long folds =
        runs.stream()
            .flatMap(r -> r.fold().stream())
            .map(RunFile.Folding::number)
            .distinct()
            .count();
    String train =
        runs.stream()
            .map(r -> r.records().getOrDefault("train", 0L))
            .distinct()
            .map(n -> String.format(Locale.ROOT, "%,d", n))
            .collect(Collectors.joining(" or "));
    return (runs.size() == 1 ? "1 run" : runs.size() + " runs")
        + ", "
        + (seeds == 1 ? "1 seed" : seeds + " seeds")
        + (folds == 0 ? "" : folds == 1 ? ", 1 fold" : ", " + folds + " folds")
        + ", "
        + train
        + " training records. Made by Juxta from the records of the runs.";
  }

  private static Report tour(Path folder) {
    TourRecord record = TourRecord.read(folder).orElseThrow();
    List<Section> sections =
        record.stops().stream()
            .map(
                stop -> {
                  Path own = folder.resolve(stop.method());
                  boolean begun = Files.isDirectory(own);
                  return Sections.of(
                      stop.method(),
                      stop.lead(),
                      begun ? List.of(own) : List.of(),
                      stop.problem().map(p -> List.of("skipped: " + p)).orElse(List.of()));
                })
            .toList();
    return new Report(record.title(), record.lead(), sections, record.problems());
  }

  /**
   * Writes {@code report.html}, {@code report.md}, {@code results.csv} and {@code results.json}.
   *
   * @param report the report
   * @param folder where to
   * @return the page
   * @throws UserException if it cannot be written
   */
  public static Path write(Report report, Path folder) {
    Path page = folder.resolve("report.html");
    try {
      Files.createDirectories(folder);
      Folders.write(
          folder.resolve("results.csv"),
          ResultsCsv.text(
              report.sections().stream()
                  .flatMap(s -> s.runs().stream())
                  .flatMap(r -> r.rows().stream())
                  .toList()));
      Folders.write(folder.resolve("results.json"), ResultsJson.text(report));
      Folders.write(folder.resolve("report.md"), MarkdownReport.text(report, folder));
      Folders.write(page, HtmlReport.text(report));
      return page;
    } catch (IOException e) {
      throw new UserException(
          "cannot write the report to " + folder + " (" + Folders.reason(e) + ")", e);
    }
  }
}
