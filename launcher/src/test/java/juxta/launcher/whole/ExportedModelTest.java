package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import juxta.api.Settings;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.train.Evaluations;
import juxta.engine.train.Monitor;
import juxta.inference.Embedder;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.search.ModelEmbedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An exported model in a plain program gives of files what the run's own model gives of records.
 */
class ExportedModelTest {
  @TempDir Path root;

  /** A photograph that is to be turned a quarter, as a camera would say. */
  private static byte[] jpeg(Random random) throws IOException {
    BufferedImage image =
        new BufferedImage(
            40 + random.nextInt(30), 40 + random.nextInt(30), BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt(1 << 24);
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      image.setRGB(x, y, x > y ? colour : colour ^ 0x808080 + 2 * y);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    byte[] plain = out.toByteArray();
    int at = 4 + ((plain[4] & 0xFF) << 8 | plain[5] & 0xFF); // behind the first segment
    return ByteBuffer.allocate(plain.length + 36)
        .put(plain, 0, at)
        .putShort((short) 0xFFE1)
        .putShort((short) 34)
        .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 6)
        .putShort((short) 0)
        .putInt(0)
        .put(plain, at, plain.length - at)
        .array();
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static void done(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static ReopenedRun reopened(Shell shell, Path run) {
    Path home = shell.plugins().getParent();
    return ReopenedRun.open(
        run,
        Optional.empty(),
        List.of(),
        Overrides.NONE,
        PluginRegistry.load(shell.plugins(), home.resolve("plugins.lock")),
        home.resolve("cache"),
        (what, share) -> {});
  }

  private static ModelEmbedder own(ReopenedRun run) {
    return new ModelEmbedder(
        "own",
        new Evaluations(
                run.model(),
                run.setup(),
                run.folder(),
                run.choices().placement(),
                Monitor.SILENT,
                () -> false)
            .with(Settings.DEFAULTS));
  }

  @Test
  void picturesFromTheirFiles() throws IOException {
    Shell shell = Shell.in(root);
    Random random = new Random(7);
    List<Path> files = new ArrayList<>();
    for (String name : List.of("ant", "bee")) {
      Path folder = Files.createDirectories(root.resolve("photos").resolve(name));
      for (int i = 0; i < 8; i++) {
        files.add(Files.write(folder.resolve(i + ".jpg"), jpeg(random)));
      }
    }
    Path run = root.resolve("run");
    done(
        shell.run(
            "train simclr --preset small --data image-folder:%s --set data.side=32"
                + " --set data.orientation=exif --set data.test-share=0 --encoder resnet-small"
                + " --set encoder.width=4 --batch 8 --epochs 2 --precision float32 --out %s",
            root.resolve("photos"), run));
    Path exported = root.resolve("exported");
    done(shell.run("export %s --to onnx --out %s", run, exported));
    try (ReopenedRun reopened = reopened(shell, run);
        Embedder model = Embedder.open(exported)) {
      ModelEmbedder own = own(reopened);
      List<float[]> found = model.embed(files);
      for (int i = 0; i < files.size(); i++) {
        float[] expected =
            own.images(List.of(Map.of("image", reopened.data().train().value("image", i)))).row(0);
        assertThat(found.get(i)).hasSize(expected.length).hasSize(model.width());
        assertThat(cosine(found.get(i), expected)).isGreaterThan(0.9999);
      }
      // read in another way they are something else, so the numbers above mean something
      Path description = exported.resolve("export.json");
      String json = Files.readString(description);
      assertThat(json).contains("\"exif\"");
      Files.writeString(description, json.replace("\"exif\"", "\"stored\""));
      try (Embedder lying = Embedder.open(exported)) {
        assertThat(cosine(lying.embed(files.get(0)), found.get(0))).isLessThan(0.9999);
      }
    }
  }

  @Test
  void texts() {
    Shell shell = Shell.in(root);
    Path run = root.resolve("run");
    done(
        shell.run(
            "train claires --preset small --data dental --set data.size=32 --set data.train-size=24"
                + " --encoder conv-small --set encoder.width=4 --set text-layers=1"
                + " --set text-width=16 --set text-heads=2 --set text-hidden=32"
                + " --set data.test-size=8 --batch 8 --epochs 1 --precision float32 --out %s",
            run));
    Path exported = root.resolve("exported");
    done(shell.run("export %s --to onnx --out %s", run, exported));
    try (ReopenedRun reopened = reopened(shell, run);
        Embedder model = Embedder.open(exported)) {
      ModelEmbedder own = own(reopened);
      for (String text : List.of("Female patient with gingivitis.", "xyzzy, male", "")) {
        assertThat(cosine(model.embedText(text), own.text(text))).isGreaterThan(0.9999);
      }
    }
  }
}
