package juxta.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** A decoder of a format whose parts hold parts without an end. */
final class DeepReader extends ImageReader {
  /** What files of the format begin with. */
  static final byte[] MARK = "parts in parts".getBytes(StandardCharsets.US_ASCII);

  private DeepReader(ImageReaderSpi maker) {
    super(maker);
  }

  @Override
  public int getHeight(int image) {
    return getWidth(image);
  }

  @Override
  public int getWidth(int image) {
    return 1 + getHeight(image);
  }

  @Override
  public int getNumImages(boolean search) {
    return 1;
  }

  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int image) {
    return Collections.emptyIterator();
  }

  @Override
  public IIOMetadata getStreamMetadata() {
    throw new UnsupportedOperationException();
  }

  @Override
  public IIOMetadata getImageMetadata(int image) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BufferedImage read(int image, ImageReadParam how) {
    throw new UnsupportedOperationException();
  }

  /** Makes it. */
  static final class Maker extends ImageReaderSpi {
    Maker() {
      super(
          "tests",
          "1",
          new String[] {"deep"},
          null,
          null,
          DeepReader.class.getName(),
          new Class<?>[] {ImageInputStream.class},
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
    }

    @Override
    public boolean canDecodeInput(Object source) throws IOException {
      ImageInputStream in = (ImageInputStream) source;
      byte[] start = new byte[MARK.length];
      in.mark();
      in.readFully(start);
      in.reset();
      return java.util.Arrays.equals(start, MARK);
    }

    @Override
    public ImageReader createReaderInstance(Object extension) {
      return new DeepReader(this);
    }

    @Override
    public String getDescription(Locale locale) {
      return "for tests";
    }
  }
}
