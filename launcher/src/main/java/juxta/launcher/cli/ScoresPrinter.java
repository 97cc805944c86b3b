package juxta.launcher.cli;

import java.util.List;
import java.util.Optional;
import juxta.launcher.report.FailedRow;
import juxta.launcher.report.Row;
import juxta.launcher.report.ScoreGrid;
import juxta.launcher.report.ScoreTable;
import juxta.launcher.report.ScoresJson;

/**
 * Prints scores for a person or a program; what fails is a row for the one, a line for the other.
 */
final class ScoresPrinter {
  private final Terminal terminal;
  private final boolean json;

  ScoresPrinter(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  void print(List<Row> rows, List<FailedRow> failed, Optional<ScoreGrid.Line> baseline) {
    if (json) {
      terminal.printAll(ScoresJson.text(rows, failed));
    } else if (!rows.isEmpty()) {
      ScoreTable.of(rows, baseline).lines(terminal.width()).forEach(terminal::print);
    }
  }

  /** Prints a line that is for a person alone. */
  void note(String line) {
    if (json) {
      terminal.say(line);
    } else {
      terminal.print(line);
    }
  }
}
