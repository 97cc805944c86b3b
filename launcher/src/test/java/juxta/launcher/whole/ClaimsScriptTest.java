package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that {@code benchmarks/claims} gives, for days of work in all, can begin: made
 * small as those of the documentation are.
 */
class ClaimsScriptTest {
  private static final Path SCRIPT = Path.of("..", "benchmarks", "claims");

  /** Writes down how it is called, a line a call, and leaves what the script looks for. */
  private static final String RECORDER =
      """
      #!/bin/sh
      printf '%s\\t' "$@" >> "$CALLS"
      echo >> "$CALLS"
      case $1 in compare | train)
        while [ "$1" != --out ]; do shift; done
        mkdir -p "$2/row-seed0"
        touch "$2/row-seed0/run.json"
        ;;
      esac
      """;

  @TempDir private Path root;

  @Test
  void everyCommandCanBegin() throws Exception {
    Shell shell = Shell.in(root);
    Path work = Files.createDirectory(root.resolve("work"));
    MadeData.in(work);
    Known known = new Known(shell);
    List<String> problems = new ArrayList<>();
    Set<List<String>> done = new HashSet<>();
    Set<String> parts = new HashSet<>();
    for (String claim : claims()) {
      List<String> before = List.of();
      for (List<String> words : calls(claim)) {
        known.option(words).ifPresent(problems::add);
        known.dataSetting(words).ifPresent(problems::add);
        List<String> training = words;
        if (words.get(0).equals("evaluate")) { // what it trained, scored so from the beginning
          training = scored(before, words);
        } else if (words.get(0).equals("report")) {
          continue;
        } else {
          before = words;
          assertThat(parts.add(out(words))).as("folder of its own: %s", words).isTrue();
        }
        List<String> small = Smallest.words(alone(training), work, false);
        int out = small.indexOf("--out");
        small.set(out + 1, root.resolve("planned" + done.size()).toString());
        List<String> key = new ArrayList<>(small);
        key.remove(out + 1);
        if (done.add(key)) {
          Planned.problem(shell, small).ifPresent(problems::add);
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(done).hasSizeGreaterThan(8);
  }

  /** Those of the line that says how the script is called. */
  private static List<String> claims() throws IOException {
    String usage =
        Files.readAllLines(SCRIPT).stream()
            .filter(line -> line.matches("# +benchmarks/claims .*"))
            .findFirst()
            .orElseThrow();
    return List.of(usage.replaceFirst("# +benchmarks/claims ", "").split(" ")[0].split("\\|"));
  }

  private List<List<String>> calls(String claim) throws Exception {
    Path recorder = root.resolve("recorder");
    Files.writeString(recorder, RECORDER);
    assertThat(recorder.toFile().setExecutable(true)).isTrue();
    Path calls = root.resolve(claim + ".calls");
    ProcessBuilder script =
        new ProcessBuilder(
            "sh", SCRIPT.toString(), claim, "/data", root.resolve("claims").toString());
    Map<String, String> environment = script.environment();
    environment.keySet().removeAll(Set.of("SEED", "SEEDS", "JOBS"));
    environment.put("JUXTA", recorder.toString());
    environment.put("CALLS", calls.toString());
    Path said = root.resolve(claim + ".log");
    Process process = script.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    return Files.readAllLines(calls).stream().map(line -> List.of(line.split("\t"))).toList();
  }

  private static String out(List<String> words) {
    return words.get(words.indexOf("--out") + 1);
  }

  /** Without rows that other commands have, and without a run from which encoders start. */
  private static List<String> alone(List<String> words) {
    List<String> alone = new ArrayList<>(words);
    int start = alone.indexOf("--init-from");
    if (start >= 0) {
      alone.subList(start, start + 2).clear();
    }
    if (words.get(0).equals("compare") && !words.contains("--no-reference")) {
      alone.add("--no-reference");
    }
    return alone;
  }

  /** A comparison with the evaluator, and its settings, of another command. */
  private static List<String> scored(List<String> compare, List<String> evaluate) {
    Map<String, String> settings = new HashMap<>();
    List<String> made = new ArrayList<>();
    Optional<String> evaluator = Optional.empty();
    for (List<String> from : List.of(compare, evaluate)) {
      for (int i = 0; i < from.size(); i++) {
        String word = from.get(i);
        if (word.equals("--set")) {
          String setting = from.get(++i);
          settings.put(setting.replaceFirst("=.*", ""), setting);
        } else if (word.equals("--evaluators")) {
          evaluator = Optional.of(from.get(++i));
        } else if (from == compare) {
          made.add(word);
        }
      }
    }
    made.addAll(List.of("--evaluators", evaluator.orElseThrow()));
    settings.values().forEach(setting -> made.addAll(List.of("--set", setting)));
    return made;
  }
}
