package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private final AtomicInteger made = new AtomicInteger();
  private final IntFunction<byte[]> make =
      i -> {
        made.incrementAndGet();
        return new byte[] {(byte) i};
      };

  @Test
  void keepsWhatFits() {
    AtomicInteger told = new AtomicInteger();
    IntFunction<byte[]> images =
        Pixels.keepIfFits(500, 1, make, "x", (text, share) -> told.incrementAndGet());
    assertThat(made).hasValue(500);
    assertThat(told).hasValue(100);
    for (int i = 0; i < 500; i++) {
      assertThat(images.apply(i)).containsExactly((byte) i);
    }
    assertThat(made).hasValue(500);
  }

  @Test
  void makesTheRestWhenItIsAskedFor() {
    IntFunction<byte[]> images = Pixels.keepIfFits(2000, 1 << 20, make, "x", (text, share) -> {});
    assertThat(made).hasValue(0);
    assertThat(images.apply(7)).isEqualTo(images.apply(7)).containsExactly(7);
    assertThat(made).hasValue(2);
  }

  @Test
  void mistakesReachTheCallerAsTheyAre() {
    UserException mistake = new UserException("file x is damaged");
    assertThatThrownBy(
            () ->
                Pixels.keepIfFits(
                    50,
                    1,
                    i -> {
                      if (i == 33) {
                        throw mistake;
                      }
                      return new byte[1];
                    },
                    "x",
                    (text, share) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage("file x is damaged");
  }
}
