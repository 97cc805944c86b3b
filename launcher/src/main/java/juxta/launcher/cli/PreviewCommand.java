package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.UserException;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSettings;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.preview.ContactSheet;
import juxta.launcher.preview.Fits;
import juxta.launcher.preview.MaskShare;
import juxta.launcher.preview.Notes;
import juxta.launcher.preview.Pick;
import juxta.launcher.preview.Picks;
import juxta.launcher.preview.Preview;
import juxta.launcher.preview.ShownViews;
import juxta.launcher.preview.SummaryJson;
import juxta.launcher.preview.SummaryLines;
import juxta.launcher.preview.Survey;
import org.apache.commons.cli.Options;

/** {@code juxta preview}. */
final class PreviewCommand implements Command {
  private static final int RECORDS = 8;
  private static final int MOST_RECORDS = 100;
  private static final int SAMPLE = 512;
  private static final String PNG = ".png";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  PreviewCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "preview";
  }

  @Override
  public String summary() {
    return "see what is made of your data: a summary, and a sheet of records beside their views";
  }

  @Override
  public String usage() {
    return "--data ID[:PATH] [options]";
  }

  @Override
  public String more() {
    return """
        The first thing to run on data of your own: nothing is trained. The summary says what was
        found (splits, classes, fields, sizes, values, texts, masks), what the reader passed over
        and why, and which methods and evaluators take such data. The sheet, a PNG, shows some
        records of each split as they were read, masks tinted and outlined, scans by their middle
        slices, beside the views that the steps of a method would draw of them. Sizes and values
        are those of a sample; records and labels are counted.

        Examples:
          juxta preview --data image-folder:/data/photos --set data.side=64
          juxta preview --data images-with-masks:/data/tiles --method grass --out tiles.png
          juxta preview --data volumes:/data/atrium --preset small --records 4
          juxta preview --data shapes --augmentation byol --out sheets/ --force
          juxta preview --data cifar10:/data/cifar10 --records 0 --json

        'juxta list datasets' has all readers, 'juxta describe image-folder' the settings of one.
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Arguments.option("data", "ID[:PATH]", "data set, and where it lies"))
        .addOption(
            Arguments.option(
                "method", "ID", "whose views are shown (default: simclr, or what fits the data)"))
        .addOption(Arguments.option("preset", "NAME", "of that method (default: paper)"))
        .addOption(
            Arguments.option("augmentation", "ID", "another one than that of the method's preset"))
        .addOption(
            Arguments.option(
                "records", "N", "on the sheet, 0 for no sheet (default: " + RECORDS + ")"))
        .addOption(
            Arguments.option(
                "sample",
                "N",
                "records that sizes and values are found from (default: "
                    + SAMPLE
                    + ", fewer large ones)"))
        .addOption(Arguments.option("seed", "N", "another one shows other records (default: 0)"))
        .addOption(
            Arguments.option(
                "out", "FILE|DIR", "where the sheet goes (default: preview-<data>.png)"))
        .addOption(Arguments.flag("force", "overwrite the sheet that is there"))
        .addOption(RunOptions.set("any setting; see 'juxta describe ID' (may be repeated)"))
        .addOption(Arguments.option("config", "FILE", "settings from a YAML file, as key: value"))
        .addOption(Arguments.flag("json", "the summary as JSON, for programs"));
  }

  /**
   * What was asked for.
   *
   * @param data what the user calls the data
   * @param given settings
   * @param records how many on the sheet
   * @param sample how many are looked at, if somebody said so
   * @param sheet where the sheet goes, if there is one
   */
  private record Asked(
      String data, Overrides given, int records, Optional<Integer> sample, Optional<Path> sheet) {}

  @Override
  public int run(Arguments arguments) {
    Asked asked = asked(arguments);
    Optional<Request> request = request(arguments, asked);
    try (Notes notes = new Notes()) {
      try {
        preview(arguments, asked, request, notes);
      } catch (RuntimeException | Error e) {
        notes.lines().forEach(line -> terminal.say("warning: " + line));
        throw e;
      }
    }
    return Juxta.DONE;
  }

  private Asked asked(Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      throw new UserException(
          "juxta preview: '"
              + arguments.positional().get(0)
              + "' stands alone; name data by --data, see 'juxta preview --help'");
    }
    String data = arguments.require("data", name(), "--data image-folder:/data/photos");
    int records = arguments.number("records", RECORDS, name());
    int sample = arguments.number("sample", SAMPLE, name());
    List<String> problems = new ArrayList<>();
    if (records < 0 || records > MOST_RECORDS) {
      problems.add("juxta preview: --records takes 0 to " + MOST_RECORDS + ", not " + records);
    }
    if (sample < 1) {
      problems.add("juxta preview: --sample takes 1 or more, not " + sample);
    }
    Path sheet = sheet(arguments, data);
    if (records == 0 && arguments.has("out")) {
      problems.add("juxta preview: --records 0 makes no sheet for --out; leave one of them out");
    } else if (records > 0 && Files.exists(sheet) && !arguments.has("force")) {
      problems.add(sheet + " is already there; pass --force to overwrite it, or another --out");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Overrides given =
        RunOptions.file(arguments)
            .under(
                Overrides.typed(
                    arguments.settings(
                        List.of(RunSettings.AUGMENTATION.key(), RunSettings.SEED.key()), name())));
    return new Asked(
        data,
        given,
        records,
        arguments.has("sample") ? Optional.of(sample) : Optional.empty(),
        records == 0 ? Optional.empty() : Optional.of(sheet));
  }

  private Path sheet(Arguments arguments, String data) {
    String usual = "preview-" + DataOpener.id(data).replaceAll("[^A-Za-z0-9._-]", "_") + PNG;
    Optional<Path> out = arguments.path("out");
    if (out.isEmpty()) {
      return Path.of(usual);
    }
    boolean folder = Files.isDirectory(out.get()) || arguments.get("out").get().endsWith("/");
    if (folder) {
      return out.get().resolve(usual);
    }
    Path file = out.get();
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
      throw new UserException(
          "juxta preview: --out "
              + file
              + ": the sheet is a PNG; name a file that ends in .png, or a folder as "
              + file
              + "/");
    }
    return file;
  }

  /** The run whose views are shown, with all its mistakes that need no data to be found. */
  private Optional<Request> request(Arguments arguments, Asked asked) {
    DatasetProvider provider =
        registry.require(DatasetProvider.class, DataOpener.id(asked.data())).component();
    Optional<Request> request =
        arguments
            .get("method")
            .or(() -> Fits.natural(registry, provider.kind()).map(method -> method.id()))
            .map(
                method ->
                    new Request(
                        method, asked.data(), arguments.get("preset"), List.of(), asked.given()));
    request.ifPresent(
        wanted -> {
          List<String> mistakes = new Resolver(registry).mistakes(wanted);
          if (!mistakes.isEmpty()) {
            throw new UserException(mistakes);
          }
        });
    return request;
  }

  private void preview(Arguments arguments, Asked asked, Optional<Request> request, Notes notes) {
    DataProgress progress = new DataProgress(terminal);
    DataOpener opener = new DataOpener(registry, home.cache());
    try (Dataset data = opener.look(asked.data(), asked.given(), progress)) {
      Fits fits = new Fits(registry, asked.data(), data);
      List<String> remarks = new ArrayList<>();
      ShownViews views = views(arguments, asked, request, fits, data, remarks);
      int sample = asked.sample().orElseGet(() -> Survey.size(data, SAMPLE));
      Survey survey = Survey.of(data, sample, views.seed(), progress);
      Optional<Path> sheet = asked.sheet();
      if (sheet.isPresent() && !ContactSheet.possible(data)) {
        remarks.add("no sheet: the records have no field 'image' or 'volume'");
        sheet = Optional.empty();
      }
      sheet.ifPresent(file -> remarks.addAll(sheet(file, asked, views, data, survey)));
      terminal.show("trying methods");
      Preview preview =
          new Preview(
              asked.data(),
              data,
              survey,
              fits.all(arguments.get("preset")),
              fits.evaluators(),
              views,
              notes.lines(),
              remarks,
              sheet);
      if (arguments.has("json")) {
        terminal.printAll(SummaryJson.of(preview));
        return;
      }
      SummaryLines.of(preview, terminal.width()).forEach(terminal::print);
      sheet.ifPresent(file -> terminal.print("sheet: " + file));
      preview
          .next(fits, arguments.get("preset"), asked.given())
          .ifPresent(line -> terminal.print("train on them: " + line));
    }
  }

  /** The views of the method that was asked for; of one that was not, if it takes the data. */
  private ShownViews views(
      Arguments arguments,
      Asked asked,
      Optional<Request> request,
      Fits fits,
      Dataset data,
      List<String> remarks) {
    boolean chosen =
        arguments.has("method")
            || arguments.has("preset")
            || asked.given().entries().keySet().stream()
                .anyMatch(key -> !key.startsWith("data.") && !key.equals("seed"));
    if (request.isEmpty()) {
      remarks.add("no views: no plug-in has a method for " + data.kind());
      return ShownViews.NONE;
    }
    terminal.show("planning views of " + request.get().method());
    try {
      Choices choices = fits.choices(request.get());
      return asked.sheet().isPresent() ? ShownViews.of(choices, data) : ShownViews.none(choices);
    } catch (UserException e) {
      if (chosen) {
        throw e;
      }
      remarks.add("no views: " + String.join("; ", e.problems()));
      return ShownViews.NONE;
    }
  }

  /** Draws the sheet; gives back what is missing on it. */
  private List<String> sheet(
      Path file, Asked asked, ShownViews views, Dataset data, Survey survey) {
    terminal.show("drawing " + file);
    List<Pick> picks = Picks.different(data, asked.records(), views.seed());
    String title =
        String.format(
            Locale.ROOT, "%s: %d of %,d records", asked.data(), picks.size(), survey.records());
    ContactSheet.Drawn drawn =
        ContactSheet.draw(
            title,
            views.about().isEmpty() ? List.of() : List.of(views.about()),
            data,
            picks,
            views.draws(data),
            views.columns(),
            survey.maskShares().stream().map(MaskShare::index).toList());
    drawn.canvas().write(file);
    return drawn.missing().stream().map(why -> "records without views: " + why).toList();
  }
}
