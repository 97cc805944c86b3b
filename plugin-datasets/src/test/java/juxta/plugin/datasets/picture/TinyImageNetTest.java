package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyImageNetTest {
  @TempDir Path root;

  private void jpeg(String file, int type) {
    Bytes.write(root.resolve(file), Drawn.encode(Drawn.picture(8, 8, 100, type), "jpeg"));
  }

  private void text(String file, String content) {
    Bytes.write(root.resolve(file), content.getBytes());
  }

  @BeforeEach
  void write() {
    text("wnids.txt", "n02\nn01\n");
    text("words.txt", "n01\tgoldfish, Carassius auratus\nn03\tother\n");
    jpeg("train/n01/images/n01_0.JPEG", BufferedImage.TYPE_INT_RGB);
    jpeg("train/n01/images/n01_1.JPEG", BufferedImage.TYPE_BYTE_GRAY);
    jpeg("train/n02/images/n02_0.JPEG", BufferedImage.TYPE_INT_RGB);
    jpeg("val/images/val_0.JPEG", BufferedImage.TYPE_INT_RGB);
    text("val/val_annotations.txt", "val_0.JPEG\tn01\t0\t0\t63\t63\n");
  }

  private Dataset open() {
    return new TinyImageNet().open(Requests.of(root));
  }

  @Test
  void readsTheLayout() {
    Dataset data = open();
    assertThat(data.classes()).containsExactly("n02", "goldfish");
    assertThat(data.splits().keySet()).containsExactly("train", "test");
    assertThat(data.train().size()).isEqualTo(3);
    assertThat(Bytes.label(data.train(), 0)).isZero();
    assertThat(Bytes.label(data.train(), 1)).isEqualTo(1);
    assertThat(Bytes.label(data.split("test"), 0)).isEqualTo(1);
    byte[] grey = Bytes.image(data.train(), 2);
    for (int i = 0; i < grey.length; i += 3) {
      assertThat(grey[i]).isEqualTo(grey[i + 1]).isEqualTo(grey[i + 2]);
    }
  }

  @Test
  void faultsNameFileAndLine() {
    text("val/val_annotations.txt", "val_0.JPEG\tn01\t0\t0\t63\t63\nval_1.JPEG\tn09\t0\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(root.resolve("val/val_annotations.txt") + ", line 2: ");
    text("val/val_annotations.txt", "val_7.JPEG\tn01\t0\t0\t63\t63\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(root.resolve("val/images/val_7.JPEG") + ": cannot be read");
    text("wnids.txt", "n01\nn01\n");
    assertThatThrownBy(this::open).hasMessageContaining("names n01 twice");
    text("wnids.txt", "n01\nn05\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void saysWhatIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> new TinyImageNet().open(Requests.of(empty)))
        .hasMessage(
            "tiny-imagenet: "
                + empty
                + " holds no wnids.txt; name the folder that holds wnids.txt, train/<wnid>/images and"
                + " val/val_annotations.txt: --data tiny-imagenet:/path");
  }
}
