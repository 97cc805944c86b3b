package juxta.launcher.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of Juxta that carries out one run of a comparison, which another process leads. It is
 * started as that one was, with the number of its run besides, and ends when the other is gone.
 */
public final class Branch {
  private static final String NUMBER = "juxta.run";

  /** What the start script found out about a terminal, which a branch has not. */
  private static final List<String> OF_A_TERMINAL =
      List.of("-Djuxta.live=", "-Djuxta.asks=", "-Djuxta.columns=");

  private Branch() {}

  /**
   * Which run this process is to carry out.
   *
   * @return its number, from 1; empty for a process that a person started
   */
  public static Optional<Integer> number() {
    return Optional.ofNullable(Integer.getInteger(NUMBER));
  }

  /** Ends this process, as Ctrl-C does, when its input ends: whoever reads what it says is gone. */
  static void endWithInput() {
    Thread leash = new Thread(Branch::awaitEnd, "leash");
    leash.setDaemon(true);
    leash.start();
  }

  private static void awaitEnd() {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        continue; // nobody writes
      }
    } catch (IOException e) {
      // the same as its end
    }
    Runtime.getRuntime().exit(Juxta.STOPPED);
  }

  /** Starts one; its input and output are pipes, its errors go where those of this process go. */
  static Process start(int number, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OF_A_TERMINAL.stream().noneMatch(option::startsWith))
        .filter(option -> !option.startsWith("-agentlib:")) // a port that is taken
        .forEach(command::add);
    String classes = System.getProperty("java.class.path", "");
    if (!classes.isEmpty()) {
      command.addAll(List.of("--class-path", classes));
    }
    command.add("-D" + NUMBER + "=" + number);
    command.addAll(
        List.of(
            "--module",
            System.getProperty("jdk.module.main")
                + "/"
                + System.getProperty("jdk.module.main.class")));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .directory(new File("").getAbsoluteFile())
        .start();
  }
}
