package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs that are shown side by side.
 *
 * @param title heading; empty for the only section of a report
 * @param lead a sentence below the heading, perhaps empty
 * @param runs the runs, in the order of the table
 * @param baseline the line that others are tested against
 * @param command the command line that repeats it all, empty where there is none
 * @param problems why something is missing, a sentence each
 * @param notes what else is to be known of the runs, a sentence each
 */
public record Section(
    String title,
    String lead,
    List<ReportedRun> runs,
    Optional<ScoreGrid.Line> baseline,
    List<String> command,
    List<String> problems,
    List<String> notes) {
  /**
   * Copies.
   *
   * @param title see the record
   * @param lead see the record
   * @param runs see the record
   * @param baseline see the record
   * @param command see the record
   * @param problems see the record
   * @param notes see the record
   */
  public Section {
    runs = List.copyOf(runs);
    command = List.copyOf(command);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** The scores of all runs. */
  ScoreGrid grid() {
    return ScoreGrid.of(rows());
  }

  /** Runs without a score, which the numbers of a table leave out. */
  List<ReportedRun> unscored() {
    return runs.stream().filter(run -> run.rows().isEmpty()).toList();
  }

  List<Row> rows() {
    return runs.stream().flatMap(run -> run.rows().stream()).toList();
  }

  /** Runs by line, the seeds in order. */
  Map<ScoreGrid.Line, List<ReportedRun>> lines() {
    Map<ScoreGrid.Line, List<ReportedRun>> lines = new LinkedHashMap<>();
    runs.forEach(run -> lines.computeIfAbsent(run.line(), l -> new ArrayList<>()).add(run));
    return lines;
  }
}
