package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.launcher.search.Films;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs get that ask as they should. */
class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Served served;

  @BeforeAll
  static void serve() {
    served = Served.texts(folder);
  }

  @AfterAll
  static void close() {
    served.close();
    assertThat(served.faults).isEmpty();
  }

  private static JsonNode json(Raw.Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode get(String path) {
    Raw.Answer answer = Raw.get(served.port(), path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json; charset=utf-8");
    return json(answer);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void searchesByText() {
    JsonNode found = get("/api/search?q=" + coded(Films.text(3)) + "&k=5");
    assertThat(found.get("candidates").asInt()).isEqualTo(80);
    assertThat(found.get("results")).hasSize(5);
    JsonNode first = found.get("results").get(0);
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    assertThat(first.get("score").asDouble()).isBetween(0.9, 1.0);
    assertThat(first.get("text").asText()).isEqualTo(Films.text(3));
    assertThat(first.get("match").asText()).isEqualTo("same description");
    assertThat(first.at("/fields/sex").asText()).isEqualTo("male");
    assertThat(get("/api/search?q=male").get("results")).hasSize(10);
  }

  @Test
  void conditionsNarrowTheSearch() {
    JsonNode found =
        get("/api/search?q=male&k=20&where=" + coded("split=test") + "&where=sex%3Dfemale");
    assertThat(found.get("candidates").asInt()).isEqualTo(10);
    assertThat(found.get("results"))
        .hasSize(10)
        .allMatch(r -> r.get("split").asText().equals("test"));
  }

  @Test
  void searchesByPictureAndForMoreOfTheSame() {
    String id = get("/api/search?q=male&k=1").at("/results/0/id").asText();
    Raw.Answer picture = Raw.get(served.port(), "/api/picture/" + id + "?side=64");
    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.header("content-type")).isEqualTo("image/png");
    JsonNode found =
        json(Raw.ask(served.port(), "POST", "/api/search/picture?k=2", picture.body()));
    assertThat(found.at("/results/0/id").asText()).isEqualTo(id);
    assertThat(found.at("/results/0/match").asText()).isEqualTo("same picture");
    JsonNode like = get("/api/like/" + id + "?k=20");
    assertThat(like.get("results")).hasSize(20).noneMatch(r -> r.get("id").asText().equals(id));
  }

  @Test
  void aRandomTestTextHasARank() {
    for (int i = 0; i < 5; i++) {
      JsonNode trial = get("/api/random?k=20");
      assertThat(trial.at("/truth/split").asText()).isEqualTo("test");
      assertThat(trial.at("/truth/text").asText()).isNotEmpty();
      assertThat(trial.at("/truth/rank").asDouble()).isBetween(1.0, 80.0);
      assertThat(trial.at("/truth/kindRank").asDouble()).isEqualTo(1);
    }
  }

  @Test
  void saysWhatThereIs() {
    JsonNode run = get("/api/run");
    assertThat(run.get("model").asText()).isEqualTo("fake-12345678");
    assertThat(run.get("images").asInt()).isEqualTo(80);
    assertThat(run.get("takesText").asBoolean()).isTrue();
    assertThat(run.get("k").asInt()).isEqualTo(10);
    assertThat(run.get("mostK").asInt()).isEqualTo(20);
    List<String> compose = new ArrayList<>();
    run.get("compose").forEach(f -> compose.add(f.get("field").asText()));
    assertThat(compose).containsExactly("age-group", "sex", "diagnosis");
    assertThat(run.at("/settings/epochs").asText()).isEqualTo("3");
    assertThat(get("/api/compose?sex=male&diagnosis=gingivitis").get("text").asText())
        .isEqualTo("male patient with gingivitis.");
    assertThat(get("/api/compose").get("text").asText()).isEmpty();
  }

  @Test
  void imagesOnly() {
    try (Served images = Served.images(folder)) {
      JsonNode run = json(Raw.get(images.port(), "/api/run"));
      assertThat(run.get("takesText").asBoolean()).isFalse();
      assertThat(run.get("compose")).isEmpty();
      assertThat(run.get("filters")).isNotEmpty();
      JsonNode trial = json(Raw.get(images.port(), "/api/random"));
      assertThat(trial.at("/truth/id").asText()).isNotEmpty();
      assertThat(trial.get("results")).hasSize(10);
    }
  }

  @Test
  void emptyAndUnknownQueriesAreAnsweredInWords() {
    for (String query : List.of("", "%20%20", "xyzzy")) {
      Raw.Answer answer = Raw.get(served.port(), "/api/search?q=" + query);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(json(answer).get("problem").asText()).isNotEmpty().doesNotContain("\n");
      assertThat(json(answer).has("results")).isFalse();
    }
  }

  @Test
  void curvesAreThinnedAndKeepTheirCourse() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 0; step < 5000; step++) {
      lines.append("{\"phase\":\"train\",\"step\":" + step + ",\"epoch\":1,\"loss\":");
      lines.append(step % 7 == 0 ? "\"NaN\"" : Integer.toString(5000 - step)).append("}\n");
    }
    Files.writeString(folder.resolve("metrics.jsonl"), lines + "{\"phase\":\"tr");
    Files.writeString(
        folder.resolve("scores.json"),
        "[{\"data\":\"d\",\"evaluator\":\"knn\",\"metric\":\"accuracy\",\"value\":0.5,\"unit\":\"RATE\"}]");
    JsonNode curves = get("/api/curves").get("curves");
    assertThat(curves).hasSize(1);
    JsonNode points = curves.get(0).get("points");
    assertThat(points.size()).isBetween(100, 500);
    for (JsonNode point : points) {
      assertThat(point.get(0).asDouble() + point.get(1).asDouble()).isBetween(4999.9, 5000.1);
    }
    assertThat(get("/api/scores").get(0).get("value").asDouble()).isEqualTo(0.5);
  }

  /** The page's scripts and those of others know these names, and the order is that of old. */
  @Test
  void textsOfAnswers() throws IOException {
    Files.writeString(
        folder.resolve("scores.json"),
        "[{\"seconds\":1,\"data\":\"d\",\"evaluator\":\"knn\",\"metric\":\"loss\","
            + "\"value\":\"NaN\",\"unit\":\"RATE\"}]");
    assertThat(Raw.get(served.port(), "/api/scores").text())
        .isEqualTo(
            "[{\"data\":\"d\",\"evaluator\":\"knn\",\"metric\":\"loss\",\"value\":\"NaN\","
                + "\"unit\":\"RATE\"}]");
    assertThat(Raw.get(served.port(), "/api/compose?sex=male&diagnosis=gingivitis").text())
        .isEqualTo("{\"text\":\"male patient with gingivitis.\"}");
    assertThat(Raw.get(served.port(), "/api/search?q=male&k=1").text())
        .matches(
            "\\{\"candidates\":80,\"results\":\\[\\{\"id\":\"[^\"]+\",\"split\":\"[^\"]+\","
                + "\"text\":\"[^\"]+\",\"fields\":\\{(\"(?!text)[^\"]+\":\"[^\"]+\",?)+},"
                + "\"rank\":1,\"score\":0\\.[0-9]{1,9},\"match\":\"[^\"]*\"}]}");
    assertThat(Raw.get(served.port(), "/api/random?k=1").text())
        .matches(
            "\\{\"candidates\":80,\"results\":.*],\"truth\":\\{\"id\":\"[^\"]+\","
                + "\"split\":\"test\",\"text\":\"[^\"]+\",\"fields\":\\{[^}]+},"
                + "\"rank\":[0-9]+\\.[0-9],\"kindRank\":1\\.0}}");
    assertThat(Raw.get(served.port(), "/api/run").text())
        .startsWith(
            "{\"model\":\"fake-12345678\",\"method\":\"fake\",\"encoder\":\"-\","
                + "\"trainedOn\":\"films\",\"data\":\"films\",\"finished\":true,\"local\":true,"
                + "\"images\":80,\"index\":\"exact\",\"takesText\":true,\"texts\":true,"
                + "\"examples\":[\"")
        .contains(
            "\"],\"k\":10,\"mostK\":20,\"mostBytes\":20971520,\"filters\":[{\"field\":\"",
            "\",\"values\":[{\"value\":\"",
            "\",\"images\":",
            "}]}],\"compose\":[{\"field\":\"age-group\",\"values\":[{",
            "}]}],\"settings\":{");
  }
}
