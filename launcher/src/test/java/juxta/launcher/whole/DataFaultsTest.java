package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that are absent, cut off or not what they claim to be, by file and offset. */
class DataFaultsTest {
  private static final int CIFAR_RECORD = 3073;

  @TempDir Path root;

  private Shell shell;
  private Path data;

  @BeforeEach
  void install() throws IOException {
    shell = Shell.in(root);
    data = Files.createDirectories(root.resolve("data"));
  }

  @Test
  void folderIsAbsent() {
    refused("cifar10:" + root.resolve("nowhere"), "there is no folder", "--data cifar10:/path");
  }

  @Test
  void folderIsEmpty() {
    refused("cifar10:" + data, "holds no test_batch.bin", "--data cifar10:/path");
    refused("mnist:" + data, "train-images", "--data mnist:/path");
    refused("image-folder:" + data, "holds no folders", "--data image-folder:/path");
  }

  @Test
  void cifarFileIsCutOff() throws IOException {
    Files.write(data.resolve("data_batch_1.bin"), new byte[3 * CIFAR_RECORD - 100]);
    Files.write(data.resolve("test_batch.bin"), new byte[CIFAR_RECORD]);
    refused("cifar10:" + data, "data_batch_1.bin", "9119", "download it again");
  }

  @Test
  void idxFileIsCutOff() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 2 * 784 - 1);
    images.putInt(0x803).putInt(2).putInt(28).putInt(28);
    Files.write(data.resolve("train-images-idx3-ubyte"), images.array());
    refused("mnist:" + data, "train-images-idx3-ubyte", "ends at offset 1583", "download it again");
  }

  @Test
  void pictureIsNone() throws IOException {
    picture("train/cat/1.bmp", 8);
    Files.writeString(data.resolve("train/cat/2.png"), "<html>404</html>");
    picture("test/cat/1.bmp", 8);
    refused("image-folder:" + data, "2.png");
  }

  @Test
  void picturesDifferInSize() throws IOException {
    picture("train/cat/1.bmp", 8);
    picture("train/cat/2.bmp", 16);
    picture("test/cat/1.bmp", 8);
    refused("image-folder:" + data, "1.bmp", "2.bmp", "16", "--set data.side=N");
  }

  private void picture(String name, int side) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    int header = 54;
    int pixels = 3 * side * side; // rows of 8 and of 16 pixels need no padding
    ByteBuffer bmp = ByteBuffer.allocate(header + pixels).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(header + pixels).putInt(0).putInt(header);
    bmp.putInt(40).putInt(side).putInt(side).putShort((short) 1).putShort((short) 24);
    Files.write(file, bmp.array());
  }

  private void refused(String name, String... words) {
    Path out = root.resolve("out");
    Outcome outcome = shell.run("train simclr --preset small --data %s --out %s", name, out);
    assertThat(outcome.errLines()).singleElement().asString().startsWith("juxta: ").contains(words);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }
}
