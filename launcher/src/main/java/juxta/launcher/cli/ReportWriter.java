package juxta.launcher.cli;

import java.nio.file.Path;
import java.util.List;
import juxta.api.UserException;
import juxta.launcher.run.Reports;

/** Writes the report of what was just done: it must not spoil what was. */
final class ReportWriter {
  private ReportWriter() {}

  /** Writes it and says where; if that fails, says so and how to try again. */
  static void write(Terminal terminal, List<Path> folders, Path out) {
    try {
      terminal.print("report: " + Reports.write(Reports.of(folders), out));
    } catch (UserException e) {
      terminal.say(
          "warning: no report (" + e.getMessage() + "); 'juxta report " + out + "' makes it again");
    }
  }
}
