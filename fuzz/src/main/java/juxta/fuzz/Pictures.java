package juxta.fuzz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small picture files of each kind. */
final class Pictures {
  private static final int WIDTH = 13;
  private static final int HEIGHT = 11;
  private static final int PNG_HEADER = 8;
  private static final int CHUNK_EDGES = 12;

  private Pictures() {}

  static BufferedImage drawn(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D pen = image.createGraphics();
    Random random = new Random(type);
    for (int i = 0; i < 12; i++) {
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), 5, 4);
    }
    pen.dispose();
    return image;
  }

  /** A mask of four classes. */
  static byte[] mask() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i / 7 % 4);
    }
    return file(image, "png");
  }

  static List<byte[]> png() {
    List<byte[]> files = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      files.add(file(drawn(type), "png"));
    }
    files.add(written(drawn(BufferedImage.TYPE_INT_RGB), "png", "", true));
    return files;
  }

  static List<byte[]> jpeg() {
    byte[] colours = file(drawn(BufferedImage.TYPE_INT_RGB), "jpg");
    return List.of(
        colours,
        segment(colours, 0xE1, "Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"),
        segment(colours, 0xEE, "Adobe\0\144\0\0\0\0\1"),
        inks(),
        file(drawn(BufferedImage.TYPE_BYTE_GRAY), "jpg"),
        written(drawn(BufferedImage.TYPE_INT_RGB), "jpg", "JPEG", true));
  }

  /** With another segment behind the beginning. */
  private static byte[] segment(byte[] jpeg, int marker, String content) {
    byte[] text = Numbers.text(content);
    byte[] head = {(byte) 0xFF, (byte) marker, 0, (byte) (text.length + 2)};
    return Numbers.join(
        Arrays.copyOf(jpeg, 2), head, text, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** Four channels, inverted as Adobe's are. */
  private static byte[] inks() {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      WritableRaster raster =
          Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
      for (int i = 0; i < WIDTH * HEIGHT * 4; i++) {
        raster.setSample(i / 4 % WIDTH, i / 4 / WIDTH, i % 4, i * 37 % 256);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return segment(out.toByteArray(), 0xEE, "Adobe\0\144\0\0\0\0\0");
  }

  static List<byte[]> gif() {
    return List.of(
        file(drawn(BufferedImage.TYPE_BYTE_INDEXED), "gif"),
        file(drawn(BufferedImage.TYPE_INT_ARGB), "gif"),
        written(drawn(BufferedImage.TYPE_BYTE_INDEXED), "gif", "LZW", true));
  }

  static List<byte[]> bmp() {
    return List.of(
        file(drawn(BufferedImage.TYPE_INT_RGB), "bmp"),
        file(drawn(BufferedImage.TYPE_BYTE_GRAY), "bmp"),
        file(drawn(BufferedImage.TYPE_BYTE_BINARY), "bmp"),
        written(drawn(BufferedImage.TYPE_BYTE_INDEXED), "bmp", "BI_RLE8", false));
  }

  static List<byte[]> tiff() {
    List<byte[]> files = new ArrayList<>();
    for (String packing : List.of("", "LZW", "Deflate", "PackBits", "JPEG")) {
      files.add(written(drawn(BufferedImage.TYPE_INT_RGB), "tiff", packing, false));
    }
    files.add(file(drawn(BufferedImage.TYPE_USHORT_GRAY), "tiff"));
    files.add(written(drawn(BufferedImage.TYPE_BYTE_BINARY), "tiff", "CCITT T.6", false));
    for (String name : List.of("inks-jpeg", "differences-tiles", "premultiplied")) {
      files.add(Numbers.resource("/pillow/" + name + ".tif"));
    }
    return files;
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("nothing writes " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] written(
      BufferedImage image, String format, String packing, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (!packing.isEmpty()) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType(packing);
      }
      if (progressive) {
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A PNG whose checksums fit again, as far as its chunks can be told apart. */
  static byte[] mendPng(byte[] bytes) {
    byte[] mended = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(mended);
    int at = PNG_HEADER;
    while (at >= 0 && at + CHUNK_EDGES <= mended.length) {
      long length = buffer.getInt(at) & 0xFFFFFFFFL;
      if (at + length + CHUNK_EDGES > mended.length) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(mended, at + 4, (int) length + 4);
      buffer.putInt(at + 8 + (int) length, (int) sum.getValue());
      at += (int) length + CHUNK_EDGES;
    }
    return mended;
  }

  /**
   * The pixels of a PNG as they are before they are packed, its header before them: what {@link
   * #packed} puts together again.
   */
  static byte[] unpacked(byte[] png) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.wrap(png);
    for (int at = PNG_HEADER; at + CHUNK_EDGES <= png.length; ) {
      int length = buffer.getInt(at);
      String kind = new String(png, at + 4, 4, java.nio.charset.StandardCharsets.US_ASCII);
      if (kind.equals("IDAT")) {
        pixels.write(png, at + 8, length);
      } else if (!kind.equals("IEND")) {
        head.write(png, at, length + CHUNK_EDGES);
      }
      at += length + CHUNK_EDGES;
    }
    try {
      byte[] plain =
          new InflaterInputStream(new ByteArrayInputStream(pixels.toByteArray())).readAllBytes();
      ByteBuffer all = ByteBuffer.allocate(4 + head.size() + plain.length);
      return all.putInt(head.size()).put(head.toByteArray()).put(plain).array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PNG of what {@link #unpacked} took apart. */
  static byte[] packed(byte[] apart) {
    int size = apart.length < 4 ? 0 : ByteBuffer.wrap(apart).getInt();
    int head = Math.max(0, Math.min(size, apart.length - 4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    out.writeBytes(
        Arrays.copyOfRange(apart, Math.min(4, apart.length), Math.min(4, apart.length) + head));
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
      int from = Math.min(apart.length, 4 + head);
      deflater.write(apart, from, apart.length - from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk(out, "IDAT", pixels.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return mendPng(out.toByteArray());
  }

  private static void chunk(ByteArrayOutputStream out, String kind, byte[] content) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(kind.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes(new byte[4]);
  }
}
