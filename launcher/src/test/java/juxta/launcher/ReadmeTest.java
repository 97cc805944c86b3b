package juxta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README and what it leads to show files of the repository as they are. */
class ReadmeTest {
  private static final Path TOP = Path.of("..");

  @Test
  void theExampleIsTheFileAndStaysShort() throws IOException {
    String tutorial = Files.readString(TOP.resolve("docs/tutorials/plugin.md"));
    Path example = TOP.resolve("examples/plugin-example");
    Path module = example.resolve("src/main/java/module-info.java");
    Path method = example.resolve("src/main/java/example/SimSiamLite.java");
    Path test = example.resolve("src/test/java/example/ContractTest.java");
    for (Path file : List.of(module, method, test)) {
      assertThat(tutorial).contains(Files.readString(file).strip());
    }
    long lines = Files.readAllLines(module).size() + Files.readAllLines(method).size();
    assertThat(lines).isLessThan(60);
  }

  @Test
  void ciRunsTheTestCommand() throws IOException {
    assertThat(Files.readString(TOP.resolve("README.md"))).contains("./mvnw verify");
    assertThat(Files.readString(TOP.resolve(".ci/run"))).contains("./mvnw").contains("verify");
  }
}
