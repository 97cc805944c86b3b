package juxta.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.picture.PictureForm.Fit;
import org.junit.jupiter.api.Test;

class PictureFormTest {
  private static final RawPicture RAW = new RawPicture(9, 14, 3, 8, Drawn.random(9 * 14 * 3, 5));
  private static final Picture PICTURE = Picture.of(RAW, GreyWindow.FULL);

  private static PictureForm of(int height, int width, Fit fit) {
    return PictureForm.of(new ImageSize(height, width), fit);
  }

  @Test
  void eachFitIsWhatThePictureDoes() {
    assertThat(of(5, 5, Fit.SQUARED).of(RAW).rgb()).isEqualTo(PICTURE.squared(5).rgb());
    assertThat(of(5, 7, Fit.STRETCHED).of(RAW).rgb()).isEqualTo(PICTURE.resized(5, 7).rgb());
    assertThat(of(5, 7, Fit.MIDDLE).of(RAW).rgb())
        .isEqualTo(PICTURE.middle(5, 7).resized(5, 7).rgb());
    assertThat(of(9, 14, Fit.MIDDLE).of(RAW).rgb()).isEqualTo(PICTURE.rgb());
    assertThat(PictureForm.within(7).of(RAW).rgb()).isEqualTo(PICTURE.within(7).rgb());
    assertThat(of(5, 5, Fit.SQUARED).negative(true).of(RAW).rgb())
        .isEqualTo(PICTURE.squared(5).negative().rgb());
  }

  @Test
  void turnsOnlyIfItsReaderDoes() {
    RawPicture lying = RAW.lying(Orientation.TURNED_LEFT);
    PictureForm form = PictureForm.within(100);
    assertThat(form.of(lying).size()).isEqualTo(new ImageSize(9, 14));
    Picture turned = form.reading(GreyWindow.FULL, true).of(lying);
    assertThat(turned.size()).isEqualTo(new ImageSize(14, 9));
    assertThat(turned.rgb()).isEqualTo(Orientation.TURNED_LEFT.of(PICTURE).rgb());
  }

  @Test
  void wordsThereAndBack() {
    for (PictureForm form :
        List.of(
            of(5, 5, Fit.SQUARED).channels(1),
            of(5, 7, Fit.STRETCHED).negative(true),
            of(5, 7, Fit.MIDDLE).reading(GreyWindow.PERCENTILE, true),
            PictureForm.within(7))) {
      assertThat(PictureForm.of(form.words())).isEqualTo(form);
    }
    assertThat(of(64, 64, Fit.SQUARED).words().toString())
        .isEqualTo(
            "{height=64, width=64, channels=3, fit=squared, window=full, orientation=stored}");
  }

  @Test
  void whatDoesNotGoTogetherIsSaid() {
    assertThatThrownBy(() -> of(5, 6, Fit.SQUARED)).hasMessage("5 x 6 pixels are no square");
    assertThatThrownBy(() -> of(0, 6, Fit.MIDDLE)).hasMessageContaining("0 x 6 pixels");
    assertThatThrownBy(() -> of(-1, -1, Fit.WITHIN)).hasMessageContaining("longer edge of 0");
    assertThatThrownBy(() -> PictureForm.within(3).channels(2)).hasMessageContaining("not 2");
    Map<String, Object> words = new HashMap<>(of(5, 5, Fit.SQUARED).words());
    words.put("fit", "round");
    assertThatThrownBy(() -> PictureForm.of(words)).hasMessage("'fit' is unknown: round");
    words.remove("height");
    assertThatThrownBy(() -> PictureForm.of(words)).hasMessage("'height' is no number but null");
  }
}
