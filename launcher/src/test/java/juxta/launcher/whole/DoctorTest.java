package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code juxta doctor} says of the machine that the tests run on, whatever that is. */
class DoctorTest {
  @TempDir Path root;

  @Test
  void looksAtEverything() throws IOException {
    Shell shell = Shell.in(root);
    Files.writeString(shell.plugins().resolve("broken.jar"), "no jar");
    Outcome outcome = shell.run("doctor");
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.errLines()).isEmpty();
    assertThat(outcome.outLines())
        .contains("processor", "cards", "software", "folders")
        .anyMatch(line -> line.matches("  ok  processor +.+"))
        .anyMatch(
            line -> line.matches("  ok  arithmetic +\\d+ convolutions and gradients are as in .+"))
        .anyMatch(line -> line.matches("  ok  TensorFlow +2\\.18\\..*"))
        .anyMatch(line -> line.matches("  !!  broken\\.jar +.*not loaded"))
        .anyMatch(line -> line.matches(" +-> .+"))
        .anyMatch(line -> line.startsWith("Juxta can train here; "));
  }

  @Test
  void speaksToMachines() {
    Outcome outcome = Shell.in(root).run("doctor --json");
    assertThat(outcome.out())
        .matches(
            "(?s)\\{\n  \"juxta\" : \"[^\"]+\",\n  \"usable\" : true,\n  \"findings\" : \\[ \\{\n"
                + "    \"section\" : \"[^\"]+\",\n    \"name\" : \"[^\"]+\",\n"
                + "    \"state\" : \"[^\"]+\",\n    \"text\" : .*  } ]\n}\n");
    JsonNode tree = RunFolder.parse(outcome.out());
    assertThat(tree.get("usable").asBoolean()).isTrue();
    List<String> names = new ArrayList<>();
    for (JsonNode finding : tree.get("findings")) {
      names.add(finding.get("name").asText());
      assertThat(finding.get("state").asText()).isIn("ok", "absent", "wrong");
      assertThat(finding.get("text").asText()).isNotEmpty();
    }
    assertThat(names)
        .contains("oneDNN", "bf16", "cores", "memory", "malloc", "arithmetic", "cache");
  }
}
