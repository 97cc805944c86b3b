package juxta.plugin.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import juxta.plugin.datasets.cifar.Cifar10;
import juxta.plugin.datasets.generated.Dental;
import juxta.plugin.datasets.generated.Shapes;
import juxta.plugin.datasets.generated.Shapes3d;
import juxta.plugin.datasets.instance.Instances;
import juxta.plugin.datasets.instance.Revisited;
import juxta.plugin.datasets.mask.ImagesWithMasks;
import juxta.plugin.datasets.medmnist.MedMnist;
import juxta.plugin.datasets.picture.FashionMnist;
import juxta.plugin.datasets.picture.ImageFolder;
import juxta.plugin.datasets.text.ImageText;
import juxta.plugin.datasets.volume.Scans;
import juxta.plugin.datasets.volume.Volumes;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
  @TempDir Path folder;

  /** Fashion-MNIST would be downloaded, and many pictures take longer to draw than they tell. */
  @TestFactory
  Stream<DynamicTest> contract() {
    return Stream.concat(
        PluginContract.ofModule(
            Shapes.class.getModule(),
            component ->
                !(component instanceof FashionMnist
                    || component instanceof Shapes
                    || component instanceof Shapes3d
                    || component instanceof Dental)),
        PluginContract.described(new FashionMnist(), new Shapes(), new Shapes3d(), new Dental()));
  }

  @TestFactory
  Stream<DynamicTest> shapes() {
    return PluginContract.data(new Shapes(), Map.of("train-size", "64", "test-size", "32"));
  }

  @TestFactory
  Stream<DynamicTest> shapes3d() {
    return PluginContract.data(
        new Shapes3d(), Map.of("train-size", "5", "side", "16", "labelled", "2"));
  }

  @TestFactory
  Stream<DynamicTest> dental() {
    return PluginContract.data(
        new Dental(),
        Map.of("train-size", "20", "validation-size", "5", "test-size", "9", "size", "32"));
  }

  @TestFactory
  Stream<DynamicTest> imageText() {
    StringBuilder csv = new StringBuilder("image,diagnosis,age,sex,patient\n");
    for (int i = 0; i < 30; i++) {
      Drawn.png(folder.resolve(i + ".png"), 5, 4, i);
      csv.append("%d.png,caries,%d,m,%d\n".formatted(i, 20 + i, i));
    }
    Bytes.write(folder.resolve("films.csv"), csv.toString().getBytes());
    return PluginContract.data(new ImageText(), folder, Map.of("size", "8"));
  }

  @TestFactory
  Stream<DynamicTest> volumes() {
    for (int i = 0; i < 4; i++) {
      Scans.hdf5(folder.resolve("c" + i + "/scan.h5"), Scans.random(5 + i, 6, 7, i));
    }
    return PluginContract.data(
        new Volumes(), folder, Map.of("labelled", "1", "crop-margin", "1", "spacing", "0.7"));
  }

  @TestFactory
  Stream<DynamicTest> imageFolder() {
    for (int i = 0; i < 5; i++) {
      Drawn.png(folder.resolve("ant/" + i + ".png"), 4, 3, i);
      Drawn.png(folder.resolve("cat/" + i + ".png"), 4, 3, 100 + i);
    }
    return PluginContract.data(new ImageFolder(), folder, Map.of("test-share", "0.4"));
  }

  @TestFactory
  Stream<DynamicTest> instances() {
    for (int i = 0; i < 8; i++) {
      Drawn.png(folder.resolve("o" + i % 4 + "__" + i + ".png"), 5 + i, 6, i);
    }
    return PluginContract.data(new Instances(), folder, Map.of("size", "8"));
  }

  @TestFactory
  Stream<DynamicTest> imagesWithMasks() {
    for (int i = 0; i < 8; i++) {
      Drawn.png(folder.resolve("images/a" + i / 2 + "_" + i + ".png"), 9, 6, i);
      Masks.grey(folder.resolve("masks/a" + i / 2 + "_" + i + ".png"), 9, 6, (x, y) -> x % 3);
    }
    return PluginContract.data(new ImagesWithMasks(), folder, Map.of("tile", "4"));
  }

  @TestFactory
  Stream<DynamicTest> revisited() {
    for (int i = 0; i < 3; i++) {
      Drawn.png(folder.resolve("jpg/" + i + ".png"), 5 + i, 6, i);
    }
    String truth =
        "{\"imlist\": [\"0\", \"1\"], \"qimlist\": [\"2\"],"
            + " \"gnd\": [{\"easy\": [0], \"hard\": [1], \"junk\": []}]}";
    Bytes.write(folder.resolve("gnd.json"), truth.getBytes());
    return PluginContract.data(new Revisited(), folder, Map.of("size", "8"));
  }

  @TestFactory
  Stream<DynamicTest> medMnist() {
    Path file = folder.resolve("pneumoniamnist.npz");
    NumpyFiles.medMnist(file, 5, 6, 1);
    return PluginContract.data(new MedMnist(), file, Map.of());
  }

  @TestFactory
  Stream<DynamicTest> cifar10() {
    byte[] record = Bytes.random(3073, 1);
    record[0] = 9;
    Bytes.write(folder.resolve("data_batch_1.bin"), Bytes.join(record, record));
    Bytes.write(folder.resolve("test_batch.bin"), record);
    return PluginContract.data(new Cifar10(), folder, Map.of());
  }
}
