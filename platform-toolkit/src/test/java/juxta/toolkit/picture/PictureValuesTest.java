package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import juxta.api.Value;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import org.junit.jupiter.api.Test;

class PictureValuesTest {
  @Test
  void valuesOfRecordsBothWays() {
    Picture picture = new Picture(new ImageSize(3, 2), Drawn.random(18, 3));
    assertThat(PictureValues.picture(PictureValues.value(picture, 3)).rgb())
        .isEqualTo(picture.rgb());
    byte[] grey = {10, 10, 10, 40, 40, 40};
    Value one = PictureValues.value(new Picture(new ImageSize(1, 2), grey), 1);
    assertThat(one.shape()).containsExactly(1L, 2L, 1L);
    assertThat(PictureValues.picture(one).rgb()).isEqualTo(grey);
  }
}
