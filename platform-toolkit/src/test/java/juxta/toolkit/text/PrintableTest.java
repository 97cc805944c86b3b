package juxta.toolkit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void escapes() {
    assertThat(Printable.line("a\nb\r\tc\u001b[0m\u0000\u007f\u009b"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[0m\\u0000\\u007f\\u009b");
    assertThat(Printable.line("\u202e\u2066\u200e\ufeff\u2028\u00ad"))
        .isEqualTo("\\u202e\\u2066\\u200e\\ufeff\\u2028\\u00ad");
    assertThat(Printable.line("\ud83dx")).isEqualTo("\\ud83dx");
    assertThat(Printable.line("\uDB40\uDC41")).isEqualTo("\\udb40\\udc41");
  }

  @Test
  void whatShowsItselfStays() {
    for (String text : List.of("", "plain", "größe 日本語 👩‍🔬 می‌خواهم é", "C:\\new 'x' \"y\"")) {
      assertThat(Printable.line(text)).isSameAs(text);
    }
  }

  /** Of the characters of three planes, none that comes out can begin a line or give an order. */
  @Test
  void nothingElseComesOut() {
    for (int c = 0; c <= 0x2FFFF; c++) {
      String line = Printable.line(Character.toString(c));
      assertThat(line.codePoints().noneMatch(Character::isISOControl)).isTrue();
      assertThat(line.lines().count()).isEqualTo(1);
      byte way = Character.getDirectionality(line.codePointAt(0));
      assertThat(way)
          .isNotIn(
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
              Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE);
    }
  }
}
