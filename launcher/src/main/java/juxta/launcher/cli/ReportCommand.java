package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import juxta.api.UserException;
import juxta.launcher.run.Reports;
import org.apache.commons.cli.Options;

/** {@code juxta report}. */
final class ReportCommand implements Command {
  private final Terminal terminal;

  @Inject
  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "make the report of runs and comparisons again, from their records";
  }

  @Override
  public String usage() {
    return "<folder of a run, a comparison or a tour>... [--out DIR]";
  }

  @Override
  public String more() {
    return """
        Several folders become one table; what was not equal between their runs stands at the top.
        The report is one page that needs no network (report.html), beside it report.md,
        results.csv and results.json.

        Examples:
          juxta report runs/cifar
          juxta report runs/simclr runs/patchmix --out runs/both
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            Arguments.option(
                "out", "DIR", "where to write (default: the folder; of several, runs/report)"));
  }

  @Override
  public int run(Arguments arguments) {
    List<Path> folders = arguments.positional().stream().map(Path::of).toList();
    if (folders.isEmpty()) {
      throw new UserException(
          "juxta report: name the folder of a run or a comparison, for example runs/compare");
    }
    Path out =
        arguments
            .path("out")
            .orElse(folders.size() == 1 ? folders.get(0) : Path.of("runs", "report"));
    terminal.print("report: " + Reports.write(Reports.of(folders), out));
    return 0;
  }
}
