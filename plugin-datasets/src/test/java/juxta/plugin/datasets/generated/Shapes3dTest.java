package juxta.plugin.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Requests;
import juxta.plugin.datasets.volume.Scans;
import juxta.plugin.datasets.volume.Volumes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Shapes3dTest {
  private static Dataset open(String... settings) {
    return new Shapes3d().open(Requests.without(Path.of("unused"), settings));
  }

  @Test
  void defaultsAreSmall() {
    Dataset data = open();
    assertThat(data.kind()).isEqualTo(DataKind.VOLUMES);
    assertThat(data.train().size()).isEqualTo(16);
    assertThat(data.split("test").size()).isEqualTo(4);
    assertThat(data.train().field("volume").shape()).containsExactly(48L, 48L, 32L, 1L);
    assertThat(data.train().field("mask").shape()).containsExactly(48L, 48L, 32L);
    assertThat(data.classes()).containsExactly("background", "foreground");
    assertThat(Scans.id(data.train(), 3)).isEqualTo("train-3");
    assertThat(Scans.floats(data.train(), "spacing", 0)).containsExactly(1, 1, 1);
  }

  @Test
  void fieldsAreThoseOfScansFromFiles(@org.junit.jupiter.api.io.TempDir Path root) {
    Scans.hdf5(root.resolve("a.h5"), Scans.random(12, 12, 8, 1));
    assertThat(open("side", "12").train().fields())
        .isEqualTo(new Volumes().open(Requests.of(root)).train().fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "77"})
  void organsAreNeitherTinyNorHuge(String seed) {
    for (Split split : open("seed", seed, "side", "32", "train-size", "20").splits().values()) {
      for (int i = 0; i < split.size(); i++) {
        byte[] mask = Scans.mask(split, i);
        double share =
            IntStream.range(0, mask.length).mapToDouble(at -> mask[at]).average().orElse(0);
        assertThat(share).isBetween(0.015, 0.25);
      }
    }
  }

  @Test
  void intensitiesAreNormalAndTellOrgansApartOnAverage() {
    Dataset data = open("side", "32", "train-size", "8");
    for (int i = 0; i < 8; i++) {
      float[] volume = Scans.volume(data.train(), i);
      byte[] mask = Scans.mask(data.train(), i);
      double[] sum = new double[2];
      double[] squares = new double[2];
      int[] count = new int[2];
      for (int at = 0; at < mask.length; at++) {
        sum[mask[at]] += volume[at];
        squares[mask[at]] += volume[at] * volume[at];
        count[mask[at]]++;
      }
      assertThat((sum[0] + sum[1]) / mask.length).isCloseTo(0, within(1e-4));
      assertThat((squares[0] + squares[1]) / mask.length).isCloseTo(1, within(1e-3));
      assertThat(sum[1] / count[1]).isGreaterThan(sum[0] / count[0] + 1);
    }
  }

  @Test
  void noThresholdFindsTheMask() {
    Dataset data = open("train-size", "6");
    for (int i = 0; i < 6; i++) {
      float[] volume = Scans.volume(data.train(), i);
      byte[] mask = Scans.mask(data.train(), i);
      for (double threshold = -2; threshold < 4; threshold += 0.1) {
        int both = 0;
        int either = 0;
        for (int at = 0; at < mask.length; at++) {
          int found = volume[at] > threshold ? 1 : 0;
          both += found & mask[at];
          either += found + mask[at];
        }
        assertThat(2.0 * both / either).isLessThan(0.93);
      }
    }
  }

  @Test
  void aScanDependsOnNeitherTheNumberOfScansNorTheOrder() {
    Dataset few = open("train-size", "3", "side", "16");
    Dataset many = open("train-size", "9", "side", "16", "test-size", "1");
    for (int i = 2; i >= 0; i--) {
      assertThat(Scans.volume(few.train(), i)).containsExactly(Scans.volume(many.train(), i));
      assertThat(Scans.mask(few.train(), i)).isEqualTo(Scans.mask(many.train(), i));
    }
    assertThat(few.fingerprint()).isNotEqualTo(many.fingerprint());
    assertThat(open("side", "16").fingerprint()).isEqualTo(open("side", "16").fingerprint());
  }

  @Test
  void seedsSplitsAndScansDiffer() {
    Set<Float> seen = new HashSet<>();
    for (String seed : new String[] {"0", "1"}) {
      for (Split split : open("seed", seed, "side", "12").splits().values()) {
        for (int i = 0; i < split.size(); i++) {
          assertThat(seen.add(Scans.volume(split, i)[0])).isTrue();
        }
      }
    }
  }

  @Test
  void labelsOfUnlabelledScansDoNotLeak() {
    Dataset data = open("side", "16", "train-size", "5", "labelled", "2");
    Dataset all = open("side", "16", "train-size", "5");
    for (int i = 0; i < 5; i++) {
      byte[] mask = Scans.mask(data.train(), i);
      assertThat(data.train().value("labelled", i).number()).isEqualTo(i < 2 ? 1 : 0);
      assertThat(mask).isEqualTo(i < 2 ? Scans.mask(all.train(), i) : new byte[mask.length]);
      assertThat(data.split("test").value("labelled", i % 4).number()).isEqualTo(1);
    }
    assertThat(data.fingerprint()).isNotEqualTo(all.fingerprint());
  }

  @Test
  void theRevealedSplitShowsAllMasksOfTheTrainingScans() {
    Dataset data = open("side", "16", "train-size", "5", "labelled", "2");
    assertThat(data.splits().keySet()).containsExactly("train", "test", "revealed");
    Scans.revealed(data, open("side", "16", "train-size", "5").train());
    for (String labelled : new String[] {"0", "5"}) {
      Dataset all = open("side", "16", "train-size", "5", "labelled", labelled);
      assertThat(all.splits().keySet()).containsExactly("train", "test");
    }
  }

  @Test
  void aPathOrTooManyLabelledScansAreMistakes() {
    assertThatThrownBy(() -> new Shapes3d().open(Requests.of(Path.of("/data"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "shapes3d: the scans are generated, not read from /data; leave the path away: --data"
                + " shapes3d");
    assertThatThrownBy(() -> open("labelled", "17"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set it to 16 or less");
  }
}
