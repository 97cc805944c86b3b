package juxta.plugin.grass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import juxta.api.TrainingPhase;
import juxta.picture.Picture;
import juxta.testkit.StandInTask;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuidanceSheetTest {
  private static final int GREEN = 0x00cc00;

  /** One image: a black view with a white corner, and a view that is not cropped. */
  @Test
  void showsViewMapAndCrop() {
    float[] views = new float[2 * 32 * 32];
    for (int y = 16; y < 32; y++) {
      for (int x = 16; x < 32; x++) {
        views[y * 32 + x] = 2;
      }
    }
    float[] map = new float[32 * 32];
    map[20 * 32 + 20] = 1;
    map[3 * 32 + 3] = -1;
    GuidanceSheet sheet =
        new GuidanceSheet(
            0,
            Tensors.floats(new long[] {2, 32, 32, 1}, views),
            List.of(map, new float[32 * 32]),
            List.of(new CropBox(16, 32, 16, 32), CropBox.whole(32)));

    Picture image = sheet.draw().picture(); // 3 pixels a pixel, 6 between
    assertThat(image.size().width()).isEqualTo(6 * (96 + 6) + 12);
    assertThat(image.size().height()).isEqualTo(96 + 12);
    assertThat(rgb(image, 10, 10)).isEqualTo(0); // black of the view
    assertThat(rgb(image, 6 + 24 * 3, 6 + 24 * 3)).isEqualTo(0xffffff); // its corner
    assertThat(rgb(image, 6 + 16 * 3, 6 + 20 * 3)).isEqualTo(GREEN); // the box
    assertThat(rgb(image, 108 + 20 * 3, 6 + 20 * 3)).isEqualTo(0xff0000);
    assertThat(rgb(image, 108 + 3 * 3, 6 + 3 * 3)).isEqualTo(0x0000ff);
    assertThat(rgb(image, 108 + 8 * 3, 6 + 8 * 3)).isEqualTo(0xffffff);
    assertThat(rgb(image, 210 + 2, 6 + 2)).isEqualTo(0xffffff); // the crop is all corner
    assertThat(rgb(image, 6 + 306 + 6, 6)).isEqualTo(GREEN); // all of the second view
  }

  /** A slope from 0 to 1: the higher the threshold, the fewer rows are above it. */
  @Test
  void showsWhatThresholdsCutOut() {
    float[] slope = new float[32 * 32];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i / 32 / 31f;
    }
    GuidanceSheet sheet =
        new GuidanceSheet(
            0,
            Tensors.floats(new long[] {2, 32, 32, 1}, new float[2 * 32 * 32]),
            List.of(slope, slope),
            List.of(CropBox.whole(32), CropBox.whole(32)));
    Picture image = sheet.thresholds().picture();
    assertThat(image.size().width()).isEqualTo(6 * (96 + 6) + 6);
    assertThat(image.size().height()).isEqualTo(96 + 12);
    int[] first = {10, 16, 22, 28}; // rows that are above 0.3, 0.5, 0.7 and 0.9 of 31
    for (int t = 0; t < first.length; t++) {
      int left = 6 + (2 + t) * 102;
      int middle = left + 48;
      assertThat(rgb(image, middle, 6 + first[t] * 3)).isEqualTo(GREEN); // top of the box
      assertThat(rgb(image, middle, 6 + first[t] * 3 - 3)).isNotEqualTo(GREEN);
      assertThat(rgb(image, middle, 6 + 31 * 3 - 6)).isEqualTo(0); // the view is black, above
      assertThat(rgb(image, middle, 6 + 3)).isNotEqualTo(0); // and pale below the threshold
      assertThat(CropChoice.of(slope, 32, new double[] {0.3, 0.5, 0.7, 0.9}[t]))
          .isEqualTo(new CropBox(first[t], 32, 0, 32));
    }
  }

  private static int rgb(Picture image, int x, int y) {
    return image.colour(y, x);
  }

  @Test
  void sheetsAreLeftAmongTheArtefacts(@TempDir Path folder) throws IOException {
    try (StepRig rig = Trials.rig(FakeSetup.of("discrimination-share=0", "picture-epochs=2"))) {
      TrainingPhase.Validation pictures = rig.phase().validation().orElseThrow();
      assertThat(pictures.every()).isEqualTo(2 * 4);
      assertThat(pictures.keepBest()).isFalse();
      assertThat(pictures.patience()).isZero();
      rig.train(7);
      pictures.measure().apply(new StandInTask(folder));
      Picture image = PictureFiles.read(folder.resolve("guided-epoch-2.png"));
      assertThat(image.size().height()).isEqualTo(5 * (96 + 6) + 6);
      assertThat(PictureFiles.read(folder.resolve("thresholds-epoch-2.png")).size().height())
          .isEqualTo(5 * (96 + 6) + 6);
    }
  }

  @Test
  void picturesChangeNothing() {
    try (StepRig with = Trials.rig(FakeSetup.of("discrimination-share=0", "picture-epochs=1"));
        StepRig without = Trials.rig(FakeSetup.of("discrimination-share=0", "picture-epochs=0"))) {
      assertThat(without.phase().validation()).isEmpty();
      assertThat(Trials.guidance(without)).containsOnlyKeys("maps");
      for (int step = 0; step < 2; step++) {
        assertThat(with.loss(step)).isEqualTo(without.loss(step));
      }
      assertThat(with.snapshot()).isEqualTo(without.snapshot());
    }
  }
}
