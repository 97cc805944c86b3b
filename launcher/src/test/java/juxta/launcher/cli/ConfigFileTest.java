package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path folder;

  private Path file(String latin) throws IOException {
    return Files.write(folder.resolve("a.yaml"), latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void nestedKeysAreJoined() throws IOException {
    assertThat(ConfigFile.read(file("epochs: 3\nloss:\n  temperature: 0.3\n")))
        .containsEntry("epochs", "3")
        .containsEntry("loss.temperature", "0.3")
        .hasSize(2);
    assertThat(ConfigFile.read(file("# nothing\n"))).isEmpty();
  }

  @Test
  void whatIsNoYamlIsRefusedByName() throws IOException {
    refused("a: \"\\u", "is no sound YAML"); // the parser itself fails
    refused("a: \"\\x\"\n", "line 1, column 7");
    refused("a: M\u00fcller\n", "is no UTF-8 text; save it as UTF-8");
    refused("a: 1\na: 2\n", "a.yaml: ");
    refused("a: 1\n---\nb: 2\n", "a.yaml: ");
    refused("a: \u0000\n", "a.yaml: ");
  }

  @Test
  void whatIsNoFileIsNotWaitedFor() {
    assertThatThrownBy(() -> ConfigFile.read(Path.of("/dev/null")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("/dev/null: cannot be read: it is a pipe, a device or the like");
  }

  private void refused(String text, String why) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> ConfigFile.read(file))
        .as(text)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
