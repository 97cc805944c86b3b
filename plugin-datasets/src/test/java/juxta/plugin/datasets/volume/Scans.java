package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.plugin.datasets.Bytes;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Scan;

/** Scans and their files for tests. */
public final class Scans {
  private Scans() {}

  /** Random intensities, with a box of class 1 in the middle. */
  public static LabelledScan random(int x, int y, int z, long seed) {
    Random random = new Random(seed);
    Grid grid = Grid.of(x, y, z, 1, 1, 1);
    float[] voxels = new float[grid.voxels()];
    byte[] classes = new byte[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = random.nextInt(1024) / 64f;
      boolean inside = middle(i / (y * z), x) && middle(i / z % y, y) && middle(i % z, z);
      classes[i] = (byte) (inside ? 1 : 0);
    }
    return new LabelledScan(new Scan(grid, voxels), Optional.of(classes));
  }

  private static boolean middle(int at, int size) {
    return at >= size / 3 && at < size - size / 3;
  }

  static float[][][] image(LabelledScan scan) {
    Grid grid = scan.grid();
    float[][][] image = new float[grid.x()][grid.y()][grid.z()];
    for (int i = 0; i < grid.x(); i++) {
      for (int j = 0; j < grid.y(); j++) {
        for (int k = 0; k < grid.z(); k++) {
          image[i][j][k] = scan.scan().at(i, j, k);
        }
      }
    }
    return image;
  }

  static byte[][][] label(LabelledScan scan) {
    Grid grid = scan.grid();
    byte[][][] label = new byte[grid.x()][grid.y()][grid.z()];
    int at = 0;
    for (byte[][] plane : label) {
      for (byte[] row : plane) {
        System.arraycopy(scan.classes().orElseThrow(), at, row, 0, row.length);
        at += row.length;
      }
    }
    return label;
  }

  public static Path hdf5(Path file, LabelledScan scan) {
    return hdf5(file, "image", image(scan), "label", label(scan));
  }

  /** A file with data sets of the given names. */
  public static Path hdf5(Path file, Object... namesAndData) {
    folder(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      for (int i = 0; i < namesAndData.length; i += 2) {
        hdf.putDataset((String) namesAndData[i], namesAndData[i + 1]);
      }
    }
    return file;
  }

  /** {@code <case>_image.nii.gz} and {@code <case>_label.nii.gz}. */
  static void nifti(Path folder, String id, LabelledScan scan) {
    Nifti.write(folder.resolve(id + "_image.nii.gz"), scan.scan());
    scan.classes()
        .ifPresent(c -> Nifti.writeMask(folder.resolve(id + "_label.nii.gz"), scan.grid(), c));
  }

  /** {@code <case>_image.nrrd} and {@code <case>_label.nrrd}. */
  static void nrrd(Path folder, String id, LabelledScan scan) {
    parts(folder.resolve(id + "_image.nrrd"), "float", scan);
    parts(folder.resolve(id + "_label.nrrd"), "uint8", scan);
  }

  private static void parts(Path file, String type, LabelledScan scan) {
    Grid grid = scan.grid();
    boolean image = type.equals("float");
    ByteBuffer data = ByteBuffer.allocate(grid.voxels() * (image ? 4 : 1));
    for (int k = 0; k < grid.z(); k++) {
      for (int j = 0; j < grid.y(); j++) {
        for (int i = 0; i < grid.x(); i++) {
          if (image) {
            data.putFloat(scan.scan().at(i, j, k));
          } else {
            data.put(scan.classes().orElseThrow()[(i * grid.y() + j) * grid.z() + k]);
          }
        }
      }
    }
    String header =
        "NRRD0004\ntype: %s\ndimension: 3\nsizes: %d %d %d\nencoding: raw\nendian: big\n\n"
            .formatted(type, grid.x(), grid.y(), grid.z());
    Bytes.write(file, Bytes.join(header.getBytes(StandardCharsets.UTF_8), data.array()));
  }

  static void list(Path file, String... ids) {
    Bytes.write(file, (String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public static float[] volume(Split split, int record) {
    return floats(split, "volume", record);
  }

  public static float[] floats(Split split, String field, int record) {
    ByteBuffer data = split.value(field, record).data();
    float[] floats = new float[data.remaining() / 4];
    data.asFloatBuffer().get(floats);
    return floats;
  }

  public static byte[] mask(Split split, int record) {
    ByteBuffer data = split.value("mask", record).data();
    byte[] mask = new byte[data.remaining()];
    data.get(mask);
    return mask;
  }

  /** Checks the split that trains on all labels against the training split, masks as in another. */
  public static void revealed(Dataset data, Split masks) {
    Split revealed = data.split("revealed");
    assertThat(revealed.size()).isEqualTo(data.train().size());
    assertThat(revealed.fields()).isEqualTo(data.train().fields());
    for (int i = 0; i < revealed.size(); i++) {
      for (String field : List.of("volume", "extent", "spacing", "affine", "case")) {
        assertThat(revealed.value(field, i)).isEqualTo(data.train().value(field, i));
      }
      assertThat(revealed.value("labelled", i).number()).isEqualTo(1);
      assertThat(mask(revealed, i)).isEqualTo(mask(masks, i)).contains(1);
    }
  }

  public static String id(Split split, int record) {
    return split.value("case", record).text();
  }

  private static void folder(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
