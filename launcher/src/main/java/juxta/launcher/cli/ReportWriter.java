package juxta.launcher.cli;

import java.nio.file.Path;
import java.util.List;
import juxta.api.UserException;
import juxta.launcher.run.Reports;
import juxta.toolkit.text.ShellWords;

/** Writes the report of what was just done: it must not spoil what was. */
final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes it and says where; if that fails, says so and how to try again.
   *
   * @param aside whether results are for a program, which is not told
   */
  static void write(Terminal terminal, List<Path> folders, Path out, boolean aside) {
    try {
      String line = "report: " + Reports.write(Reports.of(folders), out);
      if (aside) {
        terminal.say(line);
      } else {
        terminal.print(line);
      }
    } catch (UserException e) {
      terminal.say("warning: no report (" + String.join("; ", e.problems()) + "); make it again:");
      terminal.say("  " + ShellWords.line(List.of("juxta", "report", out.toString())));
    }
  }
}
