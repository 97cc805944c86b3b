package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainJsonTest {
  @TempDir Path folder;

  @Test
  void jsonBecomesPlainDataAndDamageIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.json"), "{\"a\": [1, 2.5, \"b\", true, null], \"c\": {}}");
    assertThat(PlainJson.read(file))
        .isEqualTo(
            new PlainData.Mapping(
                Map.of(
                    "a",
                    new PlainData.Sequence(
                        List.of(
                            new PlainData.Whole(1),
                            new PlainData.Real(2.5),
                            new PlainData.Text("b"),
                            new PlainData.Flag(true),
                            new PlainData.Nothing())),
                    "c",
                    new PlainData.Mapping(Map.of()))));
    for (String bad : List.of("", "{", "{\"a\":1,\"a\":2}", "[1] 2", "[".repeat(100_000))) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> PlainJson.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("a.json: at byte ");
    }
  }

  @Test
  void faultsAreToldWithoutJacksonsInternals(@TempDir Path place) throws IOException {
    Map<String, String> reasons =
        Map.of(
            "{",
            "expected close marker for Object)",
            "{} {",
            "is no JSON (something follows behind its end)",
            "[".repeat(2000),
            "exceeds the maximum allowed (1000))");
    for (Map.Entry<String, String> one : reasons.entrySet()) {
      Path file = Files.writeString(place.resolve("b.json"), one.getKey());
      assertThatThrownBy(() -> PlainJson.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(one.getValue());
    }
  }
}
