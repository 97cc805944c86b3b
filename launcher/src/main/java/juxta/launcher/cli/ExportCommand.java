package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.export.Exported;
import juxta.engine.export.Exporter;
import juxta.engine.export.Written;
import juxta.engine.run.Export;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.PluginRegistry;
import org.apache.commons.cli.Options;

/** {@code juxta export}. */
final class ExportCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  ExportCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "write a trained model for other programs";
  }

  @Override
  public String usage() {
    return "<run folder> --to FORMAT --out DIR [--function NAME,NAME]";
  }

  @Override
  public String more() {
    return """
        Formats:
          onnx         each function of the model in a file of its own, opset 17
          savedmodel   all functions as signatures of one SavedModel of TensorFlow
          safetensors  the encoder's weights under the names of timm and torchvision
          hub          the encoder as a folder for Hugging Face: weights, timm's config.json, README

        A function is what the model can do: embed (pictures as they are stored to vectors), encode
        (prepared views to vectors), featureMap, segment, embedText, assign, reconstruct. Without
        --function all are written that the format can hold, and what is left out is said.
        export.json, beside the files, says what each function takes and gives.

        Examples:
          juxta export runs/simclr --to onnx --out exported
          juxta export runs/simclr --to onnx --function embed --out exported
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            Arguments.option(
                "to",
                "FORMAT",
                String.join(", ", Export.FORMATS.stream().map(Exporter::format).toList())))
        .addOption(Arguments.option("out", "DIR", "a folder that is not there yet, or is empty"))
        .addOption(
            Arguments.option(
                "function", "NAME,NAME", "functions to write (default: all that can be)"));
  }

  @Override
  public int run(Arguments arguments) {
    Path folder = Path.of(arguments.one("run folder", name()));
    Exporter exporter =
        Export.to(
            arguments
                .get("to")
                .orElseThrow(
                    () -> new UserException("juxta export: pass --to, for example --to onnx")));
    Path out =
        arguments
            .path("out")
            .orElseThrow(() -> new UserException("juxta export: pass --out, a new folder"));
    Set<String> functions = new LinkedHashSet<>(arguments.list("function"));
    try (ReopenedRun run =
        ReopenedRun.open(
            folder,
            Optional.empty(),
            List.of(),
            Overrides.NONE,
            registry,
            home.cache(),
            new DataProgress(terminal))) {
      stop.arm();
      if (!run.record().isDone()) {
        terminal.say("warning: the run is not finished; exporting " + run.checkpoint());
      }
      Exported subject =
          Export.subject(
              run.model(),
              run.setup(),
              Scoring.read(folder, run.data().fingerprint()),
              Juxta.version());
      Written written = Export.write(exporter, subject, functions, out);
      Export.remarks(written).forEach(terminal::say);
      written.files().forEach(file -> terminal.print("exported: " + file));
    }
    return Juxta.DONE;
  }
}
