package juxta.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import juxta.benchmarks.claims.Rows;
import juxta.benchmarks.claims.Scores;
import juxta.benchmarks.claims.Verdicts;
import juxta.benchmarks.data.FolderReading;
import juxta.plugin.datasets.picture.ImageFolder;

/** Runs one comparison; {@code benchmarks/run} starts it. */
public final class Main {
  private static final String USAGE =
      "usage: benchmarks/run step-overhead|peer-step|precision|guided-step|device-steps|folder-reading|folder-training|inference"
          + " [--network resnet18|vit|vnet] [--batch N] [--side N] [--steps N] [--warmup N]"
          + " [--threads N] [--images N] [--csv]\n   or: benchmarks/run scores METRIC,METRIC AGAINST FILE..."
          + "\n   or: benchmarks/run verdicts [PICTURE.svg]\n   or: benchmarks/run rows FOLDER";

  private Main() {}

  /**
   * Runs one comparison.
   *
   * @param args its name and options
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      if (args[0].equals("scores")) {
        Scores.run(List.of(args).subList(1, args.length));
        return;
      }
      if (args[0].equals("verdicts")) {
        Verdicts.run(List.of(args).subList(1, args.length));
        return;
      }
      if (args[0].equals("rows")) {
        Rows.run(List.of(args).subList(1, args.length));
        return;
      }
      Options options =
          Options.parse(
              List.of(args).subList(1, args.length),
              args[0].equals("inference") ? Options.INFERENCE : Options.DEFAULTS);
      switch (args[0]) {
        case "step-overhead" -> StepOverhead.run(options);
        case "peer-step" -> PeerStep.run(options);
        case "precision" -> PrecisionSteps.run(options);
        case "guided-step" -> GuidedStep.run(options);
        case "device-steps" -> DeviceSteps.run(options);
        case "folder-reading" ->
            FolderReading.run(
                new ImageFolder(), options.images(), Path.of(System.getProperty("java.io.tmpdir")));
        case "folder-training" -> FolderTraining.run(options);
        case "inference" -> Inference.run(options);
        default -> throw new IllegalArgumentException("no comparison '" + args[0] + "'");
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
    }
  }
}
