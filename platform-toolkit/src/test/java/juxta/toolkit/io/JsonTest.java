package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void severalLinesAreAsJacksonSetsThem() {
    assertThat(Json.pretty(new java.util.TreeMap<>(Map.of("a", List.of(1, "b"), "c", Map.of()))))
        .isEqualTo("{\n  \"a\" : [ 1, \"b\" ],\n  \"c\" : { }\n}");
  }

  /** The records of this package are open in tests only: a list has the same rules. */
  @Test
  void anOptionalIsItsValue() throws IOException {
    assertThat(new String(Json.bytes(List.of(Optional.of("a"))), StandardCharsets.UTF_8))
        .isEqualTo("[\"a\"]");
    assertThat(Json.MAPPER.readValue("[2, null]", new TypeReference<List<Optional<Integer>>>() {}))
        .containsExactly(Optional.of(2), Optional.empty());
  }
}
