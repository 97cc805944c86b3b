package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider.Request;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Regrid;
import juxta.toolkit.volume.Scan;
import juxta.toolkit.volume.VolumeCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumesTest {
  @TempDir Path root;

  private Dataset open(String... settings) {
    return new Volumes().open(Requests.of(root, settings));
  }

  /** Cases c0, c1, ... of growing size, as folders with one HDF5 file each. */
  private List<LabelledScan> folders(int cases) {
    List<LabelledScan> scans = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      scans.add(Scans.random(6 + i, 7, 9 - i % 3, i));
      Scans.hdf5(root.resolve("c" + i + "/mri_norm2.h5"), scans.get(i));
    }
    return scans;
  }

  private static List<String> ids(Split split) {
    return IntStream.range(0, split.size()).mapToObj(i -> Scans.id(split, i)).toList();
  }

  private static List<Integer> labelled(Split split) {
    return IntStream.range(0, split.size())
        .mapToObj(i -> split.value("labelled", i).number())
        .toList();
  }

  /** A scan filled up with zeros. */
  private static float[] padded(LabelledScan scan, int x, int y, int z) {
    float[] padded = new float[x * y * z];
    Grid grid = scan.grid();
    for (int i = 0; i < grid.x(); i++) {
      for (int j = 0; j < grid.y(); j++) {
        for (int k = 0; k < grid.z(); k++) {
          padded[(i * y + j) * z + k] = scan.scan().at(i, j, k);
        }
      }
    }
    return padded;
  }

  @Test
  void fieldsHaveTheGreatestExtentOfAllSplits() {
    List<LabelledScan> scans = folders(4);
    Scans.list(root.resolve("train.list"), "c2", "c0", "c1");
    Scans.list(root.resolve("test.list"), "c3");
    Dataset data = open();
    assertThat(data.kind()).isEqualTo(DataKind.VOLUMES);
    assertThat(data.classes()).containsExactly("background", "foreground");
    assertThat(data.splits().keySet()).containsExactly("train", "test");
    for (Split split : data.splits().values()) {
      assertThat(split.fields())
          .containsExactly(
              Field.of("volume", FieldType.FLOAT32, 9, 7, 9, 1),
              Field.of("mask", FieldType.UINT8, 9, 7, 9),
              Field.of("extent", FieldType.INT32, 3),
              Field.of("spacing", FieldType.FLOAT32, 3),
              Field.of("affine", FieldType.FLOAT32, 12),
              Field.of("source-extent", FieldType.INT32, 3),
              Field.of("source-affine", FieldType.FLOAT32, 12),
              Field.of("labelled", FieldType.INT32),
              Field.of("case", FieldType.TEXT),
              Field.of("patient", FieldType.TEXT));
    }
    assertThat(ids(data.train())).containsExactly("c2", "c0", "c1");
    assertThat(Scans.volume(data.train(), 1)).containsExactly(padded(scans.get(0), 9, 7, 9));
    assertThat(Scans.volume(data.split("test"), 0)).containsExactly(padded(scans.get(3), 9, 7, 9));
    var extent = data.train().value("extent", 2).data();
    assertThat(List.of(extent.getInt(0), extent.getInt(4), extent.getInt(8)))
        .containsExactly(7, 7, 8);
    assertThat(Scans.floats(data.train(), "spacing", 0)).containsExactly(1, 1, 1);
    assertThat(Scans.floats(data.train(), "affine", 0))
        .containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    byte[] mask = Scans.mask(data.train(), 1);
    assertThat(mask[(2 * 7 + 2) * 9 + 3]).isEqualTo((byte) 1);
    assertThat(mask[(5 * 7 + 2) * 9 + 3]).isZero();
  }

  @Test
  void labelsOfUnlabelledScansDoNotLeak() {
    folders(5);
    Scans.list(root.resolve("train.list"), "c4", "c3", "c1", "c2");
    Scans.list(root.resolve("test.list"), "c0");
    Dataset data = open("labelled", "2");
    assertThat(ids(data.train())).containsExactly("c4", "c3", "c1", "c2");
    assertThat(labelled(data.train())).containsExactly(1, 1, 0, 0);
    assertThat(labelled(data.split("test"))).containsExactly(1);
    for (int i = 0; i < 4; i++) {
      byte[] mask = Scans.mask(data.train(), i);
      boolean any = IntStream.range(0, mask.length).anyMatch(at -> mask[at] != 0);
      assertThat(any).isEqualTo(i < 2);
    }
    assertThatThrownBy(() -> open("labelled", "5"))
        .isInstanceOf(UserException.class)
        .hasMessage("data.labelled is 5 but there are 4 training scans; set it to 4 or less");
  }

  @Test
  void theLastLabelledScansCanBecomeTheValidationSplit() {
    folders(6);
    Scans.list(root.resolve("train.list"), "c0", "c1", "c2", "c3", "c4");
    Scans.list(root.resolve("test.list"), "c5");
    Dataset data = open("labelled", "3", "validation-cases", "1");
    assertThat(ids(data.train())).containsExactly("c0", "c1", "c3", "c4");
    assertThat(labelled(data.train())).containsExactly(1, 1, 0, 0);
    assertThat(ids(data.split("validation"))).containsExactly("c2");
    assertThat(labelled(data.split("validation"))).containsExactly(1);
    assertThatThrownBy(() -> open("labelled", "2", "validation-cases", "2"))
        .hasMessageContaining("but 2 training scans are labelled");
    Scans.list(root.resolve("validation.list"), "c5");
    Scans.list(root.resolve("test.list"), "c4");
    Scans.list(root.resolve("train.list"), "c0", "c1", "c2", "c3");
    assertThat(ids(open().split("validation"))).containsExactly("c5");
    assertThatThrownBy(() -> open("validation-cases", "1"))
        .hasMessageContaining("validation.list names others");
  }

  @Test
  void theRevealedSplitShowsAllMasksOfTheTrainingScans() {
    folders(6);
    Scans.list(root.resolve("train.list"), "c4", "c3", "c1", "c2");
    Scans.list(root.resolve("test.list"), "c0", "c5");
    Dataset data = open("labelled", "2");
    assertThat(data.splits().keySet()).containsExactly("train", "test", "revealed");
    assertThat(ids(data.split("revealed"))).containsExactly("c4", "c3", "c1", "c2");
    Scans.revealed(data, open().train());
    assertThat(labelled(data.train())).containsExactly(1, 1, 0, 0);

    Dataset validated = open("labelled", "3", "validation-cases", "1");
    assertThat(ids(validated.split("validation"))).containsExactly("c1");
    assertThat(ids(validated.split("revealed"))).containsExactly("c4", "c3", "c2");
    for (String labelled : List.of("0", "4")) {
      assertThat(open("labelled", labelled).splits().keySet()).containsExactly("train", "test");
    }
  }

  @Test
  void nothingIsRevealedWhereAScanHasNoMask() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    Scans.nifti(root, "a", scan);
    Scans.nifti(root, "b", scan);
    Nifti.write(root.resolve("c_image.nii.gz"), scan.scan());
    for (String labelled : List.of("0", "1")) {
      Dataset data = open("labelled", labelled, "test-share", "0");
      assertThat(data.splits().keySet()).containsExactly("train");
    }
  }

  @Test
  void hdf5FilesOfAnImageAloneAreUnlabelledScans() {
    List<LabelledScan> scans = folders(3);
    Scans.hdf5(root.resolve("c1/mri_norm2.h5"), "image", Scans.image(scans.get(1)));
    Scans.list(root.resolve("train.list"), "c0", "c1");
    Scans.list(root.resolve("test.list"), "c2");
    Dataset data = open();
    assertThat(labelled(data.train())).containsExactly(1, 0);
    assertThat(Scans.volume(data.train(), 1)).containsExactly(padded(scans.get(1), 8, 7, 9));
    assertThat(Scans.mask(data.train(), 1)).containsOnly(0);

    Scans.list(root.resolve("train.list"), "c0", "c2");
    Scans.list(root.resolve("test.list"), "c1");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            root.resolve("c1/mri_norm2.h5")
                + ": case 'c1' of the test split has no label in it; add one or take the case off"
                + " the list");
  }

  /** What is drawn may have another name: that is no scan without it. */
  @Test
  void hdf5FilesWithOtherDataSetsAreNotUnlabelled() {
    List<LabelledScan> scans = folders(2);
    Path file = root.resolve("c0/mri_norm2.h5");
    Scans.hdf5(file, "image", Scans.image(scans.get(0)), "mask", Scans.label(scans.get(0)));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": has no data set 'label' but image, mask; a case holds 'image' and 'label', or"
                + " 'image' alone");
  }

  @Test
  void revealedScansAreReadOnceAndHeldOnce() {
    folders(3);
    ConcurrentLinkedQueue<Double> shares = new ConcurrentLinkedQueue<>();
    Settings settings = Requests.of(root, "labelled", "1", "test-share", "0").settings();
    Request request =
        new Request(Optional.of(root), root.resolve("no-cache"), settings, (w, s) -> shares.add(s));
    assertThat(new Volumes().open(request).splits().keySet()).containsExactly("train", "revealed");
    assertThat(shares).hasSize(3);
    LabelledScan scan = Scans.random(2, 2, 2, 1);
    VolumeRecord hidden = new VolumeRecord("a", false, scan.grid(), () -> scan);
    assertThat(hidden.revealed().scan()).isSameAs(hidden.scan());
  }

  /** The first lines of the list keep their labels, whatever the names and patients are. */
  @Test
  void labelledScansAreTheFirstLinesOfTheList() {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (int frame = 1; frame < 3; frame++) {
        frames.add("patient00" + i + "_frame0" + frame);
        Scans.hdf5(root.resolve(frames.get(frames.size() - 1) + ".h5"), Scans.random(3, 4, 5, i));
      }
    }
    Collections.shuffle(frames, new java.util.Random(3));
    Scans.list(root.resolve("train.list"), frames.toArray(String[]::new));
    for (int labelled = 1; labelled <= 8; labelled++) {
      Split train = open("labelled", "" + labelled).train();
      assertThat(ids(train)).isEqualTo(frames);
      for (int i = 0; i < 8; i++) {
        assertThat(train.value("labelled", i).number()).isEqualTo(i < labelled ? 1 : 0);
        assertThat(train.value("patient", i).text()).isEqualTo(frames.get(i).substring(0, 10));
      }
    }
  }

  @Test
  void threeFormatsGiveTheSameVoxels(@TempDir Path nifti, @TempDir Path nrrd, @TempDir Path nn) {
    List<LabelledScan> scans = folders(3);
    for (int i = 0; i < 3; i++) {
      Scans.nifti(nifti, "c" + i, scans.get(i));
      Scans.nrrd(nrrd, "c" + i, scans.get(i));
      Nifti.write(nn.resolve("imagesTr/c" + i + "_0000.nii.gz"), scans.get(i).scan());
      Nifti.writeMask(
          nn.resolve("labelsTr/c" + i + ".nii.gz"),
          scans.get(i).grid(),
          scans.get(i).classes().orElseThrow());
    }
    Dataset hdf5 = open();
    for (Path other : List.of(nifti, nrrd, nn)) {
      Dataset data = new Volumes().open(Requests.of(other));
      for (String name : List.of("train", "test")) {
        Split split = data.split(name);
        assertThat(ids(split)).isEqualTo(ids(hdf5.split(name)));
        for (int i = 0; i < split.size(); i++) {
          for (String field : List.of("volume", "mask", "extent", "labelled")) {
            assertThat(split.value(field, i)).isEqualTo(hdf5.split(name).value(field, i));
          }
        }
      }
    }
  }

  @Test
  void formatsMayBeMixedButNoCaseComesTwice() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    Scans.nifti(root, "a", scan);
    Scans.nrrd(root, "b", scan);
    Dataset data = open("test-share", "0");
    assertThat(data.splits().keySet()).containsExactly("train");
    assertThat(ids(data.train())).containsExactly("a", "b");
    assertThat(Scans.volume(data.train(), 0)).containsExactly(Scans.volume(data.train(), 1));
    Nifti.write(root.resolve("b_image.nii.gz"), scan.scan());
    assertThatThrownBy(this::open).hasMessageContaining("is case 'b', as is");
    assertThatThrownBy(
            () -> {
              Nifti.writeMask(
                  root.resolve("a_label_2.nii.gz"), scan.grid(), scan.classes().orElseThrow());
              open();
            })
        .hasMessageContaining("labels case 'a', as does");
  }

  @Test
  void placeAndDistanceOfVoxelsAreKept() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    Grid grid =
        new Grid(4, 5, 6, List.of(-2.0, 0.0, 0.0, 9.0, 0.0, 0.0, 3.0, 8.0, 0.0, 4.0, 0.0, 7.0));
    Scans.nifti(root, "a", new LabelledScan(new Scan(grid, scan.scan().voxels()), scan.classes()));
    Split train = open().train();
    assertThat(Scans.floats(train, "spacing", 0)).containsExactly(2, 4, 3);
    assertThat(Scans.floats(train, "affine", 0))
        .containsExactly(-2, 0, 0, 9, 0, 0, 3, 8, 0, 4, 0, 7);
  }

  @Test
  void thePlaceOfTheFileIsKeptThroughCropAndResampling() {
    Grid grid =
        new Grid(6, 7, 9, List.of(-2.0, 0.0, 0.0, 9.0, 0.0, 0.0, 3.0, 8.0, 0.0, 4.0, 0.0, 7.0));
    LabelledScan scan = Scans.random(6, 7, 9, 1);
    Scans.nifti(root, "a", new LabelledScan(new Scan(grid, scan.scan().voxels()), scan.classes()));
    for (int opening = 0; opening < 2; opening++) { // made, then from the cache
      Split train = open("crop-margin", "0", "spacing", "1.5").train();
      VolumeCase one = VolumeCase.of(train, 0);
      assertThat(one.source()).isEqualTo(grid);
      assertThat(one.grid()).isNotEqualTo(grid);
      byte[] back = Regrid.nearest(one.truth(), one.grid(), one.source());
      byte[] drawn = scan.classes().orElseThrow();
      int same = 0;
      for (int i = 0; i < drawn.length; i++) {
        same += back[i] == drawn[i] ? 1 : 0;
      }
      // nearest voxels of other sizes may differ at the box's faces
      assertThat(same).isGreaterThan(drawn.length * 9 / 10);
      assertThat(back).contains((byte) 1);
    }
  }

  @Test
  void framesOfAPatientStayTogether() {
    for (int i = 1; i < 6; i++) {
      for (int frame = 1; frame < 3; frame++) {
        Scans.hdf5(
            root.resolve("patient00" + i + "_frame0" + frame + ".h5"),
            Scans.random(3, 4, 5, i * 2 + frame));
      }
    }
    Dataset data = open("test-share", "0.3", "axes", "zyx");
    assertThat(ids(data.split("test")))
        .containsExactly(
            "patient004_frame01", "patient004_frame02", "patient005_frame01", "patient005_frame02");
    assertThat(data.train().size()).isEqualTo(6);
    Scans.list(root.resolve("all.list"), "patient003_frame01.h5", "patient001_frame01.h5");
    assertThat(ids(open().train())).containsExactly("patient001_frame01");
    assertThat(ids(open().split("test"))).containsExactly("patient003_frame01");
    assertThat(open("test-share", "0").splits().keySet()).containsExactly("train");
  }

  @Test
  void slicesFirstAreTurnedRound() {
    LabelledScan scan = Scans.random(3, 4, 5, 1);
    Scans.hdf5(root.resolve("a.h5"), scan);
    float[][][] image = Scans.image(scan);
    byte[][][] label = Scans.label(scan);
    Split train = open("axes", "zyx").train();
    assertThat(train.field("volume").shape()).containsExactly(5L, 4L, 3L, 1L);
    float[] volume = Scans.volume(train, 0);
    byte[] mask = Scans.mask(train, 0);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 3; k++) {
          assertThat(volume[(i * 4 + j) * 3 + k]).isEqualTo(image[k][j][i]);
          assertThat(mask[(i * 4 + j) * 3 + k]).isEqualTo(label[k][j][i]);
        }
      }
    }
  }

  @Test
  void scansWithoutLabelFilesComeLast() {
    LabelledScan scan = Scans.random(4, 5, 6, 1);
    Nifti.write(root.resolve("a_image.nii.gz"), scan.scan());
    Scans.nifti(root, "b", scan);
    Scans.nifti(root, "c", scan);
    Dataset data = open();
    assertThat(ids(data.train())).containsExactly("b", "a");
    assertThat(labelled(data.train())).containsExactly(1, 0);
    assertThatThrownBy(() -> open("labelled", "1"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            root.resolve("a_image.nii.gz") + ": case 'a' of the train split has no label file");
  }

  @Test
  void listsMustNameCasesOnce() {
    folders(3);
    Scans.list(root.resolve("train.list"), "c0", "nobody", "c0");
    Scans.list(root.resolve("test.list"), "c0", "c1");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        root.resolve("train.list")
                            + ": there is no case 'nobody' in "
                            + root
                            + "; add its files or take it off the list",
                        root.resolve("train.list")
                            + ": case 'c0' stands in train.list already; a case belongs to one"
                            + " split, take it off one list",
                        root.resolve("test.list")
                            + ": case 'c0' stands in train.list already; a case belongs to one"
                            + " split, take it off one list"));
    Scans.list(root.resolve("train.list"), "");
    Scans.list(root.resolve("test.list"), "c1");
    assertThatThrownBy(this::open).hasMessageContaining("train.list: is empty");
  }

  @Test
  void aTestListAloneIsAMistake() {
    folders(2);
    Scans.list(root.resolve("test.list"), "c1");
    assertThatThrownBy(this::open)
        .hasMessage(root + ": has other lists but no train.list; write one, a case id a line");
  }

  @Test
  void imagesWithOddNumbersAreRefused() {
    LabelledScan scan = Scans.random(3, 4, 5, 1);
    scan.scan().voxels()[(1 * 4 + 2) * 5 + 3] = Float.NaN;
    Path file = Scans.hdf5(root.resolve("a.h5"), scan);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": has the number NaN at voxel (1, 2, 3); mend or remove the scan");
  }

  @ParameterizedTest
  @ValueSource(floats = {2, -1, 254, 300, 1L << 53})
  void labelsOutsideTheClassesAreRefused(float odd) {
    LabelledScan scan = Scans.random(3, 4, 5, 1);
    float[][][] label = new float[3][4][5];
    label[2][0][4] = odd;
    Path file = Scans.hdf5(root.resolve("a.h5"), "image", Scans.image(scan), "label", label);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            file
                + ": has the label "
                + (long) odd
                + " at voxel (2, 0, 4), but labels go from 0 to 1; set data.classes");
    if (odd == 2) {
      assertThat(open("classes", "3").classes())
          .containsExactly("background", "foreground-1", "foreground-2");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.9882f, 0.5f, 1.002f, -0.01f, 254.5f, Float.NaN, Float.NEGATIVE_INFINITY})
  void labelsThatAreNotWholeAreRefused(float odd) {
    LabelledScan scan = Scans.random(3, 4, 5, 1);
    float[][][] label = new float[3][4][5];
    label[2][0][4] = odd;
    Path file = Scans.hdf5(root.resolve("a.h5"), "image", Scans.image(scan), "label", label);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            file + ": has the label " + odd + " at voxel (2, 0, 4), which is not whole; ");
  }

  @ParameterizedTest
  @ValueSource(floats = {0.99999994f, 1.0009f, 0.9991f, 1})
  void labelsThatAreNearlyWholeAreRounded(float near) {
    float[][][] label = new float[3][4][5];
    label[2][0][4] = near;
    label[0][0][0] = 1 - near;
    Scans.hdf5(root.resolve("a.h5"), "image", new float[3][4][5], "label", label);
    byte[] expected = new byte[60];
    expected[44] = 1;
    assertThat(Scans.mask(open().train(), 0)).containsExactly(expected);
  }

  @Test
  void blackAndWhiteLabelsAreTwoClasses() {
    float[][][] label = new float[3][4][5];
    label[2][0][4] = 255;
    Path file = Scans.hdf5(root.resolve("a.h5"), "image", new float[3][4][5], "label", label);
    byte[] expected = new byte[60];
    expected[44] = 1;
    assertThat(Scans.mask(open().train(), 0)).containsExactly(expected);
    assertThatThrownBy(() -> open("classes", "3"))
        .hasMessageStartingWith(file + ": has the label 255 at voxel (2, 0, 4), but labels go");
    label[1][1][1] = 1; // with a third number, none of them stands for white
    Scans.hdf5(file, "image", new float[3][4][5], "label", label);
    assertThatThrownBy(this::open).hasMessageStartingWith(file + ": has the label 255");
  }

  @Test
  void labelAndImageMustHaveOneShape() {
    LabelledScan scan = Scans.random(3, 4, 5, 1);
    Path file =
        Scans.hdf5(root.resolve("a.h5"), "image", Scans.image(scan), "label", new byte[3][5][4]);
    assertThatThrownBy(this::open)
        .hasMessage(
            file
                + ": the label is of 3 x 5 x 4 voxels but the image "
                + file
                + " of 3 x 4 x 5; both must have one shape");
  }

  @Test
  void hdf5FilesMustHoldTwoDataSetsOfThreeAxes() {
    Path file = Scans.hdf5(root.resolve("a.h5"), "picture", new float[2][2][2]);
    assertThatThrownBy(this::open)
        .hasMessage(
            file
                + ": has no data set 'image' but picture; a case holds 'image' and 'label', or 'image' alone");
    Scans.hdf5(file, "image", new float[2][2], "label", new byte[2][2]);
    assertThatThrownBy(this::open).hasMessageStartingWith(file + ": 'image' has the sizes [2, 2]");
    Scans.hdf5(file, "image", new String[] {"a", "b"}, "label", new byte[2][2]);
    assertThatThrownBy(this::open).hasMessageStartingWith(file + ": 'image' has the sizes [2]");
    Scans.hdf5(root.resolve("x/1.h5"), "image", new float[2][2][2]);
    Scans.hdf5(root.resolve("x/2.h5"), "image", new float[2][2][2]);
    assertThatThrownBy(this::open).hasMessageContaining("holds 2 HDF5 files, but a case is one");
  }

  @Test
  void damagedHdf5FilesAreReportedTogether() {
    byte[] whole = DataFolder.read(Scans.hdf5(root.resolve("c.h5"), Scans.random(9, 9, 9, 1)));
    Bytes.write(root.resolve("a.h5"), Bytes.first(whole, whole.length / 2));
    Bytes.write(root.resolve("b.h5"), "nothing".getBytes());
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0)).startsWith(root.resolve("a.h5") + ": ");
              assertThat(e.problems().get(1))
                  .startsWith(root.resolve("b.h5") + ": is no readable HDF5 file");
            });
  }

  @Test
  void bytesFlippedInHdf5FilesNeverGiveAnotherException() {
    byte[] whole = DataFolder.read(Scans.hdf5(root.resolve("a.h5"), Scans.random(4, 4, 4, 1)));
    var random = new java.util.Random(4);
    for (int round = 0; round < 150; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Bytes.write(root.resolve("a.h5"), damaged);
      try {
        open();
      } catch (UserException e) {
        assertThat(e.problems()).hasSize(1);
      }
    }
  }

  @Test
  void emptyAndAbsentFoldersAreMistakes() {
    assertThatThrownBy(this::open)
        .hasMessage(
            root
                + ": holds no scans; name the folder that holds "
                + VolumeCases.CONTENTS
                + ": --data volumes:/path");
    assertThatThrownBy(() -> new Volumes().open(Requests.of(root.resolve("x"))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("volumes: there is no folder " + root.resolve("x"));
    assertThatThrownBy(() -> new Volumes().open(Requests.without(root.resolve("cache"))))
        .isInstanceOf(UserException.class);
  }

  @Test
  void secondChannelsAreRefused() {
    Nifti.write(root.resolve("imagesTr/a_0001.nii.gz"), Scans.random(2, 2, 2, 0).scan());
    assertThatThrownBy(this::open).hasMessageContaining("is a second channel");
  }

  @Test
  void fingerprintFollowsContentListsAndSettingsButNotThePlace(@TempDir Path other) {
    List<LabelledScan> scans = folders(3);
    String here = open().fingerprint();
    for (int i = 0; i < 3; i++) {
      Scans.hdf5(other.resolve("c" + i + "/mri_norm2.h5"), scans.get(i));
    }
    assertThat(new Volumes().open(Requests.of(other)).fingerprint()).isEqualTo(here);
    assertThat(open("labelled", "1").fingerprint()).isNotEqualTo(here);
    assertThat(open("normalise", "z-score").fingerprint()).isNotEqualTo(here);
    Scans.list(root.resolve("train.list"), "c1", "c0");
    Scans.list(root.resolve("test.list"), "c2");
    assertThat(open().fingerprint()).isNotEqualTo(here);
    Scans.hdf5(other.resolve("c0/mri_norm2.h5"), Scans.random(6, 7, 9, 77));
    assertThat(new Volumes().open(Requests.of(other)).fingerprint()).isNotEqualTo(here);
  }

  @Test
  void preparedScansAreKeptAndDamagedOnesMadeAnew(@TempDir Path cache) throws Exception {
    folders(2);
    Request request =
        new Request(
            Optional.of(root),
            cache,
            Requests.of(root, "normalise", "z-score", "crop-margin", "1").settings(),
            (what, share) -> {});
    float[] first = Scans.volume(new Volumes().open(request).train(), 0);
    List<Path> entries = DataFolder.list(cache.resolve("prepared-volumes"));
    assertThat(entries).hasSize(2);
    assertThat(Scans.volume(new Volumes().open(request).train(), 0)).containsExactly(first);
    for (Path entry : entries) {
      byte[] bytes = DataFolder.read(entry);
      byte[] damaged = bytes.clone();
      damaged[bytes.length / 2] ^= 1;
      for (byte[] bad : List.of(damaged, Bytes.first(bytes, bytes.length - 1), new byte[0])) {
        Bytes.write(entry, bad);
        assertThat(Scans.volume(new Volumes().open(request).train(), 0)).containsExactly(first);
        assertThat(Files.readAllBytes(entry)).isEqualTo(bytes);
      }
    }
    assertThat(root.resolve("no-cache")).doesNotExist();
    open();
    assertThat(root.resolve("no-cache")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crop-axes=xy",
        "crop-size=9",
        "crop-jitter=2",
        "crop-jitter=2 crop-seed=1",
        "normalise-after-crop=true"
      })
  void preparedScansAreKeptApartBySetting(String changed, @TempDir Path cache) {
    folders(2);
    List<String> settings = new ArrayList<>(List.of("normalise", "z-score", "crop-margin", "0"));
    List<String> fingerprints = new ArrayList<>();
    for (int entries = 2; entries <= 4; entries += 2) {
      Request request =
          new Request(
              Optional.of(root),
              cache,
              Requests.of(root, settings.toArray(String[]::new)).settings(),
              (what, share) -> {});
      fingerprints.add(new Volumes().open(request).fingerprint());
      assertThat(DataFolder.list(cache.resolve("prepared-volumes"))).hasSize(entries);
      for (String pair : changed.split(" ")) {
        settings.addAll(List.of(pair.split("=")));
      }
    }
    assertThat(fingerprints).doesNotHaveDuplicates();
  }

  @Test
  void equalScansOfTwoCasesAreCutEachByItsOwnDraws(@TempDir Path cache) {
    for (String id : List.of("a", "b", "c", "d")) {
      Scans.hdf5(root.resolve(id + ".h5"), Scans.random(30, 30, 30, 1));
    }
    Request request =
        new Request(
            Optional.of(root),
            cache,
            Requests.of(root, "crop-margin", "0", "crop-jitter", "9", "test-share", "0").settings(),
            (what, share) -> {});
    Split train = new Volumes().open(request).train();
    assertThat(DataFolder.list(cache.resolve("prepared-volumes"))).hasSize(4);
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(i -> Arrays.toString(Scans.floats(train, "affine", i)))
                .distinct())
        .hasSize(4);
    Scans.list(root.resolve("train.list"), "c", "a");
    assertThat(Scans.floats(open("crop-margin", "0", "crop-jitter", "9").train(), "affine", 0))
        .containsExactly(Scans.floats(train, "affine", 2));
  }

  @Test
  void progressGoesFromNothingToAll() {
    folders(4);
    ConcurrentLinkedQueue<Double> shares = new ConcurrentLinkedQueue<>();
    new Volumes()
        .open(
            new Request(
                Optional.of(root),
                root.resolve("no-cache"),
                Requests.of(root).settings(),
                (what, share) -> shares.add(share)));
    assertThat(shares).hasSize(4).last().isEqualTo(1.0);
    assertThat(Collections.min(shares)).isEqualTo(0.25);
  }

  @Test
  void severalThreadsReadTheSame() {
    folders(3);
    Split train = open("test-share", "0").train();
    List<float[]> alone = IntStream.range(0, 3).mapToObj(i -> Scans.volume(train, i)).toList();
    IntStream.range(0, 100)
        .parallel()
        .forEach(i -> assertThat(Scans.volume(train, i % 3)).containsExactly(alone.get(i % 3)));
  }
}
