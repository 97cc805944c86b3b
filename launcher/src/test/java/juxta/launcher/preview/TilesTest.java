package juxta.launcher.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import juxta.api.FieldType;
import juxta.api.MaskClass;
import juxta.api.Value;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.SafeColour;
import org.junit.jupiter.api.Test;

class TilesTest {
  private static final float[] CUBES = {1, 1, 1};

  @Test
  void viewsAreTurnedBackToTheColoursThatTheyWere() {
    // normalised: (x - 0.5) / 0.25 in red, x in green and blue
    Value view = Tensors.floats(new long[] {1, 2, 3}, 2, 0, 0.5f, -2, 1, 0);
    Picture seen =
        Tiles.image(view, Tiles.windows(new float[] {-2, 0, 0}, new float[] {2, 1, 1})).picture();
    assertThat(seen.colour(0, 0)).isEqualTo(0xFF0080);
    assertThat(seen.colour(0, 1)).isEqualTo(0x00FF00);
  }

  @Test
  void greyIsGreyAndOfManyChannelsThreeAreSeen() {
    Value grey = bytes(List.of(1L, 1L, 1L), 0x40);
    assertThat(Tiles.image(grey, Tiles.windows(grey)).picture().colour(0, 0)).isEqualTo(0x404040);
    Value many = bytes(List.of(1L, 1L, 5L), 1, 2, 3, 4, 5);
    assertThat(Tiles.image(many, Tiles.windows(many)).picture().colour(0, 0)).isEqualTo(0x010203);
  }

  @Test
  void slicesAreThoseInTheMiddle() {
    int[] lengths = {2, 3, 4};
    float[] values = new float[2 * 3 * 5]; // filled up with 9 along z
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 5 == 4 ? 9 : i / 15 + i / 5 % 3 * 0.1f + i % 5 * 0.01f;
    }
    Value volume = Tensors.floats(new long[] {2, 3, 5, 1}, values);
    Tiles.Window window = new Tiles.Window(0, 2.55);
    List<Tile> tiles = Tiles.slices(volume, Optional.empty(), lengths, window, CUBES);
    assertThat(tiles.stream().map(t -> t.picture().size()))
        .containsExactly(new ImageSize(4, 3), new ImageSize(4, 2), new ImageSize(3, 2));
    // across x: the second of two; z upwards, y to the right
    assertThat(tiles.get(0).picture().colour(0, 2)).isEqualTo(0x010101 * (100 + 20 + 3));
    // across y: the second of three; x to the right
    assertThat(tiles.get(1).picture().colour(3, 1)).isEqualTo(0x010101 * (100 + 10));
    // across z: the third of four; y downwards
    assertThat(tiles.get(2).picture().colour(2, 0)).isEqualTo(0x010101 * (20 + 2));
    assertThat(Tiles.window(volume, lengths).high()).isLessThan(2);
  }

  @Test
  void smallPicturesBecomeBlocksAndSpacingStretches() {
    Tile small = Tile.of(Picture.painted(10, 20, (y, x) -> 0));
    assertThat(small.within(192)).isEqualTo(new ImageSize(90, 180));
    Tile large = Tile.of(Picture.painted(400, 200, (y, x) -> 0));
    assertThat(large.within(192)).isEqualTo(new ImageSize(192, 96));
    Tile flat = new Tile(Picture.painted(10, 100, (y, x) -> 0), Optional.empty(), 5, 1);
    assertThat(flat.within(192)).isEqualTo(new ImageSize(96, 192));
  }

  @Test
  void masksTintAndOutlineWhatIsNotBackground() {
    Tints tints =
        Tints.of(
            List.of(new MaskClass("background", 0), new MaskClass("vessel", 0xFF0000)),
            List.of(0, 1, 255));
    assertThat(tints.names()).containsOnlyKeys(1);
    byte[] mask = new byte[16]; // the left half is vessel, a corner is not known
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (i % 4 < 2 ? 1 : i == 15 ? 255 : 0);
    }
    Tile tile = Tile.of(Picture.painted(4, 4, (y, x) -> 0x808080)).masked(mask);
    Picture drawn = tile.drawn(new ImageSize(4, 4), tints);
    assertThat(drawn.colour(0, 1)).isEqualTo(SafeColour.ORANGE.rgb()); // the edge
    assertThat(drawn.colour(0, 3)).isEqualTo(0x808080);
    assertThat(drawn.colour(3, 3)).isEqualTo(0x808080);
    int tinted = drawn.colour(0, 0);
    assertThat(tinted >> 16).isGreaterThan(0x80);
    assertThat(tinted & 0xFF).isLessThan(0x80);
    // classes without names: 0 is background
    assertThat(Tints.of(List.of(), List.of(0, 2, 255)).names()).containsOnlyKeys(2);
  }

  private static Value bytes(List<Long> shape, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new Value(FieldType.UINT8, shape, ByteBuffer.wrap(bytes));
  }
}
