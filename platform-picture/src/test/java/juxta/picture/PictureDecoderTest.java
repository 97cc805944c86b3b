package juxta.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.spi.IIORegistry;
import juxta.picture.UndecodableException.Fault;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {
  private static final byte[] PNG =
      Drawn.encode(Drawn.picture(10, 10, 0, BufferedImage.TYPE_INT_RGB), "png");

  private static PictureDecoder decoder(long most, Duration patience) {
    return new PictureDecoder(List.of("png"), most, Optional.of(patience));
  }

  private static void assertFault(Fault fault, PictureDecoder decoder, byte[] bytes) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            UndecodableException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void limitsAreKept() throws UndecodableException {
    Duration enough = Duration.ofMinutes(5);
    assertThat(decoder(100, enough).decode(PNG).width()).isEqualTo(10);
    assertFault(Fault.SIZE, decoder(99, enough), PNG);
    assertThatThrownBy(() -> decoder(100, Duration.ofSeconds(-1)).decode(PNG))
        .isInstanceOf(UndecodableException.class);
    assertFault(Fault.DAMAGE, decoder(100, enough), java.util.Arrays.copyOf(PNG, 60));
    byte[] gif = Drawn.encode(Drawn.picture(4, 4, 0, BufferedImage.TYPE_INT_RGB), "gif");
    assertFault(Fault.FORMAT, decoder(100, enough), gif);
    assertFault(Fault.FORMAT, PictureDecoder.FILES, "hello".getBytes());
  }

  /**
   * Two thousand million pixels, each of a byte: as many as a file of this length can claim, and
   * more than the tests' memory holds.
   */
  @Test
  void picturesBeyondMemoryAreNamedSo() {
    PictureDecoder any = new PictureDecoder(List.of(), Long.MAX_VALUE, Optional.empty());
    byte[] png = Drawn.encode(Drawn.picture(4, 4, 0, BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer.wrap(png).putInt(16, 46_000).putInt(20, 46_000); // in IHDR, whose sum nobody checks
    byte[] gif = Drawn.encode(Drawn.picture(4, 4, 0, BufferedImage.TYPE_INT_RGB), "gif");
    ByteBuffer screen = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    screen.putShort(6, (short) 46_000).putShort(8, (short) 46_000);
    for (byte[] small : List.of(png, gif)) {
      byte[] bytes = java.util.Arrays.copyOf(small, 300_000);
      assertFault(Fault.MEMORY, any, bytes);
      assertThatThrownBy(() -> any.stored(bytes))
          .isInstanceOf(UndecodableException.class)
          .hasRootCauseInstanceOf(OutOfMemoryError.class)
          .hasMessage("there is not enough memory to decode it");
    }
    screen.putShort(6, (short) 8_700); // the numbers fit, and their colours do not
    assertFault(Fault.MEMORY, any, java.util.Arrays.copyOf(gif, 60_000));
  }

  /** Programs bring decoders of their own, and this one looks into itself. */
  @Test
  void decodersThatComeToTheEndOfTheStackAreDamage() {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    DeepReader.Maker maker = new DeepReader.Maker();
    registry.registerServiceProvider(maker);
    try {
      assertThatThrownBy(() -> PictureDecoder.FILES.decode(DeepReader.MARK))
          .isInstanceOfSatisfying(
              UndecodableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DAMAGE))
          .hasRootCauseInstanceOf(StackOverflowError.class)
          .hasMessage("nested too deeply");
    } finally {
      registry.deregisterServiceProvider(maker);
    }
  }

  @Test
  void aDecoderThatIsFedForEverIsStopped() throws IOException {
    try (ImpatientStream stream =
        new ImpatientStream(new byte[10], Duration.ofSeconds(-1), () -> false)) {
      assertThatThrownBy(stream::read).hasMessageContaining("too long");
      assertThatThrownBy(() -> stream.read(new byte[4])).hasMessageContaining("too long");
    }
  }

  /**
   * Pillow keeps the upper eight of the sixteen bits that a TIFF has for a level of its palette.
   */
  @Test
  void coloursOfATiffsPaletteAreItsUpperBits() throws UndecodableException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      int[][] colours = {{0x1A00, 0x1AFF, 0xFFFF}, {0x0100, 0x80FF, 0x0000}};
      RawPicture raw = PictureDecoder.FILES.decode(paletteTiff(order, colours, 0, 1, 0));
      assertThat(raw.channels()).isEqualTo(3);
      assertThat(raw.data()).containsExactly(0x1A, 0x1A, 0xFF, 0x01, 0x80, 0x00, 0x1A, 0x1A, 0xFF);
    }
  }

  /** One row of pixels of eight bits. */
  private static byte[] paletteTiff(ByteOrder order, int[][] colours, int... pixels) {
    int entries = 10;
    int palette = 8 + 2 + 12 * entries + 4;
    int strip = palette + 2 * 3 * 256;
    ByteBuffer out = ByteBuffer.allocate(strip + pixels.length).order(order);
    out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes());
    out.putShort((short) 42).putInt(8).putShort((short) entries);
    int[][] fields = {
      {256, pixels.length},
      {257, 1},
      {258, 8},
      {259, 1},
      {262, 3},
      {273, strip},
      {277, 1},
      {278, 1},
      {279, pixels.length},
      {320, palette}
    };
    for (int[] field : fields) {
      boolean many = field[0] == 320;
      boolean place = many || field[0] == 273;
      out.putShort((short) field[0]).putShort((short) (place && !many ? 4 : 3));
      out.putInt(many ? 3 * 256 : 1);
      if (place) {
        out.putInt(field[1]);
      } else {
        out.putShort((short) field[1]).putShort((short) 0);
      }
    }
    out.position(palette);
    for (int channel = 0; channel < 3; channel++) {
      for (int[] colour : colours) {
        out.putShort((short) colour[channel]);
      }
      out.position(palette + 2 * 256 * (channel + 1));
    }
    for (int pixel : pixels) {
      out.put((byte) pixel);
    }
    return out.array();
  }

  @Test
  void deepGreyStaysDeep() throws UndecodableException {
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 2, 1, new int[] {0x7F12, 3});
    RawPicture raw = PictureDecoder.FILES.decode(Drawn.encode(deep, "png"));
    assertThat(raw.channels()).isEqualTo(1);
    assertThat(raw.sample(0)).isEqualTo(0x7F12);
    assertThat(raw.sample(1)).isEqualTo(3);
  }

  @Test
  void storedPixelsAreNumbersOrColours() throws UndecodableException {
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.getRaster().setSample(1, 0, 0, 7);
    assertThat(PictureDecoder.FILES.stored(Drawn.encode(palette, "png")))
        .isInstanceOfSatisfying(
            StoredPixels.Numbers.class, n -> assertThat(n.numbers()).containsExactly(0, 7));
    assertThat(PictureDecoder.FILES.stored(PNG))
        .isInstanceOfSatisfying(
            StoredPixels.Colours.class,
            c -> assertThat(c.colours()).hasSize(100).startsWith(0x000032, 0x010032));
  }
}
