package juxta.toolkit.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  private static final List<String> WORDS =
      List.of(
          "",
          "runs/simclr",
          "my runs/it's",
          "$(touch x)`y`\\",
          "a;b&c|d>e<f",
          "*?[x]{a,b}~!#",
          "=x",
          "\"quoted\"",
          "größe",
          "two\nlines\tand \u001b[31m'\\1",
          "\u202eabc\u202c1");

  @Test
  void onlyWhatMustBeIsQuoted() {
    assertThat(ShellWords.line(List.of("juxta", "train", "--set", "data.size=3", "a b")))
        .isEqualTo("juxta train --set data.size=3 'a b'");
    assertThat(ShellWords.word("")).isEqualTo("''");
    assertThat(ShellWords.word("it's")).isEqualTo("'it'\\''s'");
    assertThat(ShellWords.word("a\nb'")).isEqualTo("$'a\\x0ab\\''");
  }

  @Test
  void theyArePrintable() {
    for (String word : WORDS) {
      assertThat(Printable.line(ShellWords.word(word))).isEqualTo(ShellWords.word(word));
    }
  }

  @Test
  void aShellReadsThemAsTheyWere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash: not tried");
    String script = "LC_ALL=C.UTF-8; printf '%s\\0' " + ShellWords.line(WORDS);
    Process bash = new ProcessBuilder("/bin/bash", "-c", script).start();
    String read = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    assertThat(List.of(read.split("\0", -1))).startsWith(WORDS.toArray(String[]::new));
  }
}
