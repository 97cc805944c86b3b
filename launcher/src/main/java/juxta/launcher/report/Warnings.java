package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import juxta.toolkit.text.ShellWords;

/**
 * What readers must know before they compare numbers; it stands at the top of a report.
 *
 * @param unequal what was not the same for all runs of a table
 * @param missing what could not be done, or is not finished
 */
record Warnings(List<String> unequal, List<String> missing) {
  static final String UNEQUAL = "These runs were not made under equal budgets";
  static final String MISSING = "What is missing";

  /** Sentences of all sections; of several, each with the section's title. */
  static Warnings of(Report report) {
    List<String> missing = new ArrayList<>(report.problems());
    missing.addAll(all(report, Warnings::missing));
    return new Warnings(all(report, section -> Budgets.differences(section.runs())), missing);
  }

  private static List<String> missing(Section section) {
    List<String> missing = new ArrayList<>(section.problems());
    section.runs().stream()
        .filter(run -> !run.done())
        .map(run -> "not finished: " + run.line().words() + ", " + run.draw())
        .forEach(missing::add);
    if (section.unscored().size() < section.runs().size()) {
      section.unscored().stream()
          .filter(ReportedRun::done)
          .map(Warnings::unscored)
          .forEach(missing::add);
    }
    return missing;
  }

  private static String unscored(ReportedRun run) {
    return "not scored: "
        + run.line().words()
        + ", "
        + run.draw()
        + "; score it: "
        + ShellWords.line(List.of("juxta", "evaluate", run.folder().toString()));
  }

  private static List<String> all(Report report, Function<Section, List<String>> of) {
    List<String> lines = new ArrayList<>();
    for (Section section : report.sections()) {
      String prefix = section.title().isEmpty() ? "" : section.title() + ": ";
      of.apply(section).forEach(line -> lines.add(prefix + line));
    }
    return lines;
  }
}
