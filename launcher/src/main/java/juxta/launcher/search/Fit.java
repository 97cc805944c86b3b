package juxta.launcher.search;

import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.RawPicture;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.picture.GreyWindow;
import juxta.toolkit.picture.Picture;

/**
 * Brings a picture that is not of the data to the form of the images that are: as the data set
 * says, and if it says nothing, to their size. Those with texts are then stretched, of others the
 * middle is cut out and resized. Where images may have any size it stays as it is.
 */
final class Fit {
  /** Larger ones say no more to a model, and take memory. */
  private static final int MOST = 1600;

  private final Dataset data;
  private final Field image;
  private final boolean stretched;

  Fit(Embedder embedder, Dataset data) {
    Field found = embedder.inputs().get(0);
    boolean picture =
        embedder.inputs().size() == 1
            && found.type() == FieldType.UINT8
            && found.shape().size() == 3
            && (found.shape().get(2) == 1 || found.shape().get(2) == 3);
    if (!picture) {
      throw new UserException(
          "this model embeds "
              + embedder.inputs().stream().map(Field::name).toList()
              + ", not pictures; search needs a model of pictures");
    }
    this.data = data;
    this.image = found;
    this.stretched = data.kind() == DataKind.IMAGES_WITH_TEXT;
  }

  /** Name of the field that holds the picture. */
  String field() {
    return image.name();
  }

  Value of(RawPicture raw) {
    return data.image(raw)
        .filter(this::fits)
        .orElseGet(() -> resized(Picture.of(raw, GreyWindow.FULL)));
  }

  /** The searched data need not be those of the model's training. */
  private boolean fits(Value value) {
    boolean fits = value.type() == image.type() && value.shape().size() == image.shape().size();
    for (int i = 0; fits && i < image.shape().size(); i++) {
      fits = image.shape().get(i) < 0 || image.shape().get(i).equals(value.shape().get(i));
    }
    return fits;
  }

  private Value resized(Picture picture) {
    int rows = image.shape().get(0).intValue();
    int columns = image.shape().get(1).intValue();
    int channels = image.shape().get(2).intValue();
    if (rows < 0 || columns < 0) {
      return picture.within(MOST).value(channels);
    }
    Picture part = stretched ? picture : picture.middle(rows, columns);
    return part.resized(rows, columns).value(channels);
  }
}
