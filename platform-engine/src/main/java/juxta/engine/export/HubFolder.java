package juxta.engine.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.Architecture;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.TestTransform;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.FunctionsGraph;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;
import juxta.toolkit.io.Safetensors;

/**
 * The encoder as people upload it to Hugging Face: {@code model.safetensors} and {@code
 * config.json} as timm reads them, and {@code README.md}, a model card.
 */
public final class HubFolder implements Exporter {
  private static final String WEIGHTS = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String CARD = "README.md";
  private static final String DYNAMIC = "dynamic_img_size";

  /** An exporter, which holds nothing. */
  public HubFolder() {}

  @Override
  public String format() {
    return "hub";
  }

  @Override
  public Set<String> usual(FrozenModel model) {
    return EncoderFile.encode(model);
  }

  @Override
  public Written write(Exported subject, Set<String> functions, Path folder) {
    Map<String, String> leftOut =
        functions.stream()
            .filter(function -> !function.equals(ModelFunction.ENCODE))
            .collect(
                Collectors.toMap(
                    f -> f, f -> "hub holds the encoder only", (a, b) -> a, TreeMap::new));
    if (!functions.contains(ModelFunction.ENCODE)) {
      return new Written(List.of(), Map.of(), leftOut);
    }
    Architecture architecture =
        subject
            .architecture()
            .orElseThrow(
                () ->
                    new UserException(
                        "encoder '"
                            + subject.encoder()
                            + "', as it is set, has no name in timm; use --to onnx, or --to"
                            + " safetensors for the weights alone"));
    TestTransform seen =
        subject
            .transform()
            .orElseThrow(
                () ->
                    new UserException(
                        "the augmentation of this run does not say what its test views are; use"
                            + " --to onnx, or --to safetensors for the weights alone"));
    Map<String, Value> weights = EncoderFile.weights(subject);
    Safetensors.writeValues(folder.resolve(WEIGHTS), weights, EncoderFile.metadata(subject));
    Json.write(folder.resolve(CONFIG), config(subject, architecture, seen));
    AtomicFile.write(folder.resolve(CARD), card(subject, architecture, seen));
    return new Written(
        List.of(folder.resolve(WEIGHTS), folder.resolve(CONFIG), folder.resolve(CARD)),
        Map.of(),
        leftOut);
  }

  private static Map<String, Object> config(
      Exported subject, Architecture architecture, TestTransform seen) {
    Map<String, Object> pretrained = new LinkedHashMap<>();
    pretrained.put("tag", subject.method() + "_" + subject.data());
    pretrained.put("custom_load", false);
    pretrained.put("input_size", List.of(seen.mean().size(), seen.side(), seen.side()));
    Map<String, Object> arguments = arguments(architecture, seen);
    pretrained.put(
        "fixed_input_size",
        architecture.timm().startsWith("vit") && !arguments.containsKey(DYNAMIC));
    pretrained.put("interpolation", seen.interpolation());
    pretrained.put("crop_pct", seen.crop());
    pretrained.put("crop_mode", "center");
    pretrained.put("mean", seen.mean());
    pretrained.put("std", seen.deviation());
    pretrained.put("num_classes", 0);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architecture", architecture.timm());
    config.put("num_classes", 0);
    config.put("num_features", width(subject));
    config.put("global_pool", architecture.timm().startsWith("vit") ? "token" : "avg");
    if (!arguments.isEmpty()) {
      config.put("model_args", arguments);
    }
    config.put("pretrained_cfg", pretrained);
    return config;
  }

  /**
   * What timm makes the network with. A vision transformer that is shown larger images than it
   * learned from has its positions interpolated, there as here.
   */
  private static Map<String, Object> arguments(Architecture architecture, TestTransform seen) {
    Map<String, Object> arguments = new LinkedHashMap<>(architecture.arguments());
    if (arguments.get("img_size") instanceof Number learned && learned.longValue() != seen.side()) {
      arguments.put(DYNAMIC, true);
    }
    return arguments;
  }

