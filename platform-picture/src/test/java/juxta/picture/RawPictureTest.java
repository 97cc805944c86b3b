package juxta.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RawPictureTest {
  @Test
  void samplesOfPicturesHaveNoSign() {
    assertThat(new RawPicture(1, 2, 1, 8, new byte[] {-1, 2}).sample(0)).isEqualTo(255);
    assertThat(new RawPicture(1, 1, 1, 16, new byte[] {-1, 2}).sample(0)).isEqualTo(0xFF02);
    byte[] five = new byte[5];
    assertThatThrownBy(() -> new RawPicture(1, 2, 3, 8, five)).hasMessage("5 bytes");
    assertThatThrownBy(() -> new RawPicture(1, 1, 2, 8, five)).hasMessageContaining("2 channels");
  }
}
