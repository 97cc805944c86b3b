package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever words, names and files hold, what is printed of it gives no orders and stays one line.
 */
class HostileTextTest {
  /** All kinds at once; TerminalTest has each alone. */
  private static final String HOSTILE =
      "\u001b[31ma\nb\rc\u001b]0;title\u0007\u009b2J\u202e\u2028\u2029\u0085\b\u007f";

  @TempDir private static Path root;
  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
  }

  static Stream<List<String>> lines() {
    return Stream.of(
        List.of("train", HOSTILE),
        List.of("train", "simclr", "--set", HOSTILE + "=1"),
        List.of("train", "simclr", "--data", "image-folder:/no/" + HOSTILE),
        List.of("train", "simclr", "--config", "/no/" + HOSTILE),
        List.of("evaluate", "/no/" + HOSTILE),
        List.of("report", "/no/" + HOSTILE),
        List.of("describe", HOSTILE));
  }

  private static void oneLine(Outcome outcome) {
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    String said = String.join("\n", outcome.errLines());
    assertThat(said).matches("[\\p{Print}]+").contains("\\");
    assertThat(outcome.err()).doesNotContain("\r");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void words(List<String> words) {
    oneLine(shell.run(words));
  }

  @Test
  void valuesInFiles() throws IOException {
    int number = 0;
    for (String type : List.of("\u001b[31mred", "a\rb", "\u202ex", "a\u0000b")) {
      Path folder = Files.createDirectories(root.resolve("volumes" + number++));
      for (String name : List.of("a_image.nrrd", "a_label.nrrd")) {
        Files.writeString(
            folder.resolve(name),
            "NRRD0001\ntype: " + type + "\ndimension: 3\nsizes: 1 1 1\nencoding: raw\n\n1");
      }
      oneLine(shell.run("train fba --data volumes:%s", folder));
    }
    Path config = root.resolve("config.yaml");
    Files.writeString(config, "\"en\\e[31mcoder\\nx\": 1\n");
    oneLine(shell.run("train simclr --config %s", config));
  }

  @Test
  void namesOfFiles() throws IOException {
    Path folder = root.resolve("images");
    Path classes = Files.createDirectories(folder.resolve("train").resolve(HOSTILE));
    Files.writeString(classes.resolve("x.png"), "no picture");
    oneLine(shell.run(List.of("train", "simclr", "--data", "image-folder:" + folder)));
  }
}
