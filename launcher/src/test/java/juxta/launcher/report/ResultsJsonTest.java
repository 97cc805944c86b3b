package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import juxta.api.Score;
import org.junit.jupiter.api.Test;

/** The file for programs, to the letter. */
class ResultsJsonTest {
  @Test
  void text() {
    OptionalDouble none = OptionalDouble.empty();
    ReportedRun done =
        run(
            "simclr",
            true,
            new ReportedRun.Cost(
                OptionalDouble.of(61),
                OptionalDouble.of(100),
                OptionalDouble.of(1 << 30),
                OptionalDouble.of(50),
                OptionalDouble.of(800),
                OptionalDouble.of(13),
                Map.of("all", 1500L)),
            Runs.scored("accuracy", 0.25, Score.Better.HIGHER));
    ReportedRun old =
        run(
            "byol",
            false,
            new ReportedRun.Cost(none, none, none, none, none, none, Map.of()),
            Runs.scored("loss", Double.NaN, Score.Better.LOWER));
    Section section =
        new Section(
            "part", "", List.of(done, old), Optional.empty(), List.of(), List.of(), List.of());
    assertThat(ResultsJson.text(new Report("all", "", List.of(section), List.of("p \"q\""))))
        .isEqualTo(
            """
            {
              "format" : 1,
              "title" : "all",
              "unequal" : [ ],
              "missing" : [ "p \\"q\\"", "part: not finished: byol, one resnet-small, seed 3" ],
              "sections" : [ {
                "title" : "part",
                "runs" : [ {
                  "folder" : "runs/simclr-3",
                  "method" : "simclr",
                  "label" : "simclr, one",
                  "encoder" : "resnet-small",
                  "data" : "shapes",
                  "dataFingerprint" : "abababababababababababababababababababababababababababababababab",
                  "seed" : 3,
                  "done" : true,
                  "seconds" : 61.0,
                  "cpuSeconds" : 100.0,
                  "peakMemory" : 1073741824,
                  "steps" : 50,
                  "imagesSeen" : 800,
                  "imagesPerSecond" : 13.0,
                  "parameters" : {
                    "all" : 1500
                  },
                  "scores" : [ {
                    "evaluator" : "knn",
                    "metric" : "accuracy",
                    "value" : 0.25,
                    "unit" : "RATE",
                    "better" : "HIGHER"
                  } ]
                }, {
                  "folder" : "runs/byol-3",
                  "method" : "byol",
                  "label" : "byol, one",
                  "encoder" : "resnet-small",
                  "data" : "shapes",
                  "dataFingerprint" : "abababababababababababababababababababababababababababababababab",
                  "seed" : 3,
                  "done" : false,
                  "parameters" : { },
                  "scores" : [ {
                    "evaluator" : "knn",
                    "metric" : "loss",
                    "value" : "NaN",
                    "unit" : "RATE",
                    "better" : "LOWER"
                  } ]
                } ],
                "summary" : [ {
                  "method" : "simclr, one",
                  "encoder" : "resnet-small",
                  "evaluator" : "knn",
                  "metric" : "accuracy",
                  "seeds" : 1,
                  "mean" : 0.25,
                  "deviation" : 0.0,
                  "best" : false
                }, {
                  "method" : "byol, one",
                  "encoder" : "resnet-small",
                  "evaluator" : "knn",
                  "metric" : "loss",
                  "seeds" : 1,
                  "mean" : "NaN",
                  "deviation" : 0.0,
                  "best" : false
                } ]
              } ]
            }
            """);
  }

  private static ReportedRun run(
      String method, boolean done, ReportedRun.Cost cost, ReportedRun.Scored score) {
    ReportedRun run = Runs.run(method, 3, List.of(score));
    return new ReportedRun(
        run.folder(),
        method,
        method + ", one",
        run.encoder(),
        run.data(),
        run.fingerprint(),
        run.fold(),
        run.records(),
        run.preset(),
        3,
        done,
        run.precision(),
        run.settings(),
        run.origins(),
        cost,
        run.provenance(),
        run.scores(),
        run.curves());
  }
}
