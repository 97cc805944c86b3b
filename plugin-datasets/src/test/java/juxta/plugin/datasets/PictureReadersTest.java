package juxta.plugin.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Split;
import juxta.picture.PictureDecoder;
import juxta.picture.PictureForm;
import juxta.picture.UndecodableException;
import juxta.plugin.datasets.generated.Shapes;
import juxta.plugin.datasets.instance.Instances;
import juxta.plugin.datasets.instance.Revisited;
import juxta.plugin.datasets.mask.ImagesWithMasks;
import juxta.plugin.datasets.picture.ImageFolder;
import juxta.plugin.datasets.picture.TinyImageNet;
import juxta.plugin.datasets.text.ImageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each reader says of its images makes of a file the very bytes that the reader made of it.
 */
class PictureReadersTest {
  @TempDir Path root;
  @TempDir Path cache;

  /** Noise of 23 x 17 pixels, to be turned a quarter. */
  private byte[] file(String name) {
    BufferedImage image = new BufferedImage(23, 17, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < 23 * 17; i++) {
      image.setRGB(i % 23, i / 23, random.nextInt(1 << 24));
    }
    byte[] png = Drawn.turned(Drawn.encode(image, "png"));
    Bytes.write(root.resolve(name), png);
    return png;
  }

  private void text(String name, String content) {
    Bytes.write(root.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private PictureForm same(DatasetProvider provider, byte[] file, String split, String... settings)
      throws UndecodableException {
    try (Dataset data = provider.open(Requests.cached(root, cache, settings))) {
      PictureForm form = data.pictures().orElseThrow();
      byte[] made = form.of(PictureDecoder.FILES.decode(file)).bytes(form.channels());
      Split records = data.split(split);
      int same = 0;
      for (int i = 0; i < records.size(); i++) {
        same += java.util.Arrays.equals(Bytes.image(records, i), made) ? 1 : 0;
      }
      assertThat(same).as("records with the bytes of the file").isOne();
      return form;
    }
  }

  @Test
  void folders() throws UndecodableException {
    byte[] file = file("ant/a.png");
    file("bee/b.png");
    String[] none = {"test-share", "0"};
    PictureForm plain = same(new ImageFolder(), file, "train", none);
    assertThat(plain.height()).isEqualTo(17);
    for (String turning : new String[] {"stored", "exif"}) {
      for (String keeping : new String[] {"none", "packed"}) {
        PictureForm form =
            same(
                new ImageFolder(),
                file,
                "train",
                "test-share",
                "0",
                "side",
                "9",
                "orientation",
                turning,
                "cache",
                keeping);
        assertThat(form.turned()).isEqualTo(turning.equals("exif"));
      }
    }
    PictureForm whole =
        same(new ImageFolder(), file, "train", "test-share", "0", "orientation", "exif");
    assertThat(whole.height()).isEqualTo(23);
  }

  @Test
  void deepGrey() throws UndecodableException {
    byte[] deep = Drawn.deep(0, 100, 200, 4000);
    Bytes.write(root.resolve("ant/a.png"), deep);
    for (String window : new String[] {"full", "percentile"}) {
      same(new ImageFolder(), deep, "train", "test-share", "0", "grey-16-bit", window);
    }
  }

  @Test
  void tinyImageNet() throws UndecodableException {
    text("wnids.txt", "n01\n");
    text("words.txt", "n01\tgoldfish\n");
    byte[] file = file("train/n01/images/n01_0.JPEG");
    file("val/images/val_0.JPEG");
    text("val/val_annotations.txt", "val_0.JPEG\tn01\t0\t0\t63\t63\n");
    same(new TinyImageNet(), file, "train");
    same(new TinyImageNet(), file, "train", "side", "8", "orientation", "exif");
  }

  @Test
  void imagesWithTexts() throws UndecodableException {
    byte[] file = file("a.png");
    text("t.csv", "image,text,patient,split\na.png,one,1,train\n");
    same(new ImageText(), file, "train", "size", "8");
    same(new ImageText(), file, "train", "size", "8", "orientation", "exif", "inverted", "true");
  }

  @Test
  void imagesWithMasks() throws UndecodableException {
    byte[] file = file("train/images/a.png");
    file("test/images/b.png");
    for (String mask : new String[] {"train/masks/a.png", "test/masks/b.png"}) {
      BufferedImage image = new BufferedImage(23, 17, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < 23 * 17; i++) {
        image.getRaster().setSample(i % 23, i / 23, 0, i % 2);
      }
      Bytes.write(root.resolve(mask), Drawn.turned(Drawn.encode(image, "png")));
    }
    assertThat(same(new ImagesWithMasks(), file, "train").width()).isEqualTo(23);
    assertThat(same(new ImagesWithMasks(), file, "train", "orientation", "exif").width())
        .isEqualTo(17);
    // of larger pictures there are several tiles: the form is that of a picture of a tile's size
    try (Dataset tiles = new ImagesWithMasks().open(Requests.of(root, "tile", "16"))) {
      assertThat(tiles.pictures().orElseThrow().height()).isEqualTo(16);
    }
  }

  @Test
  void instances() throws UndecodableException {
    byte[] file = null;
    for (String name : new String[] {"obj0__0.png", "obj0__1.png", "obj1__0.png", "obj1__1.png"}) {
      file = file(name);
    }
    same(new Instances(), file, "test", "held-out", "1", "longest", "11");
    same(new Instances(), file, "test", "held-out", "1", "orientation", "exif");
  }

  @Test
  void revisited() throws UndecodableException {
    byte[] file = file("jpg/a.png");
    file("jpg/b.png");
    file("jpg/q.png");
    text(
        "gnd.json",
        "{'imlist': ['a', 'b'], 'qimlist': ['q'], 'gnd': [{'easy': [0], 'hard': [], 'junk': []}]}"
            .replace('\'', '"'));
    same(new Revisited(), file, "test", "longest", "11");
    same(new Revisited(), file, "test", "orientation", "exif");
  }

  @Test
  void dataThatAreNotMadeOfFilesSayNothing() {
    try (Dataset data = new Shapes().open(Requests.without(cache, "train", "4", "test", "4"))) {
      assertThat(data.pictures()).isEmpty();
    }
  }
}
