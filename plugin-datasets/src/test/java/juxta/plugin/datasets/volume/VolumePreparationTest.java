package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.UserException;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;
import org.junit.jupiter.api.Test;

class VolumePreparationTest {
  private static VolumePreparation of(String... settings) {
    return VolumePreparation.of(Requests.without(Path.of("unused"), settings).settings());
  }

  private static double mean(float[] voxels) {
    return IntStream.range(0, voxels.length).mapToDouble(i -> voxels[i]).average().orElseThrow();
  }

  @Test
  void nothingIsDoneUnlessAskedFor() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    assertThat(of().isIdle()).isTrue();
    assertThat(of().apply("case", scan).scan().voxels()).isSameAs(scan.scan().voxels());
    assertThat(of("normalise", "z-score").isIdle()).isFalse();
    assertThat(of("window-high", "1").isIdle()).isFalse();
    assertThat(of("crop-margin", "0").isIdle()).isFalse();
    assertThat(of("spacing", "1").isIdle()).isFalse();
  }

  @Test
  void zScoresHaveMeanZeroAndDeviationOne() {
    float[] voxels =
        of("normalise", "z-score").apply("case", Scans.random(8, 9, 10, 1)).scan().voxels();
    assertThat(mean(voxels)).isCloseTo(0, within(1e-6));
    double squares =
        IntStream.range(0, voxels.length).mapToDouble(i -> voxels[i] * voxels[i]).sum();
    assertThat(squares / voxels.length).isCloseTo(1, within(1e-5));
  }

  @Test
  void minMaxGoesFromZeroToOne() {
    float[] voxels =
        of("normalise", "min-max").apply("case", Scans.random(8, 9, 10, 1)).scan().voxels();
    assertThat(voxels).contains(0, 1);
    IntStream.range(0, voxels.length).forEach(i -> assertThat(voxels[i]).isBetween(0f, 1f));
  }

  @Test
  void scansOfOneIntensityBecomeZero() {
    Scan flat = new Scan(Grid.of(1, 2, 2, 1, 1, 1), new float[] {5, 5, 5, 5});
    for (String how : List.of("z-score", "min-max")) {
      assertThat(
              of("normalise", how)
                  .apply("case", new LabelledScan(flat, Optional.empty()))
                  .scan()
                  .voxels())
          .containsExactly(0, 0, 0, 0);
    }
  }

  @Test
  void windowsClampAndScale() {
    Scan scan = new Scan(Grid.of(1, 1, 4, 1, 1, 1), new float[] {-1000, -125, 75, 900});
    assertThat(
            of("window-low", "-125", "window-high", "275")
                .apply("case", new LabelledScan(scan, Optional.empty()))
                .scan()
                .voxels())
        .containsExactly(0, 0, 0.5f, 1);
    assertThatThrownBy(() -> of("window-low", "5"))
        .isInstanceOf(UserException.class)
        .hasMessage("data.window-low is 5.0, above data.window-high, 0.0; set it lower");
  }

  @Test
  void cropsFollowTheLabelAndKeepVoxelsInPlace() {
    Random random = new Random(6);
    for (int round = 0; round < 40; round++) {
      LabelledScan scan =
          Scans.random(3 + random.nextInt(9), 3 + random.nextInt(9), 3 + random.nextInt(9), round);
      int margin = random.nextInt(4);
      LabelledScan cut = of("crop-margin", "" + margin).apply("case", scan);
      int[] offset = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        offset[axis] = cut.grid().affine().get(4 * axis + 3).intValue();
        int size = List.of(scan.grid().x(), scan.grid().y(), scan.grid().z()).get(axis);
        int left = List.of(cut.grid().x(), cut.grid().y(), cut.grid().z()).get(axis);
        assertThat(offset[axis]).isEqualTo(Math.max(0, size / 3 - margin));
        assertThat(offset[axis] + left).isEqualTo(Math.min(size, size - size / 3 + margin));
      }
      Grid grid = cut.grid();
      byte[] old = scan.classes().orElseThrow();
      byte[] now = cut.classes().orElseThrow();
      for (int at = 0; at < now.length; at++) {
        int i = at / (grid.y() * grid.z()) + offset[0];
        int j = at / grid.z() % grid.y() + offset[1];
        int k = at % grid.z() + offset[2];
        assertThat(cut.scan().voxels()[at]).isEqualTo(scan.scan().at(i, j, k));
        assertThat(now[at]).isEqualTo(old[(i * scan.grid().y() + j) * scan.grid().z() + k]);
      }
    }
  }

  @Test
  void scansWithoutForegroundStayWhole() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    LabelledScan empty = new LabelledScan(scan.scan(), Optional.of(new byte[120]));
    LabelledScan none = new LabelledScan(scan.scan(), Optional.empty());
    assertThat(of("crop-margin", "0").apply("case", empty).grid()).isEqualTo(scan.grid());
    assertThat(of("crop-margin", "0").apply("case", none).grid()).isEqualTo(scan.grid());
  }

  @Test
  void settingsOfACropWithoutACropAreMistakes() {
    assertThatThrownBy(
            () -> of("crop-size", "5", "normalise-after-crop", "true", "window-low", "1"))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "data.window-low is 1.0, above data.window-high, 0.0; set it lower",
                        "data.normalise-after-crop is true but nothing is cropped; set"
                            + " data.crop-margin to 0 or more too",
                        "data.crop-size is 5 but nothing is cropped; set data.crop-margin to 0 or"
                            + " more too"));
    for (String setting : List.of("crop-axes=xy", "crop-jitter=1", "crop-seed=1")) {
      assertThatThrownBy(() -> of(setting.split("=")))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("nothing is cropped");
    }
  }

  @Test
  void normalisingBeforeAndAfterTheCrop() {
    LabelledScan scan = Scans.random(12, 11, 10, 3);
    for (String how : List.of("z-score", "min-max")) {
      VolumePreparation whole = of("normalise", how);
      VolumePreparation cut = of("crop-margin", "1");
      float[] before = of("normalise", how, "crop-margin", "1").apply("case", scan).scan().voxels();
      assertThat(before)
          .containsExactly(cut.apply("case", whole.apply("case", scan)).scan().voxels());
      float[] after =
          of("normalise", how, "crop-margin", "1", "normalise-after-crop", "true")
              .apply("case", scan)
              .scan()
              .voxels();
      assertThat(after)
          .containsExactly(whole.apply("case", cut.apply("case", scan)).scan().voxels())
          .isNotEqualTo(before);
    }
    float[] voxels =
        of("normalise", "z-score", "crop-margin", "1", "normalise-after-crop", "true")
            .apply("case", scan)
            .scan()
            .voxels();
    assertThat(mean(voxels)).isCloseTo(0, within(1e-6));
  }

  /** As the pancreas is prepared: resampled, windowed to 0..1, cut, then of mean 0. */
  @Test
  void theWindowComesBeforeTheCropAndTheScoreAfterIt() {
    LabelledScan random = Scans.random(14, 14, 14, 5);
    float[] hounsfield = random.scan().voxels().clone();
    for (int i = 0; i < hounsfield.length; i++) {
      hounsfield[i] = hounsfield[i] * 60 - 400;
    }
    Grid grid = Grid.of(14, 14, 14, 2, 1, 1);
    LabelledScan scan = new LabelledScan(new Scan(grid, hounsfield), random.classes());
    String[] common = {"spacing", "1", "window-low", "-125", "window-high", "275"};
    LabelledScan windowed = of(common).apply("case", scan);
    LabelledScan cut = of("crop-margin", "2").apply("case", windowed);
    LabelledScan score = of("normalise", "z-score").apply("case", cut);
    LabelledScan all =
        of(
                "spacing",
                "1",
                "window-low",
                "-125",
                "window-high",
                "275",
                "crop-margin",
                "2",
                "normalise",
                "z-score",
                "normalise-after-crop",
                "true")
            .apply("case", scan);
    assertThat(all.grid()).isEqualTo(score.grid());
    assertThat(all.scan().voxels()).containsExactly(score.scan().voxels());
    assertThat(all.classes().orElseThrow()).isEqualTo(score.classes().orElseThrow());
  }

  @Test
  void theSameSpacingChangesNothing() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    LabelledScan same = of("spacing", "1").apply("case", scan);
    assertThat(same.grid()).isEqualTo(scan.grid());
    assertThat(same.scan().voxels()).containsExactly(scan.scan().voxels());
    assertThat(same.classes().orElseThrow()).isEqualTo(scan.classes().orElseThrow());
  }

  @Test
  void linearIntensitiesStayWhereTheyAre() {
    Random random = new Random(8);
    for (int round = 0; round < 20; round++) {
      double dx = 0.5 + random.nextDouble() * 2;
      double dz = 0.5 + random.nextDouble() * 4;
      Grid grid = Grid.of(12, 9, 7, dx, 1, dz);
      float[] voxels = new float[grid.voxels()];
      int next = 0;
      for (int i = 0; i < 12; i++) {
        for (int j = 0; j < 9; j++) {
          for (int k = 0; k < 7; k++) {
            voxels[next++] = (float) (2 * i * dx - 3 * j + k * dz);
          }
        }
      }
      double target = 0.4 + random.nextDouble() * 2;
      Scan scan =
          of("spacing", "" + target)
              .apply("case", new LabelledScan(new Scan(grid, voxels), Optional.empty()))
              .scan();
      List<Double> a = scan.grid().affine();
      for (int axis = 0; axis < 3; axis++) {
        assertThat(scan.grid().spacing(axis)).isCloseTo(target, within(1e-9));
      }
      for (int i = 0; i < scan.grid().x(); i++) {
        for (int j = 0; j < scan.grid().y(); j++) {
          for (int k = 0; k < scan.grid().z(); k++) {
            double x = a.get(0) * i + a.get(3);
            double y = a.get(5) * j + a.get(7);
            double z = a.get(10) * k + a.get(11);
            boolean inside = x >= 0 && x <= 11 * dx && y >= 0 && y <= 8 && z >= 0 && z <= 6 * dz;
            if (inside) {
              assertThat(scan.at(i, j, k)).isCloseTo((float) (2 * x - 3 * y + z), within(1e-3f));
            }
          }
        }
      }
    }
  }

  @Test
  void labelsAreHalvedAndDoubledWithoutNewClasses() {
    LabelledScan scan = Scans.random(6, 6, 6, 1);
    LabelledScan fine = of("spacing", "0.5").apply("case", scan);
    assertThat(fine.grid()).extracting(Grid::x, Grid::y, Grid::z).containsExactly(12, 12, 12);
    long before = count(scan);
    assertThat(count(fine)).isEqualTo(8 * before);
    LabelledScan back = of("spacing", "1").apply("case", fine);
    assertThat(back.classes().orElseThrow()).isEqualTo(scan.classes().orElseThrow());
  }

  private static long count(LabelledScan scan) {
    byte[] classes = scan.classes().orElseThrow();
    return IntStream.range(0, classes.length).filter(i -> classes[i] == 1).count();
  }

  @Test
  void absurdSpacingsAreRefusedBeforeMemoryIsTaken() {
    assertThatThrownBy(() -> of("spacing", "1e-4").apply("case", Scans.random(6, 6, 6, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set data.spacing higher");
    assertThat(of("spacing", "999").apply("case", Scans.random(6, 6, 6, 1)).grid().voxels())
        .isEqualTo(1);
  }
}
