package juxta.plugin.baselines.evaluators;

import static juxta.plugin.baselines.evaluators.FakeScans.box;
import static juxta.plugin.baselines.evaluators.FakeScans.clear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.picture.Picture;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Scan;
import juxta.toolkit.volume.Spacing;
import juxta.toolkit.volume.VolumeCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumesTest {
  private static final Extent EXTENT = new Extent(9, 8, 7);
  private static final FakeScans CLEAR =
      FakeScans.of(clear("a", 9, 8, 7), clear("b", 12, 11, 10), clear("c", 6, 9, 5));

  @TempDir private Path folder;

  private FakeSegmentation evaluation(Dataset data, Map<String, String> settings) {
    return new FakeSegmentation(data, settings, folder, 2, -1, -1, -1, 1);
  }

  private static Map<String, Double> values(List<Score> scores) {
    Map<String, Double> values = new HashMap<>();
    scores.forEach(score -> values.put(score.metric(), score.value()));
    return values;
  }

  private Map<String, Double> scores(Dataset data, Map<String, String> settings) {
    return values(new Volumes().evaluate(evaluation(data, settings)));
  }

  private static FakeScans.Scan scan(String name, byte[] shown, byte[] truth) {
    return new FakeScans.Scan(name, EXTENT, new Spacing(1, 1, 2.5), shown, truth);
  }

  @Test
  void whatIsShownIsFoundExactly() throws IOException {
    List<Score> scores =
        new Volumes()
            .evaluate(evaluation(CLEAR, Map.of("patch-x", "6", "patch-y", "6", "patch-z", "6")));
    assertThat(scores.stream().map(Score::metric))
        .containsExactly("dice", "jaccard", "hd95", "asd");
    assertThat(scores.stream().map(Score::value)).containsExactly(1.0, 1.0, 0.0, 0.0);
    assertThat(scores.stream().map(Score::unit))
        .containsExactly(Score.Unit.RATE, Score.Unit.RATE, Score.Unit.NUMBER, Score.Unit.NUMBER);
    for (Score score : scores) {
      assertThat(score.protocol())
          .containsEntry("window", "6 x 6 x 6")
          .containsEntry("stride", "18 x 18 x 4, at most the window")
          .containsEntry("largest-component", "false")
          .containsEntry("empty", "reference")
          .containsEntry("unit", "voxels")
          .containsEntry("cases", "3 of the test split")
          .containsEntry("foreground-classes", "1")
          .containsEntry("empty-predictions", "0 of 3")
          .containsEntry("distances", "undefined and left out in 0 of 3");
    }
    assertThat(Files.readAllLines(folder.resolve("cases.csv")))
        .containsExactly(
            "case,class,dice,jaccard,hd95,asd",
            "a,1,1.0,1.0,0.0,0.0",
            "b,1,1.0,1.0,0.0,0.0",
            "c,1,1.0,1.0,0.0,0.0");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "3, 3, 3", "6, 6, 6", "20, 20, 20", "4, 0, 20", "0, 5, 0", "7, 6, 5"})
  void windowsOfAnySizeFindTheSame(String x, String y, String z) {
    Map<String, String> settings =
        Map.of(
            "patch-x",
            x,
            "patch-y",
            y,
            "patch-z",
            z,
            "stride-xy",
            "2",
            "stride-z",
            "3",
            "batch",
            "5");
    assertThat(scores(CLEAR, settings)).containsEntry("dice", 1.0).containsEntry("hd95", 0.0);
  }

  @Test
  void windowsAreThoseThatTheModelWasTrainedOn() {
    FakeSegmentation evaluation =
        new FakeSegmentation(CLEAR, Map.of("stride-z", "2"), folder, 2, 6, 5, 4, 1);
    List<Score> scores = new Volumes().evaluate(evaluation);
    assertThat(values(scores)).containsEntry("dice", 1.0);
    assertThat(scores.get(0).protocol()).containsEntry("window", "6 x 5 x 4");
    assertThat(evaluation.opened).hasSize(1);
    assertThat(evaluation.opened.get(0).name()).isEqualTo(Field.VOLUME);
    assertThat(evaluation.opened.get(0).shape()).containsExactly(6L, 5L, 4L, 1L);
    assertThat(evaluation.closed).isTrue();
  }

  @Test
  void progressCountsTheWindowsOfAllScans() {
    Map<String, String> settings =
        Map.of(
            "patch-x",
            "6",
            "patch-y",
            "6",
            "patch-z",
            "6",
            "stride-xy",
            "3",
            "stride-z",
            "2",
            "batch",
            "4");
    FakeSegmentation evaluation = evaluation(CLEAR, settings);
    new Volumes().evaluate(evaluation);
    // 9 x 8 x 7: 2 2 2; 12 x 11 x 10: 3 3 3; 6 x 9 x 5: 1 2 1
    assertThat(evaluation.total).isEqualTo(8 + 27 + 2);
    assertThat(evaluation.progress).isSorted().endsWith(37L);
    assertThat(evaluation.batches).containsExactlyInAnyOrder(4, 4, 4, 4, 4, 4, 4, 4, 3, 2);
  }

  @Test
  void wholeScansNeedNoPatch() {
    FakeSegmentation evaluation = evaluation(CLEAR, Map.of());
    List<Score> scores = new Volumes().evaluate(evaluation);
    assertThat(scores.get(0).protocol())
        .containsEntry("window", "whole scan x whole scan x whole scan");
    assertThat(evaluation.opened.get(0).shape()).containsExactly(-1L, -1L, -1L, 1L);
    assertThat(evaluation.total).isEqualTo(3);
  }

  @Test
  void distancesInVoxelsOrMillimetres() {
    FakeScans moved = FakeScans.of(scan("moved", box(EXTENT, 2, 1), box(EXTENT, 1, 1)));
    Map<String, Double> voxels = scores(moved, Map.of());
    assertThat(voxels.get("dice")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(voxels.get("jaccard")).isCloseTo(.5, within(1e-12));
    assertThat(voxels).containsEntry("hd95", 1.0);
    Map<String, Double> millimetres = scores(moved, Map.of("unit", "mm"));
    assertThat(millimetres.get("hd95")).isGreaterThan(1);
    assertThat(millimetres.get("asd")).isGreaterThan(voxels.get("asd"));
    assertThat(millimetres).containsEntry("dice", voxels.get("dice"));
  }

  @Test
  void theLargestComponentLeavesSpecksOut() {
    byte[] truth = box(EXTENT, 1, 1);
    byte[] shown = truth.clone();
    shown[EXTENT.index(8, 7, 6)] = 1;
    FakeScans speck = FakeScans.of(scan("speck", shown, truth));
    assertThat(scores(speck, Map.of()).get("dice")).isLessThan(1);
    assertThat(scores(speck, Map.of("largest-component", "true")))
        .containsEntry("dice", 1.0)
        .containsEntry("hd95", 0.0);
  }

  @Test
  void emptyPredictionsByEitherRule() throws IOException {
    FakeScans.Scan missed = scan("missed", new byte[EXTENT.voxels()], box(EXTENT, 1, 1));
    FakeScans.Scan moved = scan("moved", box(EXTENT, 2, 1), box(EXTENT, 1, 1));
    FakeScans both = FakeScans.of(missed, moved);
    assertThat(scores(both, Map.of())).containsEntry("hd95", .5);
    List<Score> strict = new Volumes().evaluate(evaluation(both, Map.of("empty", "strict")));
    assertThat(values(strict)).containsEntry("hd95", 1.0);
    assertThat(values(strict).get("dice")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(strict.get(0).protocol())
        .containsEntry("empty", "strict")
        .containsEntry("empty-predictions", "1 of 2")
        .containsEntry("distances", "undefined and left out in 1 of 2");
    assertThat(Files.readAllLines(folder.resolve("cases.csv")))
        .contains("missed,1,0.0,0.0,NaN,NaN");
    assertThat(scores(FakeScans.of(missed), Map.of("empty", "strict")))
        .containsOnlyKeys("dice", "jaccard");
    assertThat(scores(FakeScans.of(missed), Map.of()))
        .containsEntry("hd95", 0.0)
        .containsEntry("asd", 0.0);
  }

  @Test
  void classesAreScoredOneByOneAndAveraged() throws IOException {
    Extent extent = new Extent(9, 8, 9);
    byte[] truth = box(extent, 1, 1);
    byte[] other = box(extent, 5, 2);
    for (int i = 0; i < truth.length; i++) {
      truth[i] |= other[i];
    }
    byte[] shown = truth.clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown[i] == 2 ? 0 : shown[i]; // class 2 is missed
    }
    FakeScans data =
        new FakeScans(
            List.of(new FakeScans.Scan("x, \"y\"", extent, Spacing.VOXELS, shown, truth)),
            List.of("background", "wall", "cavity"),
            FakeScans.FILLED);
    List<Score> scores =
        new Volumes().evaluate(new FakeSegmentation(data, Map.of(), folder, 3, -1, -1, -1, 1));
    assertThat(values(scores)).containsEntry("dice", .5);
    assertThat(scores.get(0).protocol())
        .containsEntry("cases", "1 of the test split")
        .containsEntry("foreground-classes", "2");
    assertThat(Files.readAllLines(folder.resolve("cases.csv")))
        .containsExactly(
            "case,class,dice,jaccard,hd95,asd",
            "\"x, \"\"y\"\"\",wall,1.0,1.0,0.0,0.0",
            "\"x, \"\"y\"\"\",cavity,0.0,0.0,0.0,0.0");
  }

  @Test
  void casesWithoutANameHaveANumber() throws IOException {
    scores(FakeScans.of(clear("", 9, 8, 7), clear("", 6, 6, 6)), Map.of());
    assertThat(Files.readAllLines(folder.resolve("cases.csv")))
        .element(2)
        .asString()
        .startsWith("1,1,1.0");
  }

  @Test
  void thePictureShowsWorstMedianAndBest() throws IOException {
    byte[] wide = box(EXTENT, 1, 1);
    wide[EXTENT.index(5, 3, 2)] = 1;
    FakeScans data =
        FakeScans.of(
            clear("best", 9, 8, 7),
            scan("worst", box(EXTENT, 3, 1), box(EXTENT, 1, 1)),
            scan("median", wide, box(EXTENT, 1, 1)));
    scores(data, Map.of());
    Picture image = PictureFiles.read(folder.resolve("cases.png"));
    int side = 9 * 45; // 400 through 9, rounded up
    assertThat(image.size().width()).isEqualTo(3 * side + 2 * 8);
    assertThat(image.size().height()).isGreaterThan(VolumePicture.HEAD + 8 * 45);
    assertThat(colours(image, 0, side)).contains(0x56b4e9).doesNotContain(0xf0e442);
    assertThat(colours(image, side + 8, 2 * side + 8)).contains(0xf0e442);
    assertThat(colours(image, 2 * side + 16, image.size().width()))
        .contains(0xf0e442)
        .doesNotContain(0x56b4e9, 0xd55e00);
  }

  private static List<Integer> colours(Picture image, int from, int to) {
    int height = 8 * 45; // of the slices, without the words above and below
    return LongStream.range(0, (long) (to - from) * height)
        .mapToObj(
            i -> image.colour(VolumePicture.HEAD + (int) (i % height), from + (int) (i / height)))
        .distinct()
        .toList();
  }

  @Test
  void theSliceShownIsWhereTheMostIsWrong() {
    byte[] truth = box(EXTENT, 1, 1); // z from 1 to 3
    byte[] shown = truth.clone();
    shown[EXTENT.index(1, 2, 1)] = 0;
    for (int x = 0; x < 6; x++) {
      shown[EXTENT.index(x, 0, 5)] = 1;
    }
    assertThat(slice(truth, shown).prediction()).isEqualTo(at(shown, 5));
    shown = truth.clone();
    assertThat(slice(truth, shown).truth()).isEqualTo(at(truth, 3));
    byte[] none = new byte[EXTENT.voxels()];
    assertThat(slice(none, none).grey()[0]).isEqualTo(0);
  }

  private static VolumeSlice slice(byte[] truth, byte[] shown) {
    Grid grid = Grid.of(9, 8, 7, 1, 1, 1);
    VolumeCase one =
        new VolumeCase("a", grid, Spacing.VOXELS, new float[EXTENT.voxels()], truth, grid);
    return VolumeSlice.of(one, shown, 1);
  }

  /** A slice of a mask. */
  private static byte[] at(byte[] mask, int z) {
    byte[] slice = new byte[EXTENT.x() * EXTENT.y()];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = mask[i * EXTENT.z() + z];
    }
    return slice;
  }

  @Test
  void predictionsOfACutScanLieOnItsFilesGrid() {
    Grid whole = Grid.of(6, 5, 4, 1, 2, 3);
    List<Double> moved = List.of(1.0, 0.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 0.0, 3.0, 6.0);
    Grid cut = new Grid(2, 3, 1, moved); // begins at the voxel (2, 1, 2)
    byte[] mask = {1, 2, 3, 4, 5, 6};
    VolumeCase one =
        new VolumeCase("a", cut, new Spacing(1, 2, 3), new float[6], new byte[6], whole);
    new VolumePredictions(folder).write(one, mask);
    Scan found = Nifti.read(folder.resolve("a.nii.gz"));
    assertThat(found.grid()).isEqualTo(whole);
    byte[] expected = new byte[whole.voxels()];
    for (int i = 0; i < 6; i++) {
      expected[((2 + i / 3) * 5 + 1 + i % 3) * 4 + 2] = mask[i];
    }
    assertThat(bytes(found)).isEqualTo(expected);
  }

  @Test
  void predictionsLieOnTheScansGrid() {
    byte[] shown = box(EXTENT, 2, 1);
    shown[EXTENT.index(8, 7, 6)] = 1;
    FakeScans data =
        FakeScans.of(clear("plain", 6, 9, 5), scan("../a/\u00e4", shown, box(EXTENT, 1, 1)));
    scores(data, Map.of());
    assertThat(folder.resolve("predictions")).doesNotExist();
    scores(data, Map.of("predictions", "true", "patch-x", "4"));
    assertThat(files()).containsExactly("_._a__.nii.gz", "plain.nii.gz");
    Scan found = Nifti.read(folder.resolve("predictions/_._a__.nii.gz"));
    assertThat(bytes(found)).isEqualTo(shown);
    assertThat(new Extent(found.grid().x(), found.grid().y(), found.grid().z())).isEqualTo(EXTENT);
    double[] affine = {0, -1, 0, 11.3, 1, 0, 0, -20, 0, 0, 2.5, 5.5};
    for (int i = 0; i < 12; i++) {
      assertThat(found.grid().affine().get(i)).isCloseTo(affine[i], within(1e-4));
    }
    scores(data, Map.of("predictions", "true", "largest-component", "true"));
    assertThat(bytes(Nifti.read(folder.resolve("predictions/_._a__.nii.gz"))))
        .isEqualTo(box(EXTENT, 2, 1));
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder.resolve("predictions"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Scan scan) {
    byte[] bytes = new byte[scan.voxels().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) scan.voxels()[i];
    }
    return bytes;
  }

  @Test
  void noCaseLeavesTheFolderOrTakesTheFileOfAnother() {
    VolumePredictions names = new VolumePredictions(folder);
    assertThat(names.file("a")).isEqualTo("a.nii.gz");
    assertThat(names.file("A")).isEqualTo("A-2.nii.gz");
    assertThat(names.file("a")).isEqualTo("a-3.nii.gz");
    assertThat(names.file("")).isEqualTo("_.nii.gz");
    assertThat(names.file("..")).isEqualTo("_..nii.gz");
    assertThat(names.file("a/b\\c:d e\n")).isEqualTo("a_b_c_d_e_.nii.gz");
    assertThat(names.file("/etc/x")).isEqualTo("_etc_x.nii.gz");
    assertThat(names.file("x".repeat(300))).hasSize(107);
  }

  @Test
  void fewCasesAreShownOnce() {
    VolumeSlice a = new VolumeSlice("a", .5, 0, 1, 1, new int[1], new byte[1], new byte[1]);
    VolumeSlice b = new VolumeSlice("b", .7, 0, 1, 1, new int[1], new byte[1], new byte[1]);
    VolumeSlice c = new VolumeSlice("c", .6, 0, 1, 1, new int[1], new byte[1], new byte[1]);
    assertThat(VolumePicture.chosen(List.of(a))).containsExactly(a);
    assertThat(VolumePicture.chosen(List.of(b, a))).containsExactly(a, b);
    assertThat(VolumePicture.chosen(List.of(a, b, c))).containsExactly(a, c, b);
    assertThat(VolumePicture.chosen(List.of(a, b, c, b, b))).hasSize(3).first().isEqualTo(a);
  }

  @Test
  void mistakesInTheDataAreNamedByCase() {
    byte[] strange = box(EXTENT, 1, 1);
    strange[5] = (byte) 255;
    assertThatThrownBy(() -> scores(FakeScans.of(scan("odd", strange.clone(), strange)), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("case 'odd': its mask holds class 255")
        .hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> scores(FakeScans.of(clear("big", 13, 8, 7)), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("case 'big'")
        .hasMessageContaining("13 x 8 x 7");
  }

  @Test
  void aModelOfOneClassIsRefused() {
    FakeSegmentation evaluation = new FakeSegmentation(CLEAR, Map.of(), folder, 1, -1, -1, -1, 1);
    assertThatThrownBy(() -> new Volumes().evaluate(evaluation))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one class");
    assertThat(evaluation.closed).isTrue();
  }

  @Test
  void isProvidedAndSaysWhatItNeeds() {
    assertThat(Volumes.class.getModule().getDescriptor().provides())
        .filteredOn(p -> p.service().equals(Evaluator.class.getName()))
        .flatMap(p -> p.providers())
        .contains(Volumes.class.getName());
    Volumes volumes = new Volumes();
    assertThat(volumes.fields()).containsExactlyInAnyOrder("volume", "mask", "extent", "spacing");
    assertThat(volumes.splits()).containsExactly(Dataset.TEST);
    assertThat(volumes.functions()).containsExactly("segment");
    assertThat(volumes.settings().stream().map(Setting::key))
        .containsExactly(
            "patch-x",
            "patch-y",
            "patch-z",
            "stride-xy",
            "stride-z",
            "batch",
            "largest-component",
            "empty",
            "unit",
            "predictions");
  }
}
