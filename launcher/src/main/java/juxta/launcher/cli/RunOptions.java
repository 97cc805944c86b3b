package juxta.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Options that determine runs, for the commands that train. */
final class RunOptions {
  /** Options that stand for a key of the same name. */
  static final List<String> KEYS =
      List.of(
          "encoder",
          "loss",
          "augmentation",
          "epochs",
          "batch",
          "seed",
          "precision",
          "device",
          "xla",
          "threads",
          "checkpoint-every");

  private RunOptions() {}

  static Options add(Options options) {
    return options
        .addOption(
            Arguments.option("data", "ID[:PATH]", "data set, and where it lies (default: shapes)"))
        .addOption(Arguments.option("preset", "NAME", "small, or paper (default: paper)"))
        .addOption(Arguments.option("encoder", "ID", "network that makes features"))
        .addOption(Arguments.option("augmentation", "ID", "recipe that makes views"))
        .addOption(Arguments.option("loss", "ID", "what compares them"))
        .addOption(Arguments.option("epochs", "N", "passes over the training data"))
        .addOption(Arguments.option("batch", "N", "records a step"))
        .addOption(
            Arguments.option("precision", "P", "float32, bf16, or auto: bf16 where it is fast"))
        .addOption(device())
        .addOption(Arguments.flag("xla", "let TensorFlow compile the steps, on a card"))
        .addOption(Arguments.option("threads", "N", "threads (default: one a core)"))
        .addOption(Arguments.option("checkpoint-every", "N", "steps between checkpoints"))
        .addOption(
            Option.builder()
                .longOpt("set")
                .hasArg()
                .argName("KEY=VALUE")
                .desc("any setting; see 'juxta describe ID' (may be repeated)")
                .get())
        .addOption(Arguments.option("config", "FILE", "settings from a YAML file, as key: value"));
  }

  static Option device() {
    return Arguments.option(
        "device", "D", "auto (default: the first card, else the processor), cpu, or gpu:N");
  }

  /** Settings of a YAML file; nested maps become keys joined by a dot. */
  static Map<String, String> config(Path file) {
    try {
      Object loaded =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (loaded instanceof Map<?, ?> map) {
        flatten("", map, values);
      } else if (loaded != null) {
        throw new UserException(file + ": expected lines of the form 'key: value'");
      }
      return values;
    } catch (IOException e) {
      throw new UserException(
          "cannot read --config " + file + " (" + e.getClass().getSimpleName() + ")", e);
    } catch (YamlEngineException e) {
      throw new UserException(
          file
              + ": "
              + e.getMessage().lines().map(String::strip).reduce("", (a, b) -> a + " " + b).strip(),
          e);
    }
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> nested) {
            flatten(prefix + key + ".", nested, values);
          } else {
            values.put(prefix + key, String.valueOf(value));
          }
        });
  }
}
