package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is printed, a terminal takes no orders from it, and a line stays one. */
class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String printed(int width, Consumer<Terminal> work) {
    bytes.reset();
    PrintStream to = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    work.accept(new Terminal(to, to, true, width));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: \u001b[31mred",
        "a\rb",
        "a\nb",
        "a\u0000b",
        "\u009b31m",
        "\u001b]0;title\u0007",
        "\u0085next\u2028line\u2029",
        "\u202etxt.exe",
        "\u2067x\u2069",
        "\b\b\b",
        "a\tb",
        "\uDC00half",
        "\uDB40\uDC41tag"
      })
  void foreignText(String text) {
    for (String line :
        new String[] {
          printed(100, t -> t.print(text)),
          printed(100, t -> t.say(text)),
          printed(100, t -> t.show(text)) + "\n"
        }) {
      assertThat(line).matches("[\\p{Print}]+\n").contains("\\");
    }
  }

  @Test
  void whatCanBeShownIsShown() {
    String text = "größe 日本 ‌‍ é 😀 ± – \\n";
    assertThat(printed(100, t -> t.print(text))).isEqualTo(text + "\n");
  }

  @Test
  void linesOfOurOwnStayLines() {
    assertThat(printed(100, t -> t.printAll("{\n  \"a\" : \"\u202e\"\n}")))
        .isEqualTo("{\n  \"a\" : \"\\u202e\"\n}\n");
  }

  /** A line that wraps cannot be taken away again. */
  @Test
  void aLineThatIsOverwrittenFits() {
    assertThat(printed(40, t -> t.show("x".repeat(200)))).hasSize(39);
  }

  @Test
  void logLinesToo() {
    Logger root = Logger.getLogger("");
    Handler[] before = root.getHandlers();
    try {
      String said =
          printed(
              100,
              terminal -> {
                LogLines.to(terminal);
                Logger.getLogger("plugin").warning("a\nb\u001b[0m");
                Logger.getLogger("plugin").info("not of interest");
              });
      assertThat(said).isEqualTo("warning: a\\nb\\u001b[0m\n");
    } finally {
      for (Handler handler : root.getHandlers()) {
        root.removeHandler(handler);
      }
      for (Handler handler : before) {
        root.addHandler(handler);
      }
    }
  }

  @Test
  void widthIsFoundOut() {
    assertThat(Width.of(null, null)).isEqualTo(100);
    assertThat(Width.of("80", "120")).isEqualTo(80);
    assertThat(Width.of("", "120")).isEqualTo(120);
    assertThat(Width.of("wide", null)).isEqualTo(100);
    assertThat(Width.of("0", null)).isEqualTo(100);
    assertThat(Width.of("3", null)).isEqualTo(30);
    assertThat(Width.of("99999", null)).isEqualTo(1000);
  }
}
