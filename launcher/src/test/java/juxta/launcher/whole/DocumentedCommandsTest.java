package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.preview.Fits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the documentation runs, as {@link Smallest} scales it: in the order of a page
 * and all pages in one folder, so that pages share what they train. A training whose run no later
 * command of the page uses is carried out up to the line that says what is trained: options,
 * settings, data and parts were judged then.
 */
class DocumentedCommandsTest {
  /** Runs and files that pages take for granted, by the command that makes them. */
  private static final Map<String, String> GIVEN =
      Map.of(
          "runs/claires", "train claires --data dental --preset small --out runs/claires",
          "runs/resnet", "train simclr --encoder resnet18 --preset small --out runs/resnet");

  private static final String USUAL = "train simclr --preset small --out ";

  @TempDir private static Path root;
  private static Shell shell;
  private static Path work;

  private final Map<String, Path> trained = new HashMap<>();
  private final Known known = new Known(shell);
  private final Set<String> done = new HashSet<>();

  @BeforeAll
  static void data() throws IOException {
    shell = Shell.in(root);
    work = Files.createDirectory(root.resolve("work"));
    MadeData.in(work);
  }

  @Test
  void allRun() throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> unused = new TreeSet<>(Smallest.NOT_RUN.keySet());
    for (Path page : Documented.pages()) {
      List<Documented> commands = Documented.in(page);
      for (int i = 0; i < commands.size(); i++) {
        Documented command = commands.get(i);
        String text = command.text().replaceFirst("^\\./juxta", "juxta");
        boolean listed =
            Smallest.NOT_RUN.keySet().stream()
                .filter(text::matches)
                .peek(unused::remove)
                .findFirst()
                .isPresent();
        if (command.juxta()) {
          known.option(command.words()).map(why -> command + "\n  " + why).ifPresent(problems::add);
        } else if (!listed) {
          problems.add(command + "\n  is neither Juxta's nor listed in Smallest.NOT_RUN");
        }
        if (!listed && command.juxta()) {
          run(command, commands.subList(i + 1, commands.size())).ifPresent(problems::add);
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(unused).as("listed as not run, and nowhere documented").isEmpty();
  }

  /** What reference pages show as an example of a training: parts, data and settings fit. */
  @Test
  void examplesOfTheReferenceCanBeTrained() {
    PluginRegistry registry =
        PluginRegistry.load(shell.plugins(), root.resolve("examples.lock"), false);
    DataOpener opener = new DataOpener(registry, root.resolve("cache"));
    Map<String, Dataset> data = new HashMap<>();
    List<String> trained = new ArrayList<>();
    for (JsonNode one : RunFolder.parse(shell.run("describe --json --data shapes").out())) {
      Map<String, String> options = new HashMap<>();
      Map<String, String> given = new HashMap<>();
      JsonNode words = one.path("example");
      if (!words.path(0).asText().equals("train")) {
        continue;
      }
      for (int i = 2; i < words.size(); i += 2) {
        options.put(words.get(i).asText(), words.get(i + 1).asText());
      }
      for (String part : List.of("encoder", "loss")) {
        Optional.ofNullable(options.get("--" + part)).ifPresent(id -> given.put(part, id));
      }
      Optional.ofNullable(options.get("--set"))
          .ifPresent(set -> given.put(set.replaceFirst("=.*", ""), "init"));
      String id = options.get("--data");
      Dataset open =
          data.computeIfAbsent(
              id,
              name ->
                  opener.look(
                      name, Overrides.typed(Smallest.dataSettings(name)), (s, share) -> {}));
      Request request =
          new Request(
              words.get(1).asText(),
              id,
              Optional.ofNullable(options.get("--preset")),
              List.of(),
              Overrides.typed(given));
      Choices choices = new Fits(registry, id, open).choices(request);
      assertThat(Scoring.functions(choices, open, work)).as(words.toString()).isNotEmpty();
      trained.add(one.path("service").asText() + " " + one.path("id").asText());
    }
    data.values().forEach(Dataset::close);
    assertThat(trained).contains("methods iir-classifier", "encoders vnet", "losses ntxent");
  }

  private Optional<String> run(Documented command, List<Documented> later) throws IOException {
    List<String> words = command.words();
    String name = words.get(0);
    boolean training = List.of("train", "compare").contains(name) && !words.contains("--help");
    boolean goesOn = words.contains("--resume") && name.equals("train");
    boolean used = later.stream().anyMatch(next -> uses(next, name, out(words)));
    boolean trains = goesOn || training && used;
    List<String> scaled = words.contains("--help") ? words : Smallest.words(words, work, trains);
    if (!done.add(key(scaled, training || used))) {
      return Optional.empty(); // another page had it
    }
    Optional<String> unread = known.dataSetting(words);
    if (unread.isPresent()) {
      return Optional.of(command + "\n  " + unread.get());
    }
    take(words);
    if (!scaled.contains("--resume")) {
      delete(scaled);
    }
    if (training && !trains) {
      return Planned.problem(shell, scaled).map(why -> command + "\n" + why);
    }
    return done(scaled).map(why -> command + "\n" + why);
  }

  /** What a command is known by: with its output, where that matters. */
  private static String key(List<String> scaled, boolean withOutput) {
    List<String> key = new ArrayList<>(scaled);
    int out = key.indexOf("--out");
    if (!withOutput && out >= 0) {
      key.remove(out + 1);
    }
    return String.join(" ", key);
  }

  private static String out(List<String> words) {
    int at = words.indexOf("--out");
    return at >= 0 ? words.get(at + 1) : "runs/" + words.get(words.size() > 1 ? 1 : 0);
  }

  /** Whether a command needs the run; a comparison that goes on is planned as it is. */
  private static boolean uses(Documented later, String name, String out) {
    return later.juxta()
        && later.words().contains(out)
        && !(name.equals("compare") && later.words().get(0).equals("compare"));
  }

  /** Carries a command out; what another one trained with the same words is copied. */
  private Optional<String> done(List<String> scaled) throws IOException {
    List<String> key = new ArrayList<>(scaled);
    int out = key.indexOf("--out");
    Path to = out < 0 ? null : Path.of(key.remove(out + 1));
    if (scaled.get(0).equals("train") && !scaled.contains("--resume")) {
      Path before = trained.put(String.join(" ", key), to);
      if (before != null && Files.exists(before)) { // no other command took its folder
        copy(before, to);
        return Optional.empty();
      }
    }
    Outcome outcome = shell.run(scaled);
    return outcome.status() == 0
        ? Optional.empty()
        : Optional.of(String.join(" ", scaled) + "\n" + outcome.out() + outcome.err());
  }

  /** Makes what a command takes for granted. */
  private void take(List<String> words) throws IOException {
    String name = words.get(0);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      boolean read = words.get(i - 1).equals("--init-from") || !words.get(i - 1).equals("--out");
      if (!read || Files.exists(work.resolve(word)) || name.equals("compare")) {
        continue;
      }
      if (word.startsWith("runs/")) {
        make(GIVEN.getOrDefault(word, USUAL + word));
      } else if (word.equals("resnet18.safetensors")) {
        if (Files.notExists(work.resolve("runs/resnet"))) {
          make(GIVEN.get("runs/resnet"));
        }
        Files.copy(work.resolve("runs/resnet/encoder.safetensors"), work.resolve(word));
      }
    }
  }

  private void make(String train) throws IOException {
    List<String> scaled = Smallest.words(List.of(train.split(" ")), work, true);
    assertThat(done(scaled)).isEmpty();
    done.add(String.join(" ", scaled));
  }

  /** Removes what another command wrote under the same name. */
  private static void delete(List<String> scaled) throws IOException {
    int at = scaled.indexOf("--out");
    if (at < 0) {
      return;
    }
    Path out = Path.of(scaled.get(at + 1));
    if (out.toString().endsWith(".npy")) {
      Files.deleteIfExists(Path.of(out.toString().replaceFirst("npy$", "csv")));
    }
    if (Files.exists(out)) {
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
