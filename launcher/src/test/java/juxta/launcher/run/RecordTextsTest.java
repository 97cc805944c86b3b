package juxta.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import juxta.launcher.report.FailedRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of comparisons and tours, to the letter, and read again. */
class RecordTextsTest {
  @TempDir private Path folder;

  @Test
  void comparison() throws IOException {
    ComparisonRecord record =
        new ComparisonRecord(
            List.of("juxta", "compare"),
            "simclr",
            "vit",
            List.of("a", "b"),
            Map.of("knn", Map.of("k", "5")),
            List.of());
    record.write(folder);
    assertThat(folder.resolve("comparison.json"))
        .hasContent(
            """
            {
              "format" : 1,
              "method" : "simclr",
              "encoder" : "vit",
              "command" : [ "juxta", "compare" ],
              "runs" : [ "a", "b" ],
              "evaluators" : {
                "knn" : {
                  "k" : "5"
                }
              }
            }
            """);
    assertThat(ComparisonRecord.read(folder)).contains(record);
  }

  @Test
  void comparisonWithFailures() throws IOException {
    ComparisonRecord record =
        new ComparisonRecord(List.of(), "simclr", "-", List.of(), Map.of(), List.of())
            .with(
                List.of(
                    new FailedRow(
                        "byol", "-", "shapes", 1, Optional.empty(), Optional.of("knn"), "why"),
                    new FailedRow(
                        "byol", "-", "shapes", 2, Optional.empty(), Optional.empty(), "diverged")));
    record.write(folder);
    assertThat(folder.resolve("comparison.json"))
        .hasContent(
            """
            {
              "format" : 1,
              "method" : "simclr",
              "encoder" : "-",
              "command" : [ ],
              "runs" : [ ],
              "evaluators" : { },
              "failed" : [ {
                "method" : "byol",
                "encoder" : "-",
                "data" : "shapes",
                "seed" : 1,
                "evaluator" : "knn",
                "problem" : "why"
              }, {
                "method" : "byol",
                "encoder" : "-",
                "data" : "shapes",
                "seed" : 2,
                "problem" : "diverged"
              } ]
            }
            """);
    assertThat(ComparisonRecord.read(folder)).contains(record);
  }

  /** Neither settings of evaluators nor failures, and a field of a version to come. */
  @Test
  void comparisonOfAnotherVersion() throws IOException {
    Files.writeString(
        folder.resolve("comparison.json"),
        "{\"format\":1,\"command\":[],\"method\":\"m\",\"encoder\":\"-\",\"runs\":[],\"new\":[1]}");
    assertThat(ComparisonRecord.read(folder))
        .contains(new ComparisonRecord(List.of(), "m", "-", List.of(), Map.of(), List.of()));
  }

  @Test
  void tour() throws IOException {
    TourRecord record =
        new TourRecord(
            "title",
            "lead",
            List.of(
                new TourRecord.Stop("simclr", "a", Optional.empty()),
                new TourRecord.Stop("fba", "b", Optional.of("no volumes"))),
            List.of("late"));
    record.write(folder);
    assertThat(folder.resolve("tour.json"))
        .hasContent(
            """
            {
              "format" : 1,
              "title" : "title",
              "lead" : "lead",
              "stops" : [ {
                "method" : "simclr",
                "lead" : "a"
              }, {
                "method" : "fba",
                "lead" : "b",
                "problem" : "no volumes"
              } ],
              "problems" : [ "late" ]
            }
            """);
    assertThat(TourRecord.read(folder)).contains(record);
    Path file = folder.resolve("tour.json");
    Files.writeString(file, Files.readString(file).replace("\"lead\" : \"b\"", "\"lead\" : 7"));
    assertThatThrownBy(() -> TourRecord.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": cannot be read (")
        .hasMessageContaining("lead")
        .hasMessageContaining("is not a text");
  }
}
