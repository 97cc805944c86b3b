package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import juxta.plugin.datasets.Bytes;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.volume.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeCacheTest {
  @TempDir Path folder;

  private final AtomicInteger made = new AtomicInteger();

  private LabelledScan get(VolumeCache cache, String key, LabelledScan scan) {
    return cache.get(
        key,
        () -> {
          made.incrementAndGet();
          return scan;
        });
  }

  private static void same(LabelledScan one, LabelledScan other) {
    assertThat(one.grid()).isEqualTo(other.grid());
    assertThat(one.source()).isEqualTo(other.source());
    assertThat(one.scan().voxels()).containsExactly(other.scan().voxels());
    assertThat(one.classes().map(c -> c.length)).isEqualTo(other.classes().map(c -> c.length));
    one.classes().ifPresent(c -> assertThat(c).isEqualTo(other.classes().orElseThrow()));
  }

  @Test
  void whatIsKeptComesBack() {
    VolumeCache cache = new VolumeCache(folder.resolve("new/folder"));
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      LabelledScan scan =
          Scans.random(1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(8), round);
      LabelledScan kept =
          round % 2 == 0
              ? scan
              : new LabelledScan(scan.scan(), Optional.empty(), Grid.of(9, 8, 7, 1, 2, 3));
      same(get(cache, "k" + round, kept), kept);
      same(get(cache, "k" + round, kept), kept);
    }
    assertThat(made).hasValue(20);
  }

  @Test
  void everyDamagedByteIsNoticed() {
    VolumeCache cache = new VolumeCache(folder);
    LabelledScan scan = Scans.random(2, 3, 2, 1);
    get(cache, "k", scan);
    Path file = folder.resolve("k.scan");
    byte[] whole = DataFolder.read(file);
    for (int at = 0; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Bytes.write(file, damaged);
      same(get(cache, "k", scan), scan);
      assertThat(DataFolder.read(file)).isEqualTo(whole);
    }
    for (int length = 0; length < whole.length; length += 11) {
      Bytes.write(file, Bytes.first(whole, length));
      same(get(cache, "k", scan), scan);
    }
    int expected = 1 + (whole.length + 2) / 3 + (whole.length + 10) / 11;
    assertThat(made).hasValue(expected);
  }

  @Test
  void aPlaceThatCannotBeWrittenToDoesNoHarm() {
    Bytes.write(folder.resolve("file"), new byte[1]);
    VolumeCache cache = new VolumeCache(folder.resolve("file/below"));
    LabelledScan scan = Scans.random(2, 3, 2, 1);
    same(get(cache, "k", scan), scan);
    same(get(cache, "k", scan), scan);
    assertThat(made).hasValue(2);
  }

  @Test
  void severalThreadsMayAskForOneEntry() {
    VolumeCache cache = new VolumeCache(folder);
    LabelledScan scan = Scans.random(5, 6, 7, 1);
    IntStream.range(0, 32).parallel().forEach(i -> same(get(cache, "k", scan), scan));
    assertThat(DataFolder.list(folder)).containsExactly(folder.resolve("k.scan"));
  }
}
