package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;

/** Java's own errors where a reader asks for too much, not ones that were made for the test. */
class ReadingLimitsTest {
  private static final Path FILE = Path.of("some", "scan.nii");

  @Test
  void memoryThatDoesNotSufficeIsOneLineWithItsRemedy() {
    assertThatThrownBy(() -> ReadingLimits.of(FILE, () -> new byte[Integer.MAX_VALUE]))
        .isInstanceOf(UserException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class)
        .hasMessage(
            "%s: reading it takes more memory than the %d MiB that Java has; make it smaller, or give Java more with JUXTA_JAVA_OPTIONS=-Xmx8g"
                .formatted(FILE, Runtime.getRuntime().maxMemory() >> 20));
  }

  @Test
  void partsInPartsBeyondTheStackAreOneLineWithItsRemedy() {
    assertThatThrownBy(() -> ReadingLimits.of(FILE, () -> inside(0)))
        .isInstanceOf(UserException.class)
        .hasCauseInstanceOf(StackOverflowError.class)
        .hasMessage(
            FILE
                + ": holds parts in parts, deeper than can be read; copy or download it again, or remove it");
  }

  private static int inside(int depth) {
    return depth < 0 ? depth : 1 + inside(depth + 1 & Integer.MAX_VALUE);
  }

  @Test
  void othersPassThrough() {
    assertThat(ReadingLimits.of(FILE, () -> 7)).isEqualTo(7);
    UserException mistake = new UserException("a mistake");
    assertThatThrownBy(
            () ->
                ReadingLimits.of(
                    FILE,
                    () -> {
                      throw mistake;
                    }))
        .isSameAs(mistake);
  }
}
