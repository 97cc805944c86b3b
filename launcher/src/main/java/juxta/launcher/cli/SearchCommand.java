package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.engine.run.ReopenedRun;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.search.Answer;
import juxta.launcher.search.Card;
import juxta.launcher.search.SearchedRun;
import juxta.launcher.search.Searcher;
import juxta.launcher.search.Where;
import juxta.toolkit.io.Json;
import juxta.toolkit.io.RegularFile;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code juxta search}. */
final class SearchCommand implements Command {
  private static final long MOST_BYTES = 256L << 20;

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  SearchCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String summary() {
    return "find the images that are most alike to a text or a picture";
  }

  @Override
  public String usage() {
    return "<run folder> [TEXT] [--image FILE] [options]";
  }

  @Override
  public String more() {
    return """
        Examples:
          juxta search runs/texts "a small red circle on the left"
          juxta search runs/simclr --image photo.png --k 5
          juxta search runs/texts "a red circle" --where split=test --json

        The first search embeds all images of the data and keeps the result in the folder of the
        run, under search/; later ones embed only what is new. Scores are cosines: 1 is as alike as
        can be, 0 is unrelated. A text can be searched for if the run's method learned from texts.
        'juxta serve' does the same in a browser.
        """;
  }

  @Override
  public Options options() {
    Options options =
        new Options()
            .addOption(Arguments.option("image", "FILE", "search by this PNG, JPEG, BMP or GIF"))
            .addOption(
                Arguments.option(
                    "k", "N", "number of results, 1 to 20 (default: " + Searcher.USUAL + ")"))
            .addOption(
                Option.builder()
                    .longOpt("where")
                    .hasArg()
                    .argName("FIELD=VALUE")
                    .desc("only images with this value, as label=circle (may be repeated)")
                    .get())
            .addOption(Arguments.flag("json", "print JSON"));
    return SearchOptions.add(options);
  }

  @Override
  public int run(Arguments arguments) {
    List<String> words = arguments.positional();
    if (words.isEmpty()) {
      throw new UserException("juxta search: name the folder of a run; see 'juxta search --help'");
    }
    String text = String.join(" ", words.subList(1, words.size()));
    Optional<Path> image = arguments.path("image");
    if (image.isPresent() == (words.size() > 1)) {
      throw new UserException(
          "juxta search: give a text or --image FILE, one of the two; see 'juxta search --help'");
    }
    int k = arguments.number("k", Searcher.USUAL, name());
    try (ReopenedRun run =
        SearchOptions.reopen(arguments, words.get(0), name(), registry, home, terminal)) {
      SearchedRun.checkText(run, image.isEmpty());
      try (SearchedRun searched = SearchOptions.index(arguments, run, terminal)) {
        Searcher searcher = searched.searcher();
        Where where = Where.of(arguments.all("where"), searcher.gallery().cards());
        Answer answer =
            image.isPresent()
                ? searcher.picture(read(image.get()), k, where)
                : searcher.text(text, k, where);
        if (arguments.has("json")) {
          terminal.printAll(Json.pretty(Answered.of(answer)));
        } else {
          table(answer).forEach(terminal::print);
        }
      }
    }
    return 0;
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(RegularFile.ifThere(file)) > MOST_BYTES) {
        throw new UserException(file + ": has more than 256 MB; name a smaller picture");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserException(
          "cannot read --image " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static List<String> table(Answer answer) {
    java.util.ArrayList<String> lines = new java.util.ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%4s  %6s  %-26s  %s", "rank", "score", "image", "what is known of it"));
    for (Answer.Result result : answer.results()) {
      Card card = result.found().card();
      lines.add(
          String.format(
              Locale.ROOT,
              "%4d  %6.3f  %-26s  %s%s",
              result.found().rank(),
              result.found().score(),
              card.split() + " " + card.row(),
              known(card),
              result.match().map(match -> "  (" + match + ")").orElse("")));
    }
    lines.add(answer.results().size() + " of " + answer.candidates() + " images");
    return lines;
  }

  private static String known(Card card) {
    return card.text().isEmpty()
        ? card.fields().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "))
        : card.text();
  }

  private record Answered(long candidates, List<Found> results) {
    static Answered of(Answer answer) {
      return new Answered(answer.candidates(), answer.results().stream().map(Found::of).toList());
    }
  }

  private record Found(
      int rank,
      float score,
      String id,
      String split,
      int row,
      String match,
      String text,
      Map<String, String> fields) {
    static Found of(Answer.Result result) {
      Card card = result.found().card();
      return new Found(
          result.found().rank(),
          result.found().score(),
          card.id(),
          card.split(),
          card.row(),
          result.match().orElse(""),
          card.text(),
          card.fields());
    }
  }
}
