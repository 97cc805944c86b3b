package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of anybody in a page and in Markdown. */
class HtmlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>x</script>",
        "a\nb",
        "a\rb",
        "\u001b[2J",
        "\u0000",
        "\u0085\u2028\u2029",
        "\u202eabc\u202c",
        "\u2066\u2069\u200f\u061c",
        "\uFEFF",
        "\ud800",
        "`| **x** |`"
      })
  void showThemselvesAndDoNothing(String words) {
    String bad =
        "[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\u200f\\u061c\\ufeff]";
    assertThat(Html.safe(words))
        .doesNotContainPattern(bad + "|[<>\"']|&(?!lt;|gt;|quot;|#39;|amp;)");
    assertThat(Markdown.safe(words)).doesNotContainPattern(bad + "|[<]|(?<!\\\\)[|*`]");
    assertThat(Html.safe(words)).doesNotContain("\ufffd").isNotEmpty();
  }
}
