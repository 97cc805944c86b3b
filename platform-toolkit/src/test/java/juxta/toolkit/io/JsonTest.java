package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("new").resolve("x.json");
    Json.write(file, Map.of("é \"\n", List.of(1, 2.5, true)));
    assertThat(Json.read(file, Object.class)).isEqualTo(Map.of("é \"\n", List.of(1, 2.5, true)));
    Json.write(file, List.of("a"));
    assertThat(Json.read(file, String[].class)).containsExactly("a");
    assertThat(new String(Json.bytes(List.of(1, 2)), StandardCharsets.UTF_8)).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[\"a\"] []", "[\"a\"", "{\"a\":1}"})
  void whatIsNoListOfTextsIsRefused(String text) {
    refused(text, String[].class);
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    refused("{\"a\":1,\"a\":2}", Object.class);
  }

  private static void refused(String text, Class<?> type) {
    assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8), type))
        .isInstanceOf(JsonProcessingException.class);
  }
}
