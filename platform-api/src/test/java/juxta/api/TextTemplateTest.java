package juxta.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
  private final TextTemplate template =
      new TextTemplate("[{colour} ]shape[ of {size}][, on the {side}].");

  @Test
  void whatIsUnknownGoesWithItsWords() {
    assertThat(template.text(Map.of("colour", "red", "size", "3 cm", "side", "left")))
        .isEqualTo("red shape of 3 cm, on the left.");
    assertThat(template.text(Map.of("colour", "red", "size", "", "other", "x")))
        .isEqualTo("red shape.");
    assertThat(template.text(Map.of("side", "{colour}[]"))).isEqualTo("shape, on the {colour}[].");
    assertThat(template.text(Map.of("other", "x"))).isEmpty();
    assertThat(template.text(Map.of())).isEmpty();
    assertThat(template.fields()).isEqualTo(List.of("colour", "size", "side"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no field", "[no field]", "{bare}", "[{a}{b}]", "[{a}", "a]", "[{}]"})
  void whatIsNoTemplate(String pattern) {
    assertThatThrownBy(() -> new TextTemplate(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Problems that quote foreign text stay as many as they are. */
  @Test
  void aProblemWithEndsOfLinesIsOne() {
    assertThat(new UserException("type 'a\rb\nc' is unknown").problems())
        .containsExactly("type 'a\rb\nc' is unknown");
    assertThat(new UserException(List.of("a\nb", "c")).problems()).containsExactly("a\nb", "c");
  }
}
