package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Hdf5Test {
  @TempDir Path folder;

  static Stream<Object> numbers() {
    return Stream.of(
        new byte[][][] {{{1, 2, 3}, {4, 5, 6}}},
        new short[][][] {{{1, 2, 3}, {4, 5, 6}}},
        new int[][][] {{{1, 2, 3}, {4, 5, 6}}},
        new long[][][] {{{1, 2, 3}, {4, 5, 6}}},
        new float[][][] {{{1, 2, 3}, {4, 5, 6}}},
        new double[][][] {{{1, 2, 3}, {4, 5, 6}}});
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void readsEveryKindOfNumber(Object data) {
    Path file = Scans.hdf5(folder.resolve("a.h5"), "data", data);
    Scan scan = Hdf5.read(file, "data", false);
    assertThat(scan.grid()).isEqualTo(Grid.of(1, 2, 3, 1, 1, 1));
    assertThat(scan.voxels()).containsExactly(1, 2, 3, 4, 5, 6);
    Scan turned = Hdf5.read(file, "data", true);
    assertThat(turned.grid()).isEqualTo(Grid.of(3, 2, 1, 1, 1, 1));
    assertThat(turned.voxels()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void textIsNoScan() {
    Path file = Scans.hdf5(folder.resolve("a.h5"), "data", new String[][][] {{{"a", "b"}}});
    assertThatThrownBy(() -> Hdf5.read(file, "data", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": 'data' holds no numbers");
  }

  @Test
  void whatIsThereInsteadIsNamed() {
    Path empty = folder.resolve("empty.h5");
    HdfFile.write(empty).close();
    assertThatThrownBy(() -> Hdf5.read(empty, "image", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(empty + ": has no data set 'image' but nothing; a case holds");
    Path group = folder.resolve("group.h5");
    try (WritableHdfFile hdf = HdfFile.write(group)) {
      hdf.putGroup("image");
    }
    assertThatThrownBy(() -> Hdf5.read(group, "image", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            group + ": has no data set 'image' but a group of that name; a case holds");
  }

  @Test
  void absentFilesAndFoldersAreMistakes() {
    for (Path file : new Path[] {folder.resolve("none.h5"), folder}) {
      assertThatThrownBy(() -> Hdf5.read(file, "data", false))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] whole = DataFolder.read(Scans.hdf5(folder.resolve("a.h5"), Scans.random(5, 6, 7, 1)));
    Path file = folder.resolve("cut.h5");
    for (int length = 0; length < whole.length - 600; length += 97) {
      Bytes.write(file, Bytes.first(whole, length));
      assertThatThrownBy(
              () -> {
                Hdf5.read(file, "image", false);
                Hdf5.read(file, "label", false);
              })
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }
}
