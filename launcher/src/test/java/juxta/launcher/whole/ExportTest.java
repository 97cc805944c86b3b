package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained models as files, by the command line. */
class ExportTest {
  @TempDir static Path root;

  private static Shell shell;
  private static Path small;
  private static Path vit;

  @BeforeAll
  static void train() throws IOException {
    shell = Shell.in(root);
    small = root.resolve("small");
    vit = root.resolve("vit");
    String common =
        "train simclr --preset small --data shapes --set data.train-size=32 --set data.test-size=16"
            + " --set data.side=16 --batch 16 --epochs 1 --precision float32";
    done(shell.run(common + " --encoder resnet-small --set encoder.width=4 --out %s", small));
    done(shell.run(common + " --encoder vit-small --set encoder.depth=1 --out %s", vit));
    done(shell.run("evaluate %s --evaluators knn", vit));
  }

  private static void done(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void everyFunctionIsAFile() throws IOException {
    Path out = root.resolve("onnx");
    Outcome outcome = shell.run("export %s --to onnx --out %s", small, out);
    done(outcome);
    assertThat(outcome.out()).contains("exported: " + out.resolve("embed.onnx"));
    assertThat(names(out))
        .containsExactly(
            "denseMaps.onnx", "embed.onnx", "encode.onnx", "export.json", "featureMap.onnx");
    JsonNode json = json(out.resolve("export.json"));
    assertThat(json.path("format").asInt()).isEqualTo(1);
    assertThat(json.path("method").asText()).isEqualTo("simclr");
    assertThat(json.at("/functions/embed/file").asText()).isEqualTo("embed.onnx");
    assertThat(json.at("/functions/embed/inputs/0/shape").toString()).isEqualTo("[16,16,3]");
    assertThat(json.at("/functions/embed/outputs/0/shape").toString()).isEqualTo("[32]");
    assertThat(json.at("/pictures/height").asInt()).isEqualTo(16);
  }

  @Test
  void everyFunctionIsASignature() throws IOException {
    Path out = root.resolve("saved");
    done(shell.run("export %s --to savedmodel --function embed,encode --out %s", small, out));
    assertThat(names(out)).contains("export.json", "saved_model.pb");
    assertThat(json(out.resolve("export.json")).path("functions").fieldNames())
        .toIterable()
        .containsExactly("embed", "encode");
  }

  @Test
  void anEncoderThatTimmHasIsAFolderForTheHub() throws IOException {
    Path out = root.resolve("hub");
    Outcome outcome = shell.run("export %s --to hub --out %s", vit, out);
    done(outcome);
    assertThat(outcome.err()).doesNotContain("left out");
    assertThat(names(out))
        .containsExactly("README.md", "config.json", "export.json", "model.safetensors");
    JsonNode config = json(out.resolve("config.json"));
    assertThat(config.path("architecture").asText()).isEqualTo("vit_tiny_patch16_224");
    assertThat(config.path("num_features").asInt()).isEqualTo(96);
    assertThat(config.at("/pretrained_cfg/input_size").toString()).isEqualTo("[3,16,16]");
    assertThat(config.at("/pretrained_cfg/fixed_input_size").asBoolean()).isFalse();
    assertThat(config.at("/model_args/dynamic_img_size").asBoolean()).isTrue();
    assertThat(config.at("/pretrained_cfg/crop_pct").asDouble()).isEqualTo(1);
    assertThat(Files.readString(out.resolve("README.md")))
        .contains(
            "timm.create_model(\"vit_tiny_patch16_224\", num_classes=0, img_size=12, patch_size=4,"
                + " embed_dim=96, depth=1, num_heads=3, mlp_ratio=4.0, dynamic_img_size=True)")
        .contains("| knn | accuracy |");
    try (Safetensors weights = Safetensors.open(out.resolve("model.safetensors"))) {
      assertThat(weights.entries()).containsKeys("cls_token", "blocks.0.attn.qkv.weight");
      assertThat(weights.metadata())
          .containsEntry("format", "pt")
          .containsEntry("input_size", "3,16,16")
          .containsKeys("mean", "std", "interpolation", "crop_pct");
    }
  }

  @Test
  void theFileOfARunSaysWhatItsWeightsWantToSee() {
    try (Safetensors weights = Safetensors.open(small.resolve("encoder.safetensors"))) {
      assertThat(weights.metadata()).containsEntry("input_size", "3,16,16").containsKeys("mean");
    }
  }

  @Test
  void mistakesAreOneLineAndLeaveNothing() throws IOException {
    Path out = root.resolve("none");
    mistake("export " + root + "/absent --to onnx --out " + out, "absent holds no run");
    mistake("export " + small + " --out " + out, "pass --to, for example --to onnx");
    mistake("export " + small + " --to onnx", "pass --out, a new folder");
    mistake(
        "export " + small + " --to onxx --out " + out,
        "--to onxx: no such format; there are onnx, savedmodel, safetensors, hub");
    mistake(
        "export " + small + " --to onnx --function embedText --out " + out,
        "the model has no function 'embedText'; it has embed, encode, featureMap, denseMaps");
    mistake("export " + small + " --to hub --out " + out, "has no name in timm");
    mistake(
        "export " + small + " --to hub --function embed --out " + out,
        "function 'embed' cannot be exported: hub holds the encoder only");
    mistake("export " + small + " --to onnx --out " + small, "is not empty");
    mistake("export " + small + " --to onnx --out " + small + "/run.json", "is a file");
    assertThat(out).doesNotExist();
    assertThat(names(root)).noneMatch(name -> name.startsWith(".none"));
  }

  private static void mistake(String command, String line) {
    Outcome outcome = shell.run(command.replace("%", "%%"));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(line);
    assertThat(outcome.err().lines().filter(l -> l.startsWith("juxta"))).hasSize(1);
  }
}
