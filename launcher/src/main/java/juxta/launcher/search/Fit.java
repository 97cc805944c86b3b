package juxta.launcher.search;

import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.picture.PictureForm;
import juxta.picture.RawPicture;
import juxta.toolkit.picture.PictureForms;
import juxta.toolkit.picture.PictureValues;

/** Brings a picture that is not of the data to the form of the images that are. */
final class Fit {
  private final Field image;
  private final PictureForm form;

  Fit(Embedder embedder, Dataset data) {
    this.image = embedder.inputs().get(0);
    this.form =
        Optional.of(image)
            .filter(field -> embedder.inputs().size() == 1)
            .flatMap(field -> PictureForms.of(data, field))
            .orElseThrow(
                () ->
                    new UserException(
                        "this model embeds "
                            + embedder.inputs().stream().map(Field::name).toList()
                            + ", not pictures; search needs a model of pictures"));
  }

  /** Name of the field that holds the picture. */
  String field() {
    return image.name();
  }

  Value of(RawPicture raw) {
    return PictureValues.value(form.of(raw), form.channels());
  }
}
