package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.testkit.Conformance;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.metrics.ConfusionMatrix;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring of tiles, with predictions that are given in place of a head. */
class TileScoringTest {
  @TempDir Path folder;

  private static List<MaskClass> classes(int number) {
    return java.util.stream.IntStream.range(0, number)
        .mapToObj(i -> new MaskClass("class " + i, 0x123456 * (i + 1) & 0xFFFFFF))
        .toList();
  }

  /** Tiles whose red is what a head would predict. */
  private record Tiles(int side, float[] truth, float[] predicted) implements Dataset, Split {
    @Override
    public String id() {
      return "tiles";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(TRAIN, this, TEST, this);
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public String fingerprint() {
      return "0";
    }

    @Override
    public int size() {
      return truth.length / (side * side);
    }

    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3),
          Field.of(Field.MASK, FieldType.UINT8, side, side));
    }

    @Override
    public Value value(String field, int record) {
      boolean image = field.equals(Field.IMAGE);
      int channels = image ? 3 : 1;
      byte[] bytes = new byte[side * side * channels];
      for (int i = 0; i < side * side; i++) {
        bytes[channels * i] = (byte) (image ? predicted : truth)[record * side * side + i];
      }
      return new Value(FieldType.UINT8, field(field).shape(), ByteBuffer.wrap(bytes));
    }
  }

  /** Predicts the red of images. */
  private static final class Red implements Evaluation.Applied {
    int calls;

    @Override
    public Value run(Map<String, Value> batch, String output) {
      calls++;
      Value image = batch.get(Field.IMAGE);
      ByteBuffer bytes = image.data();
      float[] red = new float[bytes.remaining() / 3];
      for (int i = 0; i < red.length; i++) {
        red[i] = Byte.toUnsignedInt(bytes.get(3 * i));
      }
      return Tensors.floats(
          new long[] {image.shape().get(0), image.shape().get(1), image.shape().get(2)}, red);
    }

    @Override
    public Value records(List<Map<String, Value>> records, String output) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> objection(Map<String, Value> record) {
      return Optional.empty();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  private Tiles conformance(JsonNode json) {
    return new Tiles(
        20,
        Conformance.floats(json.at("/inputs/labels")),
        Conformance.floats(json.at("/inputs/predictions")));
  }

  @Test
  void oneMatrixOverAllTilesEqualsScikitLearn() {
    JsonNode json = Conformance.read("semantic_segmentation");
    ConfusionMatrix found = new ConfusionMatrix(6);
    new TileScoring(conformance(json), Dataset.TEST, new Red())
        .run(found, TilePicture.NONE, done -> {});
    double tolerance = json.get("tolerance").asDouble();
    assertThat(found.meanIou()).isCloseTo(json.at("/expected/miou").asDouble(), within(tolerance));
    assertThat(found.accuracy())
        .isCloseTo(json.at("/expected/overall_accuracy").asDouble(), within(tolerance));
  }

  @Test
  void largeTilesAreScoredAFewAtATime() {
    int side = 600;
    Tiles tiles = new Tiles(side, new float[3 * side * side], new float[3 * side * side]);
    Red head = new Red();
    ConfusionMatrix found = new ConfusionMatrix(2);
    int[] last = {0};
    new TileScoring(tiles, Dataset.TEST, head).run(found, TilePicture.NONE, done -> last[0] = done);
    assertThat(head.calls).isEqualTo(3);
    assertThat(last[0]).isEqualTo(3);
    assertThat(found.total()).isEqualTo(3L * side * side);
  }

  @Test
  void aClassThatTheDataDoNotNameIsRefused() {
    Tiles tiles = new Tiles(2, new float[] {0, 1, 2, 255}, new float[4]);
    assertThatThrownBy(
            () ->
                new TileScoring(tiles, Dataset.TEST, new Red())
                    .run(new ConfusionMatrix(2), TilePicture.NONE, done -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "segmentation: mask 0 of split 'test' has class 2; data set 'tiles' names 2 classes");
  }

  @Test
  void thePictureShowsImageMaskPredictionAndMistakes() throws IOException {
    int side = 4;
    float[] truth = new float[3 * 16];
    float[] predicted = new float[3 * 16];
    java.util.Arrays.fill(truth, 16, 32, 1); // tile 1 is of class 1, tile 2 of none
    java.util.Arrays.fill(truth, 32, 48, Field.IGNORED);
    TilePicture picture = new TilePicture(classes(2), 8);
    Path file = folder.resolve("tiles.png");
    picture.write(file);
    assertThat(file).doesNotExist();
    new TileScoring(new Tiles(side, truth, predicted), Dataset.TEST, new Red())
        .run(new ConfusionMatrix(2), picture, done -> {});
    picture.write(file);
    Picture drawn = PictureFiles.read(file);
    int first = classes(2).get(0).colour();
    int second = classes(2).get(1).colour();
    assertThat(row(drawn, 0)).containsExactly(0, first, first, 0xC8C8C8);
    assertThat(row(drawn, 1)).containsExactly(0, second, first, 0xE03030);
    assertThat(row(drawn, 2)).containsExactly(0, 0, first, 0);
  }

  /** Colours in the middle of the four panels. */
  private static int[] row(Picture drawn, int row) {
    int[] colours = new int[4];
    for (int panel = 0; panel < 4; panel++) {
      colours[panel] = drawn.colour(22 + 80 + row * 168, 8 + 80 + panel * 168);
    }
    return colours;
  }

  @Test
  void tablesHoldAllCounts() throws IOException {
    ConfusionMatrix found = new ConfusionMatrix(2);
    found.add(0, 0);
    found.add(0, 1);
    found.add(1, 1);
    SegmentationTables.write(
        found, List.of(new MaskClass("a, b", 0), new MaskClass("c", 1)), folder);
    assertThat(Files.readAllLines(folder.resolve("classes.csv")))
        .containsExactly(
            "class,iou,f1,pixels,predicted",
            "\"a, b\",0.5,0.6666666666666666,2,1",
            "c,0.5,0.6666666666666666,1,2");
    assertThat(Files.readAllLines(folder.resolve("confusion.csv")))
        .containsExactly("class,\"a, b\",c", "\"a, b\",1,1", "c,0,1");
  }

  @Test
  void theSameTilesAreDrawnForAllMethodsOfASeed() {
    float[] truth = new float[40 * 4];
    java.util.Arrays.fill(truth, 0, 80, Field.IGNORED); // the first half has no labels
    Tiles tiles = new Tiles(2, truth, new float[160]);
    int[] drawn = LabelledTiles.draw(tiles, 0.25, 3);
    assertThat(drawn).hasSize(10).isSorted().doesNotHaveDuplicates();
    assertThat(drawn[0]).isGreaterThanOrEqualTo(20);
    assertThat(LabelledTiles.draw(tiles, 0.25, 3)).isEqualTo(drawn);
    assertThat(LabelledTiles.draw(tiles, 0.25, 4)).isNotEqualTo(drawn);
    assertThat(LabelledTiles.draw(tiles, 0.0001, 4)).hasSize(1);
    assertThat(LabelledTiles.draw(tiles, 1, 4)).hasSize(20);
    java.util.Arrays.fill(truth, Field.IGNORED);
    assertThatThrownBy(() -> LabelledTiles.draw(tiles, 1, 4))
        .hasMessageContaining("no pixel of the training split has a class");
  }

  @Test
  void classesThatNoLabelledTileShowsAreNamed() {
    float[] truth = {0, 0, 0, 0, 2, 2, Field.IGNORED, 0, 3, 1, 1, 1}; // three tiles of 2 x 2
    Tiles tiles = new Tiles(2, truth, new float[12]);
    assertThat(LabelledTiles.missing(tiles, new int[] {0, 1}, 5)).containsExactly(1, 3, 4);
    assertThat(LabelledTiles.missing(tiles, new int[] {0, 1, 2}, 4)).isEmpty();
  }
}