  private static long width(Exported subject) {
    try (FunctionsGraph graph = subject.open(ModelFunction.ENCODE)) {
      return graph
          .functions()
          .get(ModelFunction.ENCODE)
          .outputs()
          .get(ModelFunction.EMBEDDING)
          .shape()
          .get(1);
    }
  }

  private static String card(Exported subject, Architecture architecture, TestTransform seen) {
    StringBuilder card = new StringBuilder();
    card.append(
            "---\nlibrary_name: timm\ntags:\n- image-feature-extraction\n- contrastive-learning\n")
        .append("- ")
        .append(subject.method())
        .append("\n---\n\n# ")
        .append(subject.encoder())
        .append(" by ")
        .append(subject.method())
        .append("\n\nAn encoder of images without a classifier, trained by ")
        .append(subject.paper().map(HubFolder::cited).orElse("`" + subject.method() + "`"))
        .append(" on the data set `")
        .append(subject.data())
        .append("`")
        .append(
            subject.classes().isEmpty()
                ? ""
                : " ("
                    + subject.classes().size()
                    + " classes, which may or may not have been used)")
        .append(" with Juxta ")
        .append(subject.version())
        .append(
            ".\nThe licence of the data, and with it what the weights may be used for, is not known to the"
                + " program that wrote this card: add it.\n");
    card.append("\n## Scores\n\n");
    if (subject.scores().isEmpty()) {
      card.append("None were recorded.\n");
    } else {
      card.append("| evaluator | metric | value | protocol |\n|---|---|---|---|\n");
      for (Exported.Scored scored : subject.scores()) {
        Score score = scored.score();
        card.append("| ")
            .append(scored.evaluator())
            .append(" | ")
            .append(score.metric())
            .append(" | ")
            .append(score.value())
            .append(" | ")
            .append(
                new TreeMap<>(score.protocol())
                    .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))
                        .replace("|", "\\|"))
            .append(" |\n");
      }
    }
    card.append("\n## In Python\n\n```python\n").append(python(architecture, seen)).append("```\n");
    card.append(
        """

        ## In Java

        Export the run with `--to onnx` and open that folder with `juxta.inference`:

        ```java
        try (var model = Embedder.open(Path.of("exported"))) {
          float[] vector = model.embed(Path.of("photo.jpg"));
        }
        ```
        """);
    return card.toString();
  }

  private static String cited(Reference paper) {
    return "["
        + paper.title()
        + "]("
        + paper.url()
        + ") ("
        + paper.authors()
        + ", "
        + paper.year()
        + ")";
  }

  private static String python(Architecture architecture, TestTransform seen) {
    String arguments =
        arguments(architecture, seen).entrySet().stream()
            .map(entry -> ", " + entry.getKey() + "=" + python(entry.getValue()))
            .collect(Collectors.joining());
    int resized = (int) Math.round(seen.side() / seen.crop());
    return "import timm, torch\nfrom safetensors.torch import load_file\nfrom torchvision import"
        + " transforms as T\n\nmodel = timm.create_model(\""
        + architecture.timm()
        + "\", num_classes=0"
        + arguments
        + ")\n"
        + (architecture.changes().isEmpty() ? "" : architecture.changes() + "\n")
        + "model.load_state_dict(load_file(\""
        + WEIGHTS
        + "\"))\nmodel.eval()\nprepare = T.Compose([\n    T.Resize("
        + resized
        + ", T.InterpolationMode."
        + seen.interpolation().toUpperCase(java.util.Locale.ROOT)
        + "), T.CenterCrop("
        + seen.side()
        + "), T.ToTensor(),\n    T.Normalize("
        + seen.mean()
        + ", "
        + seen.deviation()
        + ")])\n";
  }

  private static String python(Object value) {
    return value instanceof Boolean yes ? (yes ? "True" : "False") : String.valueOf(value);
  }
}
