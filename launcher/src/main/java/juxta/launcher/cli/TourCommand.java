package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.Reference;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import juxta.engine.run.FolderLock;
import juxta.engine.run.Overrides;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.run.Reports;
import juxta.launcher.run.TourRecord;
import juxta.launcher.run.TourStop;
import org.apache.commons.cli.Options;

/** {@code juxta tour}. */
final class TourCommand implements Command {
  private static final String LEAD =
      "Every method at its smallest scale, on generated data: the numbers show that each part works"
          + " and what it leaves behind, not how good a method is.";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  TourCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "tour";
  }

  @Override
  public String summary() {
    return "see every method at its smallest scale on generated data, in one report";
  }

  @Override
  public String usage() {
    return "[--methods ID,ID] [options]";
  }

  @Override
  public String more() {
    return """
        Each method that has a tour trains and is scored by its own evaluator, beside an untrained
        network where one fits. The report grows from stop to stop. What cannot run is skipped, the
        report says why, and the exit status is 1. A plug-in joins the tour by Method.tour().

        Examples:
          juxta tour --out runs/tour
          juxta tour --methods fba,grass --set fba.iterations=600 --out runs/two
        """;
  }

  @Override
  public Options options() {
    return RunOptions.place(new Options())
        .addOption(Arguments.option("methods", "ID,ID", "only these (default: all that have one)"))
        .addOption(Arguments.option("out", "DIR", "folder of all runs (default: runs/tour)"))
        .addOption(Arguments.flag("resume", "go on with the tour in --out"))
        .addOption(
            RunOptions.set("a setting of all, or of one as fba.iterations=600 (may be repeated)"));
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public int run(Arguments arguments) {
    List<TourStop> stops = stops(arguments.list("methods"));
    Path out = arguments.path("out").orElse(Path.of("runs", "tour"));
    boolean resume = arguments.has("resume");
    if (TourRecord.read(out).isPresent() && !resume) {
      throw new UserException(
          out + " already holds a tour; pass --resume to go on with it, or another --out");
    }
    Overrides given = RunOptions.typed(arguments, name());
    List<String> problems = RunsOn.mistakes(given);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    RunsOn on = new RunsOn(terminal);
    on.remark(given);
    stop.arm();
    try (FolderLock lock = FolderLock.take(out)) {
      return tour(stops, out, given, resume, on);
    }
  }

  private int tour(List<TourStop> stops, Path out, Overrides given, boolean resume, RunsOn on) {
    TourRecord record = new TourRecord(title(stops), LEAD, List.of(), faults());
    Pace pace = new Pace(stops);
    for (TourStop next : stops) {
      String place = "[" + (record.stops().size() + 1) + "/" + stops.size() + "] ";
      terminal.say(place + next.method().id() + ", " + pace.ahead());
      Path folder = out.resolve(next.method().id());
      Optional<String> problem = next.visit(means(next, stops, given, resume, place, on), folder);
      problem.ifPresent(why -> terminal.say("skipped " + next.method().id() + ": " + why));
      List<TourRecord.Stop> visited = new ArrayList<>(record.stops());
      visited.add(new TourRecord.Stop(next.method().id(), lead(next), problem));
      record = new TourRecord(record.title(), record.lead(), visited, record.problems());
      record.write(out);
      report(out);
      pace.done(next);
    }
    boolean whole =
        record.problems().isEmpty() && record.stops().stream().allMatch(s -> s.problem().isEmpty());
    terminal.print((whole ? "toured all of it in " : "toured, with gaps, in ") + pace.elapsed());
    terminal.print("report: " + out.resolve("report.html"));
    terminal.print("data of your own: juxta preview --data ID:PATH shows what is made of them");
    return whole ? Juxta.DONE : Juxta.FAULT;
  }

  private List<TourStop> stops(List<String> methods) {
    List<TourStop> all = TourStop.all(registry);
    List<String> known = all.stream().map(s -> s.method().id()).toList();
    List<String> problems = new ArrayList<>();
    for (String method : methods) {
      if (!known.contains(method)) {
        problems.add(
            "juxta tour: method '"
                + method
                + "' has no stop of the tour"
                + Nearest.among(method, known));
      }
    }
    if (all.isEmpty()) {
      problems.add("juxta tour: no plug-in has a method that can be toured");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return all.stream()
        .filter(s -> methods.isEmpty() || methods.contains(s.method().id()))
        .toList();
  }

  private TourStop.Means means(
      TourStop next,
      List<TourStop> stops,
      Overrides given,
      boolean resume,
      String place,
      RunsOn on) {
    List<String> ids = stops.stream().map(s -> s.method().id()).toList();
    return new TourStop.Means(
        registry,
        home.cache(),
        MethodKeys.of(next.method().id(), ids, given),
        resume,
        stop,
        (number, choices) -> {
          on.say(choices);
          terminal.say(place + choices.method().id() + ", run " + number);
          return new ProgressMonitor(terminal, choices.method().id());
        });
  }

  /** What is missing because its plug-in is. */
  private List<String> faults() {
    return registry.faults().stream().map(fault -> "plug-in not loaded: " + fault).toList();
  }

  private static String title(List<TourStop> stops) {
    return stops.size() == 1
        ? "A tour of " + stops.get(0).method().id()
        : "A tour of " + stops.size() + " methods";
  }

  private static String lead(TourStop next) {
    String summary = next.method().component().summary();
    return next.method()
        .component()
        .reference()
        .map(r -> summary + ". " + cited(r))
        .orElse(summary + ".");
  }

  private static String cited(Reference r) {
    return r.authors() + ": " + r.title() + " (" + r.year() + "), " + r.url();
  }

  private void report(Path out) {
    try {
      Reports.write(Reports.of(List.of(out)), out);
    } catch (UserException e) {
      terminal.say("warning: no report (" + String.join("; ", e.problems()) + ")");
    }
  }
}
