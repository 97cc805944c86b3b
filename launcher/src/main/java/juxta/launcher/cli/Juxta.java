package juxta.launcher.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Nearest;
import juxta.engine.train.Interruption;
import juxta.launcher.plugins.Explanation;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.plugins.PluginWatch;
import org.apache.commons.cli.Option;

/** The whole command line: words in, exit status out. */
public final class Juxta {
  /** Done. */
  public static final int DONE = 0;

  /** A fault of Juxta or of a plug-in. */
  public static final int FAULT = 1;

  /** A mistake in what was asked. */
  public static final int MISTAKE = 2;

  /** Stopped by the user, everything saved. */
  public static final int STOPPED = 130;

  private final Terminal terminal;
  private final Home home;

  /**
   * A command line.
   *
   * @param terminal where it prints
   * @param home where things lie
   */
  public Juxta(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /**
   * Does what the words say.
   *
   * @param words the command line
   * @return the exit status
   */
  public int run(String... words) {
    try (Stop stop = new Stop(terminal);
        PluginWatch watch = new PluginWatch(line -> terminal.say("juxta: " + line), FAULT)) {
      return attempt(new ArrayList<>(Arrays.asList(words)), stop, watch);
    }
  }

  private int attempt(List<String> words, Stop stop, PluginWatch watch) {
    List<PluginRegistry> registry = new ArrayList<>();
    try {
      return dispatch(words, stop, watch, registry);
    } catch (Interruption e) {
      terminal.say(e.getMessage());
      return STOPPED;
    } catch (ProvisionException e) { // before there are plug-ins
      return e.getCause() instanceof UserException user
          ? explain(Explanation.of(user))
          : explain(Explanation.ofOurs(e));
    } catch (UserException e) {
      return explain(Explanation.of(e));
    } catch (RuntimeException | Error e) {
      return explain(registry.isEmpty() ? Explanation.ofOurs(e) : registry.get(0).explain(e));
    }
  }

  private int dispatch(
      List<String> words, Stop stop, PluginWatch watch, List<PluginRegistry> seen) {
    Injector injector = Guice.createInjector(new CommandModule(terminal, home, stop));
    Set<Command> commands = injector.getInstance(Key.get(new TypeLiteral<Set<Command>>() {}));
    PluginRegistry registry = injector.getInstance(PluginRegistry.class);
    seen.add(registry);
    watch.over(registry);
    if (words.isEmpty() || Set.of("help", "--help", "-h").contains(words.get(0))) {
      help(commands);
      return DONE;
    }
    if (Set.of("version", "--version").contains(words.get(0))) {
      terminal.print("juxta " + version());
      return DONE;
    }
    String word = words.remove(0);
    Command command =
        commands.stream()
            .filter(c -> c.name().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        "juxta: no command '"
                            + word
                            + "'"
                            + Nearest.among(word, commands.stream().map(Command::name).toList())));
    if (words.contains("--help") || words.contains("-h")) {
      help(command);
      return DONE;
    }
    if (!Set.of("plugins", "doctor").contains(command.name())) { // they say it themselves
      for (Fault fault : registry.faults()) {
        terminal.say("plug-in not loaded: " + fault);
      }
    }
    return command.run(words);
  }

  static String version() {
    return Juxta.class.getModule().getDescriptor().rawVersion().orElse("development");
  }

  private int explain(Explanation why) {
    for (String problem : why.lines()) {
      terminal.say(problem.startsWith("juxta") ? problem : "juxta: " + problem);
    }
    why.trace().forEach(terminal::say);
    return why.mistake() ? MISTAKE : FAULT;
  }

  private void help(Set<Command> commands) {
    terminal.print("juxta " + version() + ": contrastive representation learning");
    terminal.print("");
    terminal.print("  juxta COMMAND [options]");
    terminal.print("");
    for (Command command : commands) {
      terminal.print(String.format(Locale.ROOT, "  %-11s %s", command.name(), command.summary()));
    }
    terminal.print("");
    terminal.print("juxta COMMAND --help explains a command. A first run, in minutes:");
    terminal.print(
        "  juxta compare --methods simclr,spps --data shapes --evaluators knn,linear \\");
    terminal.print("        --preset small --out runs/first");
    terminal.print("With data of your own, see first what is made of them:");
    terminal.print("  juxta preview --data image-folder:/data/photos");
  }

  private void help(Command command) {
    terminal.print("juxta " + command.name() + " " + command.usage());
    terminal.print("  " + command.summary());
    for (Option option : command.options().getOptions()) {
      String argument = option.hasArg() ? " " + option.getArgName() : "";
      terminal.print(
          String.format(
              Locale.ROOT,
              "  %-28s %s",
              "--" + option.getLongOpt() + argument,
              option.getDescription()));
    }
    if (!command.more().isEmpty()) {
      terminal.print("");
      terminal.printAll(command.more().stripTrailing());
    }
  }
}
