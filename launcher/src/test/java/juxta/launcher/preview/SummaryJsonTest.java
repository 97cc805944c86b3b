package juxta.launcher.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.launcher.search.Films;
import org.junit.jupiter.api.Test;

/** The summary for programs, to the letter. */
class SummaryJsonTest {
  @Test
  void text() {
    Survey survey =
        new Survey(
            Map.of("train", Map.of(0, 2L)),
            Map.of("train", Map.of(7, 1L, 8, 1L)),
            2,
            3,
            Map.of("train", 20L, "test", 10L),
            Map.of("height", new Spread(4, 5, 6)),
            Map.of("image", List.of(new Moments(4, 1, 0, 2, 1, 4), new Moments(0, 3, 1, 0, 0, 0))),
            2,
            List.of(new MaskShare(1, 0.25, 2)),
            List.of(new Texts("text", new Spread(1, 2, 3), 2, 0)),
            List.of("first"));
    Preview preview =
        new Preview(
            "films:here",
            Films.of(Films.range(0, 2), Films.range(2, 3)),
            survey,
            List.of(
                new Fit("simclr", Optional.of(2), Optional.empty()),
                new Fit("fba", Optional.empty(), Optional.of("takes volumes"))),
            List.of("knn"),
            ShownViews.NONE,
            List.of("note"),
            List.of("second"),
            Optional.of(Path.of("sheet.png")));
    assertThat(SummaryJson.of(preview))
        .isEqualTo(
            """
            {
              "data" : "films:here",
              "kind" : "images with text",
              "fingerprint" : "81e217e13b3f17d93718ebb40b9c5b77",
              "classes" : [ "even", "odd" ],
              "splits" : [ {
                "name" : "train",
                "records" : 2,
                "bytes" : 20,
                "allLabelsCounted" : true,
                "classes" : {
                  "even" : 2
                },
                "objects" : 2,
                "fields" : [ {
                  "name" : "image",
                  "type" : "uint8",
                  "shape" : [ 6, 6, 3 ]
                }, {
                  "name" : "label",
                  "type" : "int32",
                  "shape" : [ ]
                }, {
                  "name" : "text",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "caption",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "age-group",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "sex",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "diagnosis",
                  "type" : "text",
                  "shape" : [ ]
                } ]
              }, {
                "name" : "test",
                "records" : 1,
                "bytes" : 10,
                "allLabelsCounted" : true,
                "fields" : [ {
                  "name" : "image",
                  "type" : "uint8",
                  "shape" : [ 6, 6, 3 ]
                }, {
                  "name" : "label",
                  "type" : "int32",
                  "shape" : [ ]
                }, {
                  "name" : "text",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "caption",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "age-group",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "sex",
                  "type" : "text",
                  "shape" : [ ]
                }, {
                  "name" : "diagnosis",
                  "type" : "text",
                  "shape" : [ ]
                } ]
              } ],
              "sample" : {
                "records" : 2,
                "of" : 3
              },
              "sizes" : {
                "height" : {
                  "min" : 4.0,
                  "median" : 5.0,
                  "max" : 6.0
                }
              },
              "values" : [ {
                "field" : "image",
                "channel" : 0,
                "min" : 0.0,
                "max" : 2.0,
                "mean" : 1.0,
                "deviation" : 1.0,
                "notFinite" : 1
              }, {
                "field" : "image",
                "channel" : 1,
                "notFinite" : 3
              } ],
              "masks" : {
                "records" : 2,
                "classes" : [ {
                  "index" : 1,
                  "name" : "class 1",
                  "share" : 0.25,
                  "records" : 2
                } ]
              },
              "texts" : [ {
                "field" : "text",
                "words" : {
                  "min" : 1.0,
                  "median" : 2.0,
                  "max" : 3.0
                },
                "different" : 2,
                "empty" : 0
              } ],
              "methods" : [ {
                "id" : "simclr",
                "fits" : true,
                "batch" : 2
              }, {
                "id" : "fba",
                "fits" : false,
                "problem" : "takes volumes"
              } ],
              "evaluators" : [ "knn" ],
              "notes" : [ "note" ],
              "remarks" : [ "first", "second" ],
              "sheet" : "sheet.png"
            }""");
  }
}
