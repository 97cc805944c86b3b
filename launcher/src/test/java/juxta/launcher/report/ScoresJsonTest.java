package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Score;
import org.junit.jupiter.api.Test;

/** Rows for programs. */
class ScoresJsonTest {
  @Test
  void scoresAndFailures() throws Exception {
    Score score = new Score("accuracy", .25, Score.Unit.RATE, Map.of("k", "5"));
    Score none = new Score("loss", Double.NaN, Score.Unit.NUMBER, Map.of());
    JsonNode rows =
        new ObjectMapper()
            .readTree(
                ScoresJson.text(
                    List.of(
                        new Row("simclr", "vit", "shapes", 3, Optional.empty(), "knn", score),
                        new Row("simclr", "vit", "shapes", 3, Optional.empty(), "knn", none)),
                    List.of(
                        new FailedRow(
                            "byol",
                            "-",
                            "shapes",
                            1,
                            Optional.empty(),
                            Optional.of("knn"),
                            "why\nnot"),
                        new FailedRow(
                            "byol",
                            "-",
                            "shapes",
                            2,
                            Optional.empty(),
                            Optional.empty(),
                            "diverged"))));
    assertThat(rows.get(0).toString())
        .isEqualTo(
            "{\"method\":\"simclr\",\"encoder\":\"vit\",\"data\":\"shapes\",\"seed\":3,"
                + "\"evaluator\":\"knn\",\"metric\":\"accuracy\",\"value\":0.25,\"unit\":\"rate\","
                + "\"better\":\"higher\",\"protocol\":{\"k\":\"5\"}}");
    assertThat(rows.get(1).get("value").isNull()).isTrue();
    assertThat(rows.get(2).toString())
        .isEqualTo(
            "{\"method\":\"byol\",\"encoder\":\"-\",\"data\":\"shapes\",\"seed\":1,"
                + "\"evaluator\":\"knn\",\"problem\":\"why\\nnot\"}");
    assertThat(rows.get(3).has("evaluator")).isFalse();
  }

  @Test
  void text() {
    Score none = new Score("loss", Double.NaN, Score.Unit.NUMBER, Map.of());
    assertThat(
            ScoresJson.text(
                List.of(new Row("simclr", "vit", "shapes", 3, Optional.empty(), "knn", none)),
                List.of(
                    new FailedRow(
                        "byol", "-", "shapes", 2, Optional.empty(), Optional.empty(), "diverged"))))
        .isEqualTo(
            """
            [ {
              "method" : "simclr",
              "encoder" : "vit",
              "data" : "shapes",
              "seed" : 3,
              "evaluator" : "knn",
              "metric" : "loss",
              "value" : null,
              "unit" : "number",
              "better" : "higher",
              "protocol" : { }
            }, {
              "method" : "byol",
              "encoder" : "-",
              "data" : "shapes",
              "seed" : 2,
              "problem" : "diverged"
            } ]""");
  }
}
