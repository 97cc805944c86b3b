package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.UserException;
import juxta.engine.catalogue.Plugin;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Examination;
import juxta.engine.hardware.Finding;
import juxta.engine.train.Agreement;
import juxta.engine.train.Precision;
import juxta.launcher.plugins.PluginRegistry;
import juxta.toolkit.io.Json;
import org.apache.commons.cli.Options;

/** {@code juxta doctor}. */
final class DoctorCommand implements Command {
  private static final String PROCESSOR = "processor";
  private static final String ARITHMETIC = "arithmetic";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  DoctorCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "show what this machine has, what of it is used, and what to do about the rest";
  }

  @Override
  public String usage() {
    return "[--json]";
  }

  @Override
  public String more() {
    return """
        ok  as it should be
        --  not there or not used, and not needed
        !!  wrong; the line below says what to do
        The exit status is 1 if training cannot work here.
        """;
  }

  @Override
  public Options options() {
    return new Options().addOption(Arguments.flag("json", "for machines"));
  }

  @Override
  public int run(Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      throw new UserException(
          "juxta doctor: expected nothing, got '"
              + String.join(" ", arguments.positional())
              + "'; see 'juxta doctor --help'");
    }
    List<Finding> findings = new ArrayList<>(Examination.of(subject()));
    boolean usable = findings.stream().noneMatch(f -> f.state() == Finding.State.STOPS);
    if (usable) {
      findings.add(
          (int) findings.stream().filter(f -> f.section().equals(PROCESSOR)).count(), arithmetic());
    }
    if (arguments.has("json")) {
      terminal.printAll(
          Json.pretty(
              new Diagnosis(Juxta.version(), usable, findings.stream().map(Found::of).toList())));
    } else {
      print(findings, usable);
    }
    return usable ? Juxta.DONE : Juxta.FAULT;
  }

  /** Whether what training multiplies on this processor comes out right. */
  private static Finding arithmetic() {
    Precision auto = Precision.of("auto", Devices.here().processor(), EnumSet.of(DataKind.IMAGES));
    int tried = 0;
    List<String> wrong = new ArrayList<>();
    for (Precision precision : EnumSet.of(Precision.FLOAT32, auto)) {
      Agreement.Found found = Agreement.of(precision);
      tried += found.tried();
      wrong.addAll(found.wrong());
    }
    return wrong.isEmpty()
        ? new Finding(
            PROCESSOR,
            ARITHMETIC,
            Finding.State.OK,
            tried + " convolutions and gradients are as in double precision",
            Optional.empty())
        : new Finding(
            PROCESSOR,
            ARITHMETIC,
            Finding.State.WRONG,
            String.format(
                Locale.ROOT,
                "%d of %d convolutions and gradients are wrong (%s): what is trained is wrong",
                wrong.size(),
                tried,
                wrong.get(0)),
            Optional.of(
                wrong.stream().allMatch(line -> line.startsWith(Precision.BF16.toString()))
                    ? "train with --precision float32, and report it with this line"
                    : "set TF_ENABLE_ONEDNN_OPTS=0, look again, and report it with this line"));
  }

  private Examination.Subject subject() {
    String natives =
        System.getProperty(
            "org.bytedeco.javacpp.cachedir",
            Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString());
    return new Examination.Subject(
        registry.plugins().stream().map(Plugin::name).toList(),
        registry.faults(),
        home.cache(),
        Path.of(System.getProperty("java.io.tmpdir")),
        Path.of(natives),
        Runtime.getRuntime().maxMemory());
  }

  private void print(List<Finding> findings, boolean usable) {
    int width = findings.stream().mapToInt(f -> f.name().length()).max().orElse(0);
    String section = "";
    for (Finding finding : findings) {
      if (!finding.section().equals(section)) {
        section = finding.section();
        terminal.print(section);
      }
      String name = String.format(Locale.ROOT, "%-" + width + "s", finding.name());
      terminal.print("  " + finding.state().mark() + "  " + name + "  " + finding.text());
      finding.remedy().ifPresent(remedy -> terminal.print(" ".repeat(width + 8) + "-> " + remedy));
    }
    terminal.print("");
    long wrong = findings.stream().filter(f -> f.remedy().isPresent()).count();
    terminal.print(
        !usable
            ? "Juxta cannot train here: see the lines marked !!"
            : wrong == 0 ? "all is well" : "Juxta can train here; " + wrong + " marked !!");
  }

  private record Diagnosis(String juxta, boolean usable, List<Found> findings) {}

  private record Found(
      String section, String name, String state, String text, Optional<String> remedy) {
    static Found of(Finding finding) {
      return new Found(
          finding.section(),
          finding.name(),
          finding.state().name().toLowerCase(Locale.ROOT),
          finding.text(),
          finding.remedy());
    }
  }
}
