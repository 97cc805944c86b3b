package juxta.benchmarks.embed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.embed.Embedding;
import juxta.engine.embed.Shard;
import juxta.engine.embed.Target;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Export;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.TrainingRun;
import juxta.engine.train.Monitor;
import juxta.plugin.baselines.augmentations.SimclrViews;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.encoders.VitTiny;
import juxta.plugin.baselines.losses.NtXent;
import juxta.plugin.baselines.methods.Simclr;
import juxta.plugin.datasets.picture.ImageFolder;

/**
 * A run of SimCLR on a folder of pictures, and what is done with it.
 *
 * @param encoder id of the encoder
 * @param side side of the square that pictures are cut to
 * @param threads threads of one operation
 */
public record Subject(String encoder, int side, int threads) {
  /** Pictures that are trained on. */
  public static final int BATCH = 4;

  private static final String DATA = "image-folder:";

  private static Catalogue catalogue() {
    return Catalogue.of(
        List.of(
            new Simclr(),
            new ResNet18(),
            new VitTiny(),
            new SimclrViews(),
            new NtXent(),
            new ImageFolder()));
  }

  /**
   * Trains it for a step.
   *
   * @param pictures a folder of {@link #BATCH} pictures
   * @param cache what is kept of them
   * @param run the run's folder
   */
  public void train(Path pictures, Path cache, Path run) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("encoder", encoder);
    if (encoder.startsWith("resnet")) {
      values.put("encoder.stem", "imagenet");
    }
    values.put("augmentation.size", Integer.toString(side));
    values.put("data.side", Integer.toString(side));
    values.put("data.test-share", "0");
    values.put("batch", Integer.toString(BATCH));
    values.put("epochs", "1");
    Overrides given = Overrides.typed(values);
    String name = DATA + pictures;
    Catalogue catalogue = catalogue();
    try (Dataset data = new DataOpener(catalogue, cache).open(name, given, (what, share) -> {})) {
      Request request = new Request("simclr", name, Optional.empty(), List.of(), given);
      Choices choices = new Resolver(catalogue).resolve(request, DataSummary.of(data));
      new TrainingRun(catalogue, Monitor.SILENT, () -> false)
          .train(new TrainingRun.Job(choices, name, data, run, false, Optional.empty()));
    }
  }

  private ReopenedRun open(Path run, Optional<Path> pictures, Path cache) {
    return ReopenedRun.open(
        run,
        pictures.map(folder -> DATA + folder),
        List.of(),
        Overrides.typed(Map.of("threads", Integer.toString(threads))),
        catalogue(),
        cache,
        (what, share) -> {});
  }

  /**
   * Exports the run.
   *
   * @param run the run's folder
   * @param cache what is kept of its pictures
   * @param onnx gets the exported folder
   */
  public void export(Path run, Path cache, Path onnx) {
    try (ReopenedRun opened = open(run, Optional.empty(), cache)) {
      var subject = Export.subject(opened.model(), opened.setup(), List.of(), "benchmark");
      Export.write(Export.to("onnx"), subject, Set.of("embed"), onnx);
    }
  }

  /**
   * Embeds all pictures.
   *
   * @param run the run's folder
   * @param pictures a folder of pictures
   * @param cache what is kept of them
   * @param out where the embeddings go, as .npy
   */
  void embed(Path run, Path pictures, Path cache, Path out) {
    try (ReopenedRun opened = open(run, Optional.of(pictures), cache)) {
      Embedding.Wanted wanted = new Embedding.Wanted("embed", Optional.empty(), List.of());
      new Embedding(
              opened.model(),
              opened.choices(),
              opened.data(),
              wanted,
              Monitor.SILENT,
              line -> {},
              () -> false)
          .write(new Target(out, Shard.WHOLE), true);
    }
  }
}
