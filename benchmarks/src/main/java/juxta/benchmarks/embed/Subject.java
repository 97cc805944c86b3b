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
import juxta.engine.run.InitialWeights;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSetup;
import juxta.engine.run.StartingModel;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Monitor;
import juxta.plugin.baselines.augmentations.SimclrViews;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.encoders.VitTiny;
import juxta.plugin.baselines.losses.NtXent;
import juxta.plugin.baselines.methods.Simclr;
import juxta.plugin.datasets.picture.ImageFolder;

/**
 * An encoder and a folder of pictures for it, as {@code juxta embed --encoder} has them.
 *
 * @param encoder id of the encoder
 * @param side side of the square that pictures are cut to
 * @param threads threads of one operation
 */
public record Subject(String encoder, int side, int threads) {
  private static final String METHOD = "simclr";

  private record Opened(Dataset data, RunSetup setup, Choices choices) implements AutoCloseable {
    @Override
    public void close() {
      data.close();
    }
  }

  private Opened open(Path pictures, Path cache) {
    Catalogue catalogue =
        Catalogue.of(
            List.of(
                new Simclr(),
                new ResNet18(),
                new VitTiny(),
                new SimclrViews(),
                new NtXent(),
                new ImageFolder()));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("encoder", encoder);
    if (encoder.startsWith("resnet")) {
      values.put("encoder.stem", "imagenet");
    }
    values.put("augmentation.size", Integer.toString(side));
    values.put("data.side", Integer.toString(side));
    values.put("data.test-share", "0");
    values.put("batch", "1");
    values.put("epochs", "1");
    values.put("threads", Integer.toString(threads));
    Overrides given = Overrides.typed(values);
    String name = "image-folder:" + pictures;
    Dataset data = new DataOpener(catalogue, cache).open(name, given, (what, share) -> {});
    Request request = new Request(METHOD, name, Optional.empty(), List.of(), given);
    Choices choices = new Resolver(catalogue).resolve(request, DataSummary.of(data));
    return new Opened(data, new RunSetup(choices, data, cache), choices);
  }

  /**
   * Writes the encoder with random weights, for both contenders.
   *
   * @param pictures a folder of pictures
   * @param cache what is kept of it
   * @param onnx gets the exported folder
   * @param weights gets the folder with {@code encoder.safetensors}
   */
  public void export(Path pictures, Path cache, Path onnx, Path weights) {
    try (Opened opened = open(pictures, cache)) {
      FrozenModel model = StartingModel.of(opened.setup(), Optional.empty());
      var subject = Export.subject(model, opened.setup(), List.of(), "benchmark");
      Export.write(Export.to("safetensors"), subject, Set.of(), weights);
    }
    try (Opened opened = open(pictures, cache)) {
      var subject = Export.subject(model(opened, weights), opened.setup(), List.of(), "benchmark");
      Export.write(Export.to("onnx"), subject, Set.of("embed"), onnx);
    }
  }

  /**
   * Embeds all pictures.
   *
   * @param pictures a folder of pictures
   * @param cache what is kept of it
   * @param weights the folder with the weights
   * @param out where the embeddings go, as .npy
   */
  void embed(Path pictures, Path cache, Path weights, Path out) {
    try (Opened opened = open(pictures, cache)) {
      Embedding.Wanted wanted = new Embedding.Wanted("embed", Optional.empty(), List.of());
      new Embedding(
              model(opened, weights),
              opened.choices(),
              opened.data(),
              wanted,
              Monitor.SILENT,
              line -> {},
              () -> false)
          .write(new Target(out, Shard.WHOLE), true);
    }
  }

  private static FrozenModel model(Opened opened, Path weights) {
    Path file = weights.resolve("encoder.safetensors");
    return StartingModel.of(
        opened.setup(), Optional.of(InitialWeights.read(file, opened.setup(), METHOD)));
  }
}
