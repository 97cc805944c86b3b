package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.Value;
import juxta.picture.GreyWindow;
import juxta.picture.ImageSize;
import juxta.picture.Orientation;
import juxta.picture.Picture;
import juxta.picture.PictureForm;
import juxta.picture.RawPicture;
import juxta.toolkit.picture.PictureValues;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final int SIDE = Films.image(0, 6).shape().get(0).intValue();

  private static Dataset data(DataKind kind, Optional<PictureForm> form) {
    return new Dataset() {
      @Override
      public String id() {
        return "some";
      }

      @Override
      public DataKind kind() {
        return kind;
      }

      @Override
      public Map<String, Split> splits() {
        return Map.of();
      }

      @Override
      public List<String> classes() {
        return List.of();
      }

      @Override
      public Optional<PictureForm> pictures() {
        return form;
      }

      @Override
      public String fingerprint() {
        return "0";
      }
    };
  }

  private static RawPicture lying() {
    byte[] rgb = new byte[3 * 20 * 30];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 7 / 3);
    }
    return new RawPicture(20, 30, 3, 8, rgb, Orientation.of(6));
  }

  private static Value fitted(DataKind kind, Optional<PictureForm> form) {
    return new Fit(new FakeEmbedder("fake", true), data(kind, form)).of(lying());
  }

  private static Picture plain() {
    return Picture.of(lying(), GreyWindow.FULL);
  }

  @Test
  void uploadsAreTurnedWhereTheReaderTurns() {
    PictureForm form =
        PictureForm.of(new ImageSize(SIDE, SIDE), PictureForm.Fit.STRETCHED)
            .reading(GreyWindow.FULL, true);
    assertThat(fitted(DataKind.IMAGES, Optional.of(form)))
        .isEqualTo(PictureValues.value(Orientation.of(6).of(plain()).stretched(SIDE), 3));
    assertThat(fitted(DataKind.IMAGES, Optional.of(form.reading(GreyWindow.FULL, false))))
        .isEqualTo(PictureValues.value(plain().stretched(SIDE), 3));
  }

  @Test
  void dataWithoutAFormAndOfAnotherSizeHaveTheUsualOne() {
    Value middle = PictureValues.value(plain().middle(SIDE, SIDE).resized(SIDE, SIDE), 3);
    assertThat(fitted(DataKind.IMAGES, Optional.empty())).isEqualTo(middle);
    PictureForm other = PictureForm.of(new ImageSize(99, 99), PictureForm.Fit.STRETCHED);
    assertThat(fitted(DataKind.IMAGES, Optional.of(other))).isEqualTo(middle);
    assertThat(fitted(DataKind.IMAGES_WITH_TEXT, Optional.empty()))
        .isEqualTo(PictureValues.value(plain().stretched(SIDE), 3));
  }
}
