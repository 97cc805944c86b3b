package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.run.Choices;
import juxta.engine.run.Overrides;
import juxta.engine.run.RunSettings;
import juxta.engine.train.Precision;

/** Checks what a command is to run on, and says it before anything else. */
final class RunsOn {
  private final Terminal terminal;
  private String said = "";

  RunsOn(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Finds what this machine cannot do of what was asked for; one line for each. */
  static List<String> mistakes(Overrides values) {
    return mistakes(values, Devices.here());
  }

  static List<String> mistakes(Overrides values, Devices devices) {
    List<String> problems = new ArrayList<>();
    try {
      Device device = Choices.team(values, devices).first();
      Optional<String> precision = values.text(RunSettings.PRECISION.key());
      if (precision.filter("bf16"::equals).isPresent()) {
        Precision.of(precision.get(), device, Set.of());
      }
      if (values.text(RunSettings.XLA.key()).filter("true"::equals).isPresent()) {
        Optional<String> objection =
            device instanceof Device.OnProcessor
                ? Optional.of("it is for cards, on a processor it makes steps slower")
                : devices.objectionToXla();
        objection.ifPresent(
            reason ->
                problems.add(
                    "xla: "
                        + reason
                        + "; else leave --xla out, or pass --set xla=false to a run that has it"));
      }
    } catch (UserException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  /** Why runs cannot be carried out several at once. */
  static List<String> indivisible(Overrides values) {
    boolean alone =
        Choices.team(values, Devices.here()).devices().stream()
                .allMatch(device -> device instanceof Device.OnProcessor)
            && Stream.of(RunSettings.DEVICES, RunSettings.WORKERS)
                .allMatch(setting -> values.text(setting.key()).orElse("").isEmpty());
    return alone
        ? List.of()
        : List.of(
            "jobs: runs share out the cores of this machine, and those on cards, several devices or"
                + " workers have them whole; leave --jobs out, or pass --device cpu");
  }

  private static DeviceChoice choice(Overrides values) {
    return DeviceChoice.of(
        values.text(RunSettings.DEVICE.key()).orElse(RunSettings.DEVICE.defaultValue()));
  }

  /** Says if a GPU build goes on without a card. */
  void remark(Overrides values) {
    Devices.here().remark(choice(values)).ifPresent(terminal::say);
  }

  /** Says on what a training runs, unless that was said of the one before it. */
  void say(Choices choices) {
    String compiled = choices.placement().xla() ? ", XLA" : "";
    int devices = choices.team().devices().size();
    String several = devices > 1 ? devices + " times " : "";
    String line = several + choices.device().description() + ", " + choices.precision() + compiled;
    if (choices.trains() && !line.equals(said)) {
      terminal.say(line);
      said = line;
    }
  }
}
