package juxta.launcher.whole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import juxta.launcher.cli.Home;
import juxta.launcher.cli.Juxta;
import juxta.launcher.cli.Terminal;

/** The command line over a folder with the built plug-ins, in this process or in one of its own. */
final class Shell {
  /** Settings with which a run takes a second or two. */
  static final String TINY =
      "--data shapes --set data.train-size=96 --set data.test-size=48 --encoder resnet-small"
          + " --set encoder.width=4 --batch 16 --epochs 2 --precision float32 --preset small";

  /** Settings with which a segmentation does so. */
  static final String TINY_VOLUMES =
      "--data shapes3d --set data.train-size=8 --set data.test-size=2 --set data.side=24"
          + " --set data.labelled=4 --set encoder.width=2 --set augmentation.patch-x=16"
          + " --set augmentation.patch-y=16 --set augmentation.patch-z=16 --precision float32";

  private final Path home;

  private Shell(Path home) {
    this.home = home;
  }

  /** A fresh installation in a folder, with copies of the plug-ins that the build made. */
  static Shell in(Path folder) {
    Shell shell = new Shell(folder.resolve("home"));
    try {
      Path built = Path.of("target", "test-plugins");
      try (Stream<Path> files = Files.walk(built)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = shell.plugins().resolve(built.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shell;
  }

  Path plugins() {
    return home.resolve("plugins");
  }

  /** Runs a command line in this process; words are separated by blanks. */
  Outcome run(String line, Object... arguments) {
    return run(words(line, arguments));
  }

  /** Runs a command line in this process, whose words may have blanks. */
  Outcome run(List<String> words) {
    return runUntil(line -> {}, words);
  }

  /** Runs a command line in this process; whoever sees its messages may throw. */
  Outcome runUntil(Consumer<String> seen, List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream messages =
        new PrintStream(err, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            super.println(line);
            seen.accept(line);
          }
        };
    Terminal terminal = new Terminal(stream(out), messages, false);
    Home places = new Home(plugins(), home.resolve("plugins.lock"), home.resolve("cache"));
    int status = new Juxta(terminal, places).run(words.toArray(String[]::new));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Starts a command line in a process of its own. */
  Child start(String line, Object... arguments) {
    return launch("-Dnothing", line, arguments);
  }

  /** Starts a command line with an option of Java. */
  Child launch(String option, String line, Object... arguments) {
    return Child.start(command(option, words(line, arguments)), home);
  }

  /** Starts a command line with variables of the environment besides those of this process. */
  Child startWith(Map<String, String> environment, String line, Object... arguments) {
    return Child.start(command("-Dnothing", words(line, arguments)), home, environment);
  }

  private List<String> command(String option, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // quick to start, and small: many of them are started
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xmx512m", option, "-Djuxta.plugins=" + plugins()));
    command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
    // Guice needs a jar that Maven, finding no module in it, puts on the class path
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
    command.addAll(List.of("--add-opens", "tensorflow/org.tensorflow=juxta.toolkit"));
    command.addAll(List.of("--module", "juxta.launcher/juxta.launcher.Main"));
    command.addAll(words);
    return command;
  }

  /** Of an option that comes twice the last one: a line is a common one and what differs in it. */
  private static List<String> words(String line, Object... arguments) {
    List<String> words = new ArrayList<>();
    for (String word : line.formatted(arguments).split(" +")) {
      int before = words.indexOf(word);
      if (before >= 0
          && word.startsWith("--")
          && !word.equals("--set")
          && !word.equals("--where")) {
        words.remove(before);
        if (before < words.size() && !words.get(before).startsWith("--")) {
          words.remove(before);
        }
      }
      words.add(word);
    }
    return words;
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
