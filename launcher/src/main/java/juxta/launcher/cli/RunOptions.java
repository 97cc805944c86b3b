package juxta.launcher.cli;

import java.util.Locale;
import juxta.api.Setting;
import juxta.api.SettingType;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.RunSettings;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Options that determine runs: those of the run's settings, and what chooses the data. */
final class RunOptions {
  /** What {@code --json} prints, for the help of the commands that score. */
  static final String JSON_ROWS =
      """
      --json prints an array with an object for each score: method, encoder, data, seed, fold (where
      data are folded), evaluator, metric, value (rates as fractions of 1), unit (rate or number),
      better (higher, lower or neither) and protocol, what the value depends on by name. What failed
      is an object with a 'problem' in place of metric and value. All else goes to the error stream.
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

  /** For commands that use it on many records, which several devices and machines may share. */
  static Options shared(Options options) {
    return place(options)
        .addOption(option(RunSettings.DEVICES))
        .addOption(option(RunSettings.WORKERS))
        .addOption(option(RunSettings.WORKER_TIMEOUT));
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
          case INTEGER, REAL -> "N";
          case CHOICE -> setting.form();
          default ->
              switch (setting.key()) {
                case "device" -> "D";
                case "fold" -> "I/N";
                default -> "ID";
              };
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
        .map(file -> Overrides.of(Origin.FILE, ConfigFile.read(file)))
        .orElse(Overrides.NONE);
  }
}
