package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example, as a plain program on the class path. */
class ExampleTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "inference");

  @TempDir Path temp;

  private Path picture(int number) throws IOException {
    BufferedImage image = new BufferedImage(20, 12, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(number);
    for (int i = 0; i < 240; i++) {
      image.setRGB(i % 20, i / 20, random.nextInt(1 << 24));
    }
    Path file = temp.resolve(number + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void findsTheSamePicture() throws IOException, InterruptedException {
    Path folder = Folders.pictures(temp.resolve("model"));
    StringBuilder table = new StringBuilder("row,split,id,label\n");
    ByteBuffer numbers = ByteBuffer.allocate(6 * 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
    try (Embedder model = Embedder.open(folder)) {
      for (int i = 0; i < 6; i++) {
        for (float number : model.embed(picture(i))) {
          numbers.putFloat(number);
        }
        table.append(i).append(",train,").append(i).append(".png,ant\n");
      }
    }
    String header = "{\"embedding\":{\"dtype\":\"F32\",\"shape\":[6,4],\"data_offsets\":[0,96]}}";
    ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    file.put(numbers.flip()).flip();
    Path embeddings = temp.resolve("photos.safetensors");
    Files.write(embeddings, java.util.Arrays.copyOf(file.array(), file.limit()));
    Files.writeString(temp.resolve("photos.csv"), table);

    String path =
        String.join(
            File.pathSeparator,
            System.getProperty("java.class.path"),
            System.getProperty("jdk.module.path"));
    Path classes = temp.resolve("classes");
    Path source = EXAMPLE.resolve("src/example/Similar.java");
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-cp", path, "-d", classes + "", source + "");
    assertThat(compiled).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> words =
        Stream.of(
                java,
                "-cp",
                // as long as those of large programs, which ONNX Runtime 1.29 crashes at
                classes
                    + File.pathSeparator
                    + path
                    + (File.pathSeparator + "not-there").repeat(900),
                "example.Similar",
                folder,
                embeddings,
                temp.resolve("4.png"))
            .map(Object::toString)
            .toList();
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("1[.,]000 4\\.png ant");
  }

  @Test
  void itsProjectHasTheVersionsOfThisOne() throws IOException {
    String own = Files.readString(Path.of("pom.xml"));
    String version = own.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    assertThat(Files.readString(EXAMPLE.resolve("pom.xml")))
        .contains("<juxta.version>" + version + "<", "<artifactId>platform-bom<");
  }
}
