package juxta.launcher.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The words after a command's name, parsed. */
final class Arguments {
  /** Options that may be given several times. */
  private static final Set<String> REPEATED = Set.of("set", "where");

  private final CommandLine line;
  private final List<String> words;

  private Arguments(CommandLine line, List<String> words) {
    this.line = line;
    this.words = List.copyOf(words);
  }

  /** All words as they were typed. */
  List<String> words() {
    return words;
  }

  /** Parses; a mistake names the nearest option. */
  static Arguments parse(String command, Options options, List<String> words) {
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(options, words.toArray(String[]::new));
      once(command, line);
      return new Arguments(line, words);
    } catch (UnrecognizedOptionException e) {
      List<String> known = options.getOptions().stream().map(o -> "--" + o.getLongOpt()).toList();
      throw new UserException(
          "juxta "
              + command
              + ": unknown option '"
              + e.getOption()
              + "'"
              + Nearest.hint(e.getOption(), known)
              + "; see 'juxta "
              + command
              + " --help'",
          e);
    } catch (MissingArgumentException e) {
      throw new UserException(
          "juxta "
              + command
              + ": --"
              + e.getOption().getLongOpt()
              + " needs a value; see 'juxta "
              + command
              + " --help'",
          e);
    } catch (ParseException e) {
      throw new UserException(
          "juxta " + command + ": " + e.getMessage() + "; see 'juxta " + command + " --help'", e);
    }
  }

  /** Refuses options of one value that have two: whichever were taken, the other would be lost. */
  private static void once(String command, CommandLine line) {
    List<String> problems = new ArrayList<>();
    for (Option option : new LinkedHashSet<>(List.of(line.getOptions()))) {
      String[] values = line.getOptionValues(option);
      if (values != null && !REPEATED.contains(option.getLongOpt())) {
        Set<String> different = new LinkedHashSet<>(List.of(values));
        if (different.size() > 1) {
          problems.add(twice(command, "--" + option.getLongOpt(), different));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static String twice(String command, String what, Collection<String> values) {
    return "juxta "
        + command
        + ": "
        + what
        + " is given as "
        + String.join(" and as ", values)
        + "; pass it once";
  }

  static Option option(String name, String argument, String description) {
    return Option.builder().longOpt(name).hasArg().argName(argument).desc(description).get();
  }

  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  List<String> positional() {
    return line.getArgList();
  }

  /** The only positional word. */
  String one(String what, String command) {
    if (line.getArgList().size() != 1) {
      throw new UserException(
          "juxta "
              + command
              + ": expected one "
              + what
              + ", got "
              + (line.getArgList().isEmpty() ? "none" : String.join(" ", line.getArgList()))
              + "; see 'juxta "
              + command
              + " --help'");
    }
    return line.getArgList().get(0);
  }

  boolean has(String option) {
    return line.hasOption(option);
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(line.getOptionValue(option));
  }

  String require(String option, String command, String example) {
    return get(option)
        .orElseThrow(
            () ->
                new UserException(
                    "juxta " + command + ": --" + option + " is missing, for example " + example));
  }

  List<String> list(String option) {
    List<String> items = new ArrayList<>();
    for (String item : get(option).orElse("").split(",")) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  /** All values of an option that may be repeated. */
  List<String> all(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? List.of() : List.of(values);
  }

  Optional<Path> path(String option) {
    return get(option).map(Path::of);
  }

  int number(String option, int otherwise, String command) {
    try {
      return get(option).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new UserException(
          "juxta "
              + command
              + ": --"
              + option
              + " takes a whole number, not '"
              + get(option).get()
              + "'",
          e);
    }
  }

  /** Settings given as --set key=value and by the options that stand for a key. */
  Map<String, String> settings(List<String> keys, String command) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys) {
      get(key)
          .or(() -> has(key) ? Optional.of("true") : Optional.empty()) // a flag
          .ifPresent(value -> values.put(key, value));
    }
    String[] sets = line.getOptionValues("set");
    for (String set : sets == null ? new String[0] : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new UserException("juxta " + command + ": --set takes key=value, not '" + set + "'");
      }
      // of one key the last: a line is a common one and what differs in it
      values.put(set.substring(0, equals).strip(), set.substring(equals + 1).strip());
    }
    return values;
  }
}
