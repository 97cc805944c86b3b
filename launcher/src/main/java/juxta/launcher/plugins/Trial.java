package juxta.launcher.plugins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import juxta.engine.catalogue.Fault;

/**
 * Loads strangers' jars that are new in a process of its own first: one that ends the process, by
 * whatever means, or never comes to an end, is known by then and takes nothing else with it.
 */
public final class Trial {
  private static final String REMEDY = "report it to the plug-in's author, or remove the jar";
  private static final String BEGINS = "begins ";
  private static final String MAKES = "makes ";
  private static final String FOUND = "found ";
  private static final String FAULT = "fault ";
  private static final String DONE = "done";
  private static final long PAUSE_MILLIS = 20;

  /** How long the start of Java may take on a machine that is busy. */
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final Duration patience;

  Trial(Path folder, Duration patience) {
    this.folder = folder;
    this.patience = patience;
  }

  /**
   * What came of the trial of one plug-in.
   *
   * @param ids ids by kind, such as {@code method}
   * @param faults what is wrong with it
   */
  record Report(SortedMap<String, List<String>> ids, List<Fault> faults) {}

  /** Loads one plug-in and lets it say what it has; empty where no process can be started. */
  Optional<Report> report(String path) {
    SortedMap<String, List<String>> ids = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Optional<Ended> ended = round(List.of(path), said::add);
    if (ended.isEmpty() && said.isEmpty()) {
      return Optional.empty();
    }
    ended.ifPresent(e -> faults.add(e.fault()));
    for (String line : said) {
      String[] words = line.split("\t", -1);
      if (line.startsWith(FOUND)) {
        ids.computeIfAbsent(words[0].substring(FOUND.length()), kind -> new ArrayList<>())
            .add(words[1]);
      } else if (line.startsWith(FAULT)) {
        faults.add(new Fault(words[0].substring(FAULT.length()), words[1], words[2]));
      }
    }
    return Optional.of(new Report(ids, faults));
  }

  /** Why plug-ins cannot be loaded, by path; nothing of those that can, or fail as others do. */
  Map<String, Fault> of(List<Inspection> inspections) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    List<String> left =
        new ArrayList<>(inspections.stream().map(i -> i.candidate().path()).toList());
    while (!left.isEmpty()) {
      Optional<Ended> ended = round(left, line -> {});
      if (ended.isEmpty()) {
        return faults; // all were loaded, or no process can be started here
      }
      String path = ended.get().path();
      faults.put(path, ended.get().fault());
      left = new ArrayList<>(left.subList(left.indexOf(path) + 1, left.size()));
    }
    return faults;
  }

  /** The plug-in with which the process ended. */
  private record Ended(String path, Fault fault) {}

  private Optional<Ended> round(List<String> paths, Consumer<String> say) {
    Process process;
    try {
      process =
          new ProcessBuilder(command(paths)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      Listener heard = new Listener(process, say);
      heard.start();
      do {
        heard.join(PAUSE_MILLIS);
        Duration limit = heard.path.isEmpty() ? START : patience;
        if (heard.isAlive() && System.nanoTime() - heard.since > limit.toNanos()) {
          return ended(heard, "does not come to an end within " + patience.toSeconds() + " s");
        }
      } while (heard.isAlive());
      process.waitFor(1, TimeUnit.SECONDS);
      return heard.isDone
          ? Optional.empty()
          : ended(heard, "ended the process" + (process.isAlive() ? "" : status(process)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String status(Process process) {
    return " with status " + process.exitValue();
  }

  private static Optional<Ended> ended(Listener heard, String what) {
    return heard.path.isEmpty()
        ? Optional.empty() // Java itself did not start
        : Optional.of(new Ended(heard.path, new Fault(heard.path, heard.what + what, REMEDY)));
  }

  /** Reads what the process says. */
  private static final class Listener extends Thread {
    private final Process process;
    private final Consumer<String> say;
    private volatile String path = "";
    private volatile String what = "";
    private volatile long since = System.nanoTime();
    private volatile boolean isDone;

    Listener(Process process, Consumer<String> say) {
      super("plug-in trial");
      this.process = process;
      this.say = say;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(BEGINS)) {
            path = line.substring(BEGINS.length());
            what = "its loading ";
            since = System.nanoTime();
          } else if (line.startsWith(MAKES)) {
            what = "the constructor of " + line.substring(MAKES.length()) + " ";
          } else if (line.startsWith(FOUND) || line.startsWith(FAULT)) {
            say.accept(line);
          } else if (line.equals(DONE)) {
            isDone = true;
            return;
          }
        }
      } catch (IOException e) {
        isDone = false; // the process is gone
      }
    }
  }

  private List<String> command(List<String> paths) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xmx256m", "--module-path", System.getProperty("jdk.module.path", "")));
    String classes = System.getProperty("java.class.path", "");
    if (!classes.isEmpty()) {
      command.addAll(List.of("--class-path", classes));
    }
    command.addAll(List.of("--add-modules", "ALL-DEFAULT,ALL-MODULE-PATH"));
    command.addAll(List.of("--module", "juxta.launcher/" + Trial.class.getName()));
    command.add(folder.toString());
    command.addAll(paths);
    return command;
  }

  /**
   * Loads plug-ins and says which.
   *
   * @param words the plug-in folder, and paths of plug-ins in it
   */
  public static void main(String[] words) {
    Locale.setDefault(Locale.ROOT); // as the launcher does
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    Path folder = Path.of(words[0]);
    Platform platform = Platform.current();
    for (Candidate candidate : Candidate.scan(folder)) {
      if (List.of(words).subList(1, words.length).contains(candidate.path())) {
        out.println(BEGINS + candidate.path());
        load(folder, candidate, platform, out);
      }
    }
    out.println(DONE);
    Runtime.getRuntime().halt(0); // a plug-in may have threads, or something to do at the end
  }

  private static void load(Path folder, Candidate candidate, Platform platform, PrintStream out) {
    try {
      List<Jar> jars =
          candidate.files().stream()
              .filter(Files::isRegularFile)
              .map(file -> Jar.read(folder, file))
              .toList();
      Inspection inspection = Inspection.of(candidate, jars);
      ModuleLayer layer = Layers.layer(inspection, platform);
      new Providers(
              inspection,
              layer,
              platform,
              fault -> out.println(line(fault)),
              what -> out.println(MAKES + what))
          .find()
          .forEach(found -> out.println(FOUND + found.service().noun() + "\t" + found.id()));
    } catch (Refusal refusal) {
      out.println(line(refusal.fault()));
    } catch (RuntimeException e) {
      return; // the launcher will meet it as well, and say so
    }
  }

  /** Its parts have neither tabs nor ends of lines. */
  private static String line(Fault fault) {
    return FAULT + fault.jar() + "\t" + fault.cause() + "\t" + fault.remedy();
  }
}
