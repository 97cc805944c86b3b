package juxta.toolkit.picture;

import java.util.List;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.picture.ImageSize;
import juxta.picture.PictureForm;
import juxta.picture.PictureForm.Fit;

/** How a picture that is not of the data is brought to the form of the images that are. */
public final class PictureForms {
  /** Larger ones say no more to a model, and take memory. */
  private static final int MOST = 1600;

  private PictureForms() {}

  /**
   * As the data set's reader says; if it says nothing, or of images that do not fit the field,
   * pictures come to the field's size. Those with texts are then stretched, of others the middle is
   * cut out and resized. Where images may have any size they are only made smaller.
   *
   * @param data the data set
   * @param image the field that a model takes
   * @return the form; empty if the field holds no pictures, uint8 [H, W, 1 or 3]
   */
  public static Optional<PictureForm> of(Dataset data, Field image) {
    List<Long> shape = image.shape();
    if (image.type() != FieldType.UINT8
        || shape.size() != 3
        || shape.get(2) != 1 && shape.get(2) != 3) {
      return Optional.empty();
    }
    int rows = shape.get(0).intValue();
    int columns = shape.get(1).intValue();
    int channels = shape.get(2).intValue();
    return data.pictures()
        .map(own -> own.channels(channels))
        .filter(own -> fits(rows, own.height()) && fits(columns, own.width()))
        .or(() -> Optional.of(usual(data.kind(), rows, columns).channels(channels)));
  }

  /** The searched data need not be those of the model's training. */
  private static boolean fits(int taken, int given) {
    return taken < 0 || taken == given;
  }

  private static PictureForm usual(DataKind kind, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      return PictureForm.within(MOST);
    }
    return PictureForm.of(
        new ImageSize(rows, columns),
        kind == DataKind.IMAGES_WITH_TEXT ? Fit.STRETCHED : Fit.MIDDLE);
  }
}
