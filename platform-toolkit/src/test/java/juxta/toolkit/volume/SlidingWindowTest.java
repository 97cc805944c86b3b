package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {
  private static final Extent ATRIUM = new Extent(112, 112, 80);
  private static final Extent STRIDE = new Extent(18, 18, 4);

  @ParameterizedTest
  @CsvSource({
    "112, 112, 80, 1",
    "130, 112, 88, 6",
    "40, 30, 20, 1",
    "113, 112, 80, 2",
    "131, 112, 80, 3",
    "200, 180, 88, 90", // 6 x 5 x 3
  })
  void counts(int x, int y, int z, int expected) {
    Windows windows = Windows.of(new Extent(x, y, z), ATRIUM, STRIDE);
    assertThat(windows.count()).isEqualTo(expected);
  }

  @Test
  void theLastWindowEndsWithTheScan() {
    Windows windows = Windows.of(new Extent(150, 112, 90), ATRIUM, STRIDE);
    assertThat(windows.xs()).containsExactly(0, 18, 36, 38);
    assertThat(windows.ys()).containsExactly(0);
    assertThat(windows.zs()).containsExactly(0, 4, 8, 10);
    assertThat(windows.origin(0)).isEqualTo(new Windows.Origin(0, 0, 0));
    assertThat(windows.origin(5)).isEqualTo(new Windows.Origin(18, 0, 4));
    assertThat(windows.origin(15)).isEqualTo(new Windows.Origin(38, 0, 10));
  }

  @Test
  void smallScansLieInTheMiddleAnOddVoxelOnTheFarSide() {
    Windows windows = Windows.of(new Extent(5, 6, 8), new Extent(8, 8, 8), STRIDE);
    assertThat(windows.origin(0)).isEqualTo(new Windows.Origin(-1, -1, 0));
    float[] scan = new float[5 * 6 * 8];
    Arrays.fill(scan, 2);
    List<float[]> seen = new ArrayList<>();
    new SlidingWindow(windows, 3)
        .apply(
            scan,
            (patches, count) -> {
              seen.add(patches);
              return patches;
            },
            done -> {});
    Extent patch = windows.patch();
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        boolean inside = x >= 1 && x < 6 && y >= 1 && y < 7; // 1 before, 2 behind along x
        assertThat(seen.get(0)[patch.index(x, y, 3)]).isEqualTo(inside ? 2 : 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 7, 8, 1", "9, 7, 8, 4", "3, 2, 1, 2", "4, 4, 4, 1", "3, 9, 5, 100"})
  void aConstantNetworkGivesItsConstantEverywhere(int x, int y, int z, int batch) {
    Extent extent = new Extent(x, y, z);
    Windows windows = Windows.of(extent, new Extent(4, 4, 4), new Extent(2, 2, 1));
    Probabilities found =
        new SlidingWindow(windows, batch)
            .apply(
                new float[extent.voxels()],
                (patches, count) -> {
                  float[] out = new float[2 * count * 64];
                  for (int i = 0; i < out.length; i++) {
                    out[i] = i % 2 == 0 ? .3f : .7f;
                  }
                  return out;
                },
                done -> {});
    assertThat(found.classes()).isEqualTo(2);
    assertThat(found.extent()).isEqualTo(extent);
    for (int i = 0; i < found.values().length; i++) {
      assertThat(found.values()[i]).isCloseTo(i % 2 == 0 ? .3f : .7f, within(1e-6f));
    }
    assertThat(found.mask()).containsOnly(1);
  }

  /** A network whose answer depends on where in its window a voxel lies. */
  private static float[] network(float[] patches, int voxels, int classes) {
    float[] out = new float[patches.length * classes];
    for (int i = 0; i < patches.length; i++) {
      for (int c = 0; c < classes; c++) {
        out[i * classes + c] = patches[i] * (c + 1) + (i % voxels) * .01f;
      }
    }
    return out;
  }

  /** Pads the scan, runs one window after another, averages, cuts the padding off. */
  private static double[] slow(float[] scan, Extent e, Extent patch, Extent stride, int classes) {
    int[] n = {Math.max(e.x(), patch.x()), Math.max(e.y(), patch.y()), Math.max(e.z(), patch.z())};
    int[] before = {(n[0] - e.x()) / 2, (n[1] - e.y()) / 2, (n[2] - e.z()) / 2};
    Extent padded = new Extent(n[0], n[1], n[2]);
    float[] all = new float[padded.voxels()];
    for (int i = 0; i < scan.length; i++) {
      int x = i / (e.y() * e.z()) + before[0];
      int y = i / e.z() % e.y() + before[1];
      int z = i % e.z() + before[2];
      all[padded.index(x, y, z)] = scan[i];
    }
    double[] sums = new double[all.length * classes];
    double[] counts = new double[all.length];
    for (int a = 0; a <= ceil(n[0] - patch.x(), stride.x()); a++) {
      for (int b = 0; b <= ceil(n[1] - patch.y(), stride.y()); b++) {
        for (int c = 0; c <= ceil(n[2] - patch.z(), stride.z()); c++) {
          int x = Math.min(a * stride.x(), n[0] - patch.x());
          int y = Math.min(b * stride.y(), n[1] - patch.y());
          int z = Math.min(c * stride.z(), n[2] - patch.z());
          float[] window = new float[patch.voxels()];
          int[] at = new int[window.length];
          for (int i = 0; i < window.length; i++) {
            at[i] =
                padded.index(
                    x + i / (patch.y() * patch.z()),
                    y + i / patch.z() % patch.y(),
                    z + i % patch.z());
            window[i] = all[at[i]];
          }
          float[] out = network(window, window.length, classes);
          for (int i = 0; i < window.length; i++) {
            counts[at[i]]++;
            for (int k = 0; k < classes; k++) {
              sums[at[i] * classes + k] += out[i * classes + k];
            }
          }
        }
      }
    }
    double[] means = new double[scan.length * classes];
    for (int i = 0; i < scan.length; i++) {
      int x = i / (e.y() * e.z()) + before[0];
      int y = i / e.z() % e.y() + before[1];
      int z = i % e.z() + before[2];
      int from = padded.index(x, y, z);
      for (int k = 0; k < classes; k++) {
        means[i * classes + k] = sums[from * classes + k] / counts[from];
      }
    }
    return means;
  }

  private static int ceil(int over, int stride) {
    return (over + stride - 1) / stride;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void equalsAnAverageByHand(int classes) {
    Random random = new Random(classes);
    for (int trial = 0; trial < 25; trial++) {
      Extent e = new Extent(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
      Extent patch =
          new Extent(1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(5));
      Extent stride =
          new Extent(
              1 + random.nextInt(patch.x()),
              1 + random.nextInt(patch.y()),
              1 + random.nextInt(patch.z()));
      float[] scan = new float[e.voxels()];
      for (int i = 0; i < scan.length; i++) {
        scan[i] = random.nextFloat();
      }
      Windows windows = Windows.of(e, patch, stride);
      List<Integer> progress = new ArrayList<>();
      Probabilities found =
          new SlidingWindow(windows, 1 + random.nextInt(4))
              .apply(
                  scan,
                  (patches, count) -> {
                    assertThat(patches).hasSize(count * patch.voxels());
                    return network(patches, patch.voxels(), classes);
                  },
                  progress::add);
      double[] expected = slow(scan, e, patch, stride, classes);
      assertThat(found.classes()).isEqualTo(classes);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) found.values()[i]).isCloseTo(expected[i], within(1e-5));
      }
      assertThat(progress).isSorted().doesNotHaveDuplicates().endsWith(windows.count());
    }
  }

  @Test
  void twoBatchesAreUnderWayAtOnceAndNoMore() {
    Extent e = new Extent(4, 4, 4);
    SlidingWindow sliding =
        new SlidingWindow(Windows.of(e, new Extent(2, 2, 2), new Extent(2, 2, 2)), 1);
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger under = new AtomicInteger();
    sliding.apply(
        new float[64],
        (patches, count) -> {
          assertThat(under.incrementAndGet()).isLessThanOrEqualTo(2);
          try {
            both.await(1, TimeUnit.MINUTES); // a batch alone would wait in vain
          } catch (Exception alone) {
            throw new IllegalStateException(alone);
          }
          under.decrementAndGet();
          return patches;
        },
        done -> {});
  }

  @Test
  void aNetworkThatFailsIsLeftAloneOnceItsFaultIsTold() {
    Extent e = new Extent(4, 4, 4);
    SlidingWindow sliding =
        new SlidingWindow(Windows.of(e, new Extent(2, 2, 2), new Extent(1, 1, 1)), 1);
    AtomicInteger under = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                sliding.apply(
                    new float[64],
                    (patches, count) -> {
                      under.incrementAndGet();
                      try {
                        if (calls.incrementAndGet() > 3) {
                          throw new IllegalStateException("out of order");
                        }
                        return patches;
                      } finally {
                        under.decrementAndGet();
                      }
                    },
                    done -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out of order");
    assertThat(under).hasValue(0);
    assertThat(calls.get()).isBetween(4, 6);
  }

  @Test
  void voxelsBetweenWindowsAreRefused() {
    Extent patch = new Extent(4, 4, 4);
    assertThatThrownBy(() -> Windows.of(new Extent(9, 9, 9), patch, new Extent(5, 4, 4)))
        .hasMessageContaining("a stride of 5 over windows of 4");
    assertThat(Windows.of(patch, patch, new Extent(5, 5, 5)).count()).isEqualTo(1);
  }

  @Test
  void channelsStayTogether() {
    Extent e = new Extent(3, 2, 4);
    float[] scan = new float[e.voxels() * 2];
    for (int i = 0; i < scan.length; i++) {
      scan[i] = i;
    }
    Probabilities found =
        new SlidingWindow(Windows.of(e, new Extent(2, 2, 3), new Extent(1, 1, 1)), 2)
            .apply(scan, (patches, count) -> patches, done -> {});
    assertThat(found.values()).isEqualTo(scan);
  }

  @Test
  void classesOfVoxels() {
    Extent e = new Extent(1, 1, 3);
    assertThat(new Probabilities(e, 2, new float[] {.5f, .5f, .4f, .6f, .9f, .1f}).mask())
        .containsExactly(0, 1, 0);
    assertThat(
            new Probabilities(e, 3, new float[] {.3f, .4f, .3f, .2f, .2f, .6f, .5f, .5f, 0}).mask())
        .containsExactly(1, 2, 0);
    assertThatThrownBy(() -> new Probabilities(e, 1, new float[3]).mask())
        .hasMessageContaining("1 classes");
    assertThatThrownBy(() -> new Probabilities(e, 2, new float[3])).hasMessageContaining("3 val");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Extent e = new Extent(4, 4, 4);
    SlidingWindow sliding = new SlidingWindow(Windows.of(e, e, e), 1);
    assertThatThrownBy(() -> new SlidingWindow(Windows.of(e, e, e), 0))
        .hasMessageContaining("batch of 0");
    assertThatThrownBy(() -> sliding.apply(new float[63], (p, n) -> p, done -> {}))
        .hasMessageContaining("63 values");
    assertThatThrownBy(() -> sliding.apply(new float[64], (p, n) -> new float[65], done -> {}))
        .hasMessageContaining("65 probabilities");
    assertThatThrownBy(() -> sliding.apply(new float[64], (p, n) -> new float[0], done -> {}))
        .hasMessageContaining("0 probabilities");
  }
}
