package juxta.launcher.report;

import java.util.List;

/**
 * A report about runs.
 *
 * @param title its title
 * @param lead a sentence or two below it
 * @param sections what is shown side by side, section by section
 * @param problems why something is missing that no section is about, a sentence each
 */
public record Report(String title, String lead, List<Section> sections, List<String> problems) {
  /**
   * Copies.
   *
   * @param title see the record
   * @param lead see the record
   * @param sections see the record
   * @param problems see the record
   */
  public Report {
    sections = List.copyOf(sections);
    problems = List.copyOf(problems);
  }

  /** All runs of all sections. */
  List<ReportedRun> runs() {
    return sections.stream().flatMap(section -> section.runs().stream()).toList();
  }
}
