package juxta.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.api.Setting;
import juxta.api.SettingType;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.RunSettings;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Options that determine runs: those of the run's settings, and what chooses the data. */
final class RunOptions {
  /** More than anybody types. */
  private static final int CONFIG_BYTES = 1 << 20;

  /** What {@code --json} prints, for the help of the commands that score. */
  static final String JSON_ROWS =
      """
      --json prints an array with an object for each score: method, encoder, data, seed, evaluator,
      metric, value (rates as fractions of 1), unit (rate or number), better (higher, lower or
      neither) and protocol, what the value depends on by name. What failed is an object with a
      'problem' in place of metric and value. All else goes to the error stream.
      """;

  private RunOptions() {}

  /** For commands that train. */
  static Options add(Options options) {
    options
        .addOption(
            Arguments.option("data", "ID[:PATH]", "data set, and where it lies (default: shapes)"))
        .addOption(Arguments.option("preset", "NAME", "small, or paper (default: paper)"));
    RunSettings.ALL.forEach(setting -> options.addOption(option(setting)));
    return options
        .addOption(set("any setting; see 'juxta describe ID' (may be repeated)"))
        .addOption(Arguments.option("config", "FILE", "settings from a YAML file, as key: value"));
  }

  /** For commands that use what was trained. */
  static Options place(Options options) {
    return options.addOption(option(RunSettings.DEVICE)).addOption(option(RunSettings.THREADS));
  }

  /** The option {@code --set}. */
  static Option set(String description) {
    return Option.builder().longOpt("set").hasArg().argName("KEY=VALUE").desc(description).get();
  }

  private static Option option(Setting<?> setting) {
    String preset = setting.defaultText().contains("preset") ? "" : " (default: %s)";
    String about =
        setting.description()
            + String.format(
                Locale.ROOT, preset, setting.defaultText().replaceFirst("^unset: ", ""));
    if (setting.type() == SettingType.FLAG) {
      return Arguments.flag(setting.key(), setting.description());
    }
    String argument =
        switch (setting.type()) {
          case INTEGER -> "N";
          case CHOICE -> setting.form();
          default -> setting.key().equals("device") ? "D" : "ID";
        };
    boolean chosen = setting.defaultText().equals("unset: none"); // by the preset
    return Arguments.option(setting.key(), argument, chosen ? setting.description() : about);
  }

  /** What the words of a command say, by options of the run's settings and by --set. */
  static Overrides typed(Arguments arguments, String command) {
    return Overrides.typed(
        arguments.settings(RunSettings.ALL.stream().map(Setting::key).toList(), command));
  }

  /** What the file named by --config says. */
  static Overrides file(Arguments arguments) {
    return arguments
        .path("config")
        .map(file -> Overrides.of(Origin.FILE, config(file)))
        .orElse(Overrides.NONE);
  }

  /** Settings of a YAML file; nested maps become keys joined by a dot. */
  static Map<String, String> config(Path file) {
    try {
      if (Files.size(file) > CONFIG_BYTES) {
        throw new UserException(
            "--config " + file + ": has over " + CONFIG_BYTES + " bytes; it holds no settings");
      }
      Object loaded =
          new Load(LoadSettings.builder().setLabel("config").setMaxAliasesForCollections(0).build())
              .loadFromString(Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (loaded instanceof Map<?, ?> map) {
        flatten(file, "", map, values);
      } else if (loaded != null) {
        throw new UserException(file + ": expected lines of the form 'key: value'");
      }
      return values;
    } catch (IOException e) {
      throw new UserException("cannot read --config " + file + " (" + Folders.reason(e) + ")", e);
    } catch (StackOverflowError e) {
      throw new UserException(
          file + ": is nested too deeply; expected lines of the form 'key: value'", e);
    } catch (YamlEngineException e) {
      throw new UserException(file + ": " + reason(e), e);
    }
  }

  /** Where a parser stopped and why, without the excerpt that it quotes. */
  private static String reason(YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      return "line "
          + (mark.getLine() + 1)
          + ", column "
          + (mark.getColumn() + 1)
          + ": "
          + marked.getProblem()
          + "; expected lines of the form 'key: value'";
    }
    return e.getMessage().lines().map(String::strip).collect(Collectors.joining(" "))
        + "; write values out, without & and *";
  }

  private static void flatten(Path file, String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (key, value) -> {
          if (!String.valueOf(key).matches("[A-Za-z0-9._-]{1,200}")) {
            throw new UserException(
                file + ": " + quoted(key) + " is no key; keys are words such as loss.temperature");
          }
          if (value instanceof Map<?, ?> nested) {
            flatten(file, prefix + key + ".", nested, values);
          } else if (value == null) {
            throw new UserException(
                file + ": '" + prefix + key + "' has no value; write one, or leave the line out");
          } else if (value instanceof Iterable<?>) {
            throw new UserException(
                file + ": '" + prefix + key + "' is a list; write one value, as text with commas");
          } else {
            values.put(prefix + key, String.valueOf(value));
          }
        });
  }

  private static String quoted(Object key) {
    String text = String.valueOf(key);
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }
}
