package juxta.toolkit.picture;

import java.nio.ByteBuffer;
import java.util.List;
import juxta.api.FieldType;
import juxta.api.Value;
import juxta.picture.ImageSize;
import juxta.picture.Picture;

/** Pictures as records hold them. */
public final class PictureValues {
  private PictureValues() {}

  /**
   * The picture of a record.
   *
   * @param image uint8 [H, W, C], C = 1 or 3
   * @return the picture
   */
  public static Picture picture(Value image) {
    int channels = image.shape().get(2).intValue();
    ByteBuffer data = image.data();
    byte[] rgb = new byte[data.remaining() / channels * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = data.get(channels == 3 ? i : i / 3);
    }
    return new Picture(
        new ImageSize(image.shape().get(0).intValue(), image.shape().get(1).intValue()), rgb);
  }

  /**
   * As a record of so many channels holds a picture.
   *
   * @param picture the picture
   * @param channels 3, or 1 for the mean of the three
   * @return uint8 [height, width, channels]
   */
  public static Value value(Picture picture, int channels) {
    return new Value(
        FieldType.UINT8,
        List.of((long) picture.size().height(), (long) picture.size().width(), (long) channels),
        ByteBuffer.wrap(picture.bytes(channels)));
  }
}
