package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;

import juxta.picture.Picture;
import org.junit.jupiter.api.Test;

class PicturesTest {
  @Test
  void valuesBecomeColoursAndWhatLiesOutsideIsCutOff() {
    Picture picture = Pictures.picture(1, 3, new float[] {2, -1, 0.5f});
    assertThat(picture.colour(0, 0)).isEqualTo(0xff0080);
  }

  @Test
  void greyImagesAreGreyAndPixelsStayInPlace() {
    Picture picture = Pictures.picture(2, 1, new float[] {0, 0.2f, 0.6f, 1});
    assertThat(picture.colour(0, 0)).isZero();
    assertThat(picture.colour(0, 1)).isEqualTo(0x333333);
    assertThat(picture.colour(1, 0)).isEqualTo(0x999999);
    assertThat(picture.colour(1, 1)).isEqualTo(0xffffff);
  }
}
