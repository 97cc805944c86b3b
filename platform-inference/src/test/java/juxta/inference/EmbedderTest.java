package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import juxta.picture.GreyWindow;
import juxta.picture.Picture;
import juxta.picture.PictureDecoder;
import juxta.picture.UndecodableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {
  @TempDir Path temp;

  private static BufferedImage image(int width, int height, int seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  private Path file(String name, int width, int height, int seed) throws IOException {
    String format = name.substring(name.lastIndexOf('.') + 1);
    return Files.write(temp.resolve(name), encoded(image(width, height, seed), format));
  }

  /** The product with the weights that embed.onnx holds, by hand. */
  private static float[] expected(Path file) throws IOException, UndecodableException {
    byte[] pixels =
        Picture.of(PictureDecoder.FILES.decode(Files.readAllBytes(file)), GreyWindow.FULL)
            .squared(8)
            .rgb();
    float[] vector = new float[4];
    for (int j = 0; j < 4; j++) {
      for (int i = 0; i < 192; i++) {
        vector[j] += (pixels[i] & 0xFF) * ((i * 5 + j * 3) % 7 - 3) / 8f;
      }
    }
    return vector;
  }

  private static void same(float[] found, float[] expected) {
    assertThat(found).containsExactly(expected, within(0.01f));
  }

  @Test
  void embedsFilesBytesAndImages() throws Exception {
    Path jpeg = file("a.jpg", 31, 17, 1);
    Path png = file("b.png", 9, 22, 2);
    try (Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")))) {
      assertThat(model.functions()).containsExactly("embed", "segment");
      assertThat(model.width()).isEqualTo(4);
      same(model.embed(jpeg), expected(jpeg));
      same(model.embed(png), expected(png));
      same(model.embed(Files.readAllBytes(png)), expected(png));
      same(model.embed(image(9, 22, 2)), expected(png));
    }
  }

  @Test
  void listsGoInBatchesAndKeepTheirOrder() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      files.add(file(i + ".png", 8 + i, 9, i));
    }
    Options three = Options.DEFAULTS.batch(3).threads(1);
    try (Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")), three)) {
      List<float[]> all = model.embed(files);
      assertThat(all).hasSize(7);
      for (int i = 0; i < 7; i++) {
        same(all.get(i), expected(files.get(i)));
      }
      assertThat(model.embed(List.of())).isEmpty();
    }
  }

  @Test
  void picturesOfAnySizeKeepTheirs() throws IOException {
    String form =
        "\"pictures\": {\"height\": -1, \"width\": -1, \"channels\": 3, \"fit\": \"within\","
            + " \"longest\": 20, \"window\": \"full\", \"orientation\": \"stored\"}";
    Path folder = Folders.write(temp.resolve("m"), Folders.json(form, Folders.any()));
    List<Path> files =
        List.of(file("a.png", 5, 9, 1), file("b.png", 9, 5, 2), file("c.png", 5, 9, 3));
    try (Embedder model = Embedder.open(folder)) {
      List<float[]> all = model.embed(files);
      for (int i = 0; i < 3; i++) {
        BufferedImage image = ImageIO.read(files.get(i).toFile());
        double red = 0;
        for (int at = 0; at < 45; at++) {
          red += image.getRGB(at % image.getWidth(), at / image.getWidth()) >> 16 & 0xFF;
        }
        assertThat(all.get(i)).hasSize(3);
        assertThat(all.get(i)[0]).isCloseTo((float) (red / 45), within(0.01f));
      }
    }
  }

  @Test
  void runsAnyFunctionOnVolumes() {
    try (Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")))) {
      float[] scan = new float[2 * 3 * 4];
      for (int i = 0; i < scan.length; i++) {
        scan[i] = i - 5.5f;
      }
      Tensor out =
          model.run("segment", Map.of("image", Tensor.of(scan, 1, 2, 3, 4, 1))).get("image");
      assertThat(out.shape()).containsExactly(1L, 2L, 3L, 4L, 1L);
      assertThat(out.floats()[3]).isEqualTo(-5f);
      assertThat(out.rows()).hasSize(1);
      assertThatThrownBy(() -> model.run("segment", Map.of("image", Tensor.of(scan, 2, 3, 4))))
          .isInstanceOf(InferenceException.class)
          .hasMessage(
              "function 'segment' takes image as FLOAT32 [N, any, any, any, 1] of one or more"
                  + " records, not FLOAT32 [2, 3, 4]");
      assertThatThrownBy(() -> model.run("segment", Map.of("mask", Tensor.of(scan, 24))))
          .hasMessage("function 'segment' takes [image], not [mask]");
      assertThatThrownBy(() -> model.run("assign", Map.of()))
          .hasMessageEndingWith("the model has no function 'assign'; it has embed, segment");
      assertThatThrownBy(
              () -> model.run("embed", Map.of("image", Tensor.of(new byte[0], 0, 8, 8, 3))))
          .hasMessageContaining("of one or more records");
    }
  }

  @Test
  void manyThreadsShareAModel() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      files.add(file(i + ".png", 12, 10, i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")))) {
      List<Callable<float[]>> calls =
          IntStream.range(0, 80)
              .<Callable<float[]>>mapToObj(i -> () -> model.embed(files.get(i % 8)))
              .toList();
      List<Future<float[]>> found = threads.invokeAll(calls);
      for (int i = 0; i < 80; i++) {
        same(found.get(i).get(), expected(files.get(i % 8)));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closingWaitsForCallsAndLaterOnesAreTold() throws Exception {
    Path picture = file("a.png", 9, 9, 1);
    Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")));
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        runs.add(threads.submit(() -> model.embed(picture)));
      }
      model.close();
      model.close();
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
        }
      }
      assertThatThrownBy(() -> model.embed(picture)).hasMessageEndingWith("the model was closed");
    } finally {
      threads.shutdown();
    }
  }

  private static void refused(Path folder, String message) {
    assertThatThrownBy(() -> Embedder.open(folder).close())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith(folder + ""));
  }

  @Test
  void whatIsWrongWithAFolderIsSaidInALine() throws IOException {
    refused(temp.resolve("none"), "there is no such folder");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    refused(empty, "holds no export.json; name the folder that 'juxta export' wrote");
    Path folder = Folders.pictures(temp.resolve("m"));
    Files.writeString(folder.resolve("embed.onnx"), "no graph");
    refused(folder, "embed.onnx: cannot be opened as ONNX (");
    Files.delete(folder.resolve("embed.onnx"));
    refused(folder, "embed.onnx: is missing; copy the whole folder, or export again");
    for (String[] bad :
        new String[][] {
          {"{\"format\": 2, \"to\": \"onnx\"}", "was made by a newer version (format 2,"},
          {"{\"format\": 1, \"to\": \"savedmodel\"}", "holds a model for savedmodel; export it"},
          {"{\"format\": 1, \"to\": \"onnx\"}", "is damaged ('functions' is missing)"},
          {"{\"to\": \"onnx\"}", "is damaged ('format' is missing)"},
          {"{\"format\": 1,", "is damaged ("},
          {"[]", "is damaged (no JSON object)"},
          {"{\"format\": 1, \"to\": \"onnx\", \"functions\": 3}", "is damaged ("},
          {Folders.json("", Folders.embed().replace("embed.onnx", "../x.onnx")), "is no file of"},
          {Folders.json("\"pictures\": {\"height\": 8}", Folders.segment()), "is damaged ('"},
          {Folders.json("", Folders.segment().replace("float32", "float9")), "is damaged ("}
        }) {
      Files.writeString(folder.resolve("export.json"), bad[0]);
      refused(folder, bad[1]);
    }
  }

  @Test
  void whatIsNoPictureIsNamed() throws IOException {
    Path text = Files.writeString(temp.resolve("a.txt"), "hello");
    try (Embedder model = Embedder.open(Folders.pictures(temp.resolve("m")))) {
      assertThatThrownBy(() -> model.embed(text))
          .isInstanceOf(InferenceException.class)
          .hasMessage(text + ": is no readable picture (no PNG, JPEG, BMP, GIF or TIFF)");
      assertThatThrownBy(() -> model.embed(List.of(file("b.png", 3, 3, 1), text)))
          .hasMessageStartingWith(text + ": is no readable picture");
      assertThatThrownBy(() -> model.embed(temp.resolve("none.png")))
          .hasMessage(temp.resolve("none.png") + ": there is no such file");
      assertThatThrownBy(() -> model.embed(new byte[3]))
          .hasMessageStartingWith("the bytes: is no readable picture");
    }
  }

  @Test
  void modelsWithoutPicturesSaySo() {
    Path folder = Folders.write(temp.resolve("m"), Folders.json("", Folders.segment()));
    try (Embedder model = Embedder.open(folder)) {
      assertThatThrownBy(() -> model.embed(image(3, 3, 1)))
          .hasMessage(folder + ": the model has no function 'embed'; it has segment");
      assertThatThrownBy(model::width).hasMessageContaining("no function 'embed'");
      assertThatThrownBy(() -> model.embedText("a")).hasMessageContaining("'embedText'");
    }
    Path bare = Folders.write(temp.resolve("bare"), Folders.json("", Folders.embed()));
    try (Embedder model = Embedder.open(bare)) {
      assertThatThrownBy(() -> model.embed(image(3, 3, 1)))
          .hasMessage(bare + ": the model embeds [image], not pictures; call run");
    }
  }

  @Test
  void optionsAndTensorsCheckTheirNumbers() {
    assertThatThrownBy(() -> new Options(-1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Options(0, 0)).hasMessageContaining("1 or more");
    assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2)).hasMessageContaining("12 bytes");
    assertThatThrownBy(() -> Tensor.of(new int[4], 2, 2).floats())
        .isInstanceOf(IllegalStateException.class);
    assertThat(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).rows().get(1)).containsExactly(3, 4);
  }
}
