package juxta.launcher.preview;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Split;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.Choices;
import juxta.toolkit.io.Json;

/** A preview as JSON, for programs. */
public final class SummaryJson {
  private SummaryJson() {}

  private record Summary(
      String data,
      String kind,
      String fingerprint,
      List<String> classes,
      List<Part> splits,
      Sample sample,
      Map<String, Spread> sizes,
      List<Channel> values,
      Optional<Masks> masks,
      List<Texts> texts,
      List<Fit> methods,
      List<String> evaluators,
      Optional<Shown> views,
      List<String> notes,
      List<String> remarks,
      Optional<String> sheet) {}

  private record Part(
      String name,
      int records,
      Long bytes,
      boolean allLabelsCounted,
      Optional<Map<String, Long>> classes,
      Optional<Integer> objects,
      List<Column> fields) {
    static Part of(String name, Split split, Survey survey, ClassNames names) {
      return new Part(
          name,
          split.size(),
          survey.bytes().get(name),
          Survey.counted(split.size()),
          Optional.ofNullable(survey.labels().get(name)).map(labels -> named(labels, names)),
          Optional.ofNullable(survey.objects().get(name)).map(Map::size),
          split.fields().stream()
              .map(field -> new Column(field.name(), SummaryLines.type(field), field.shape()))
              .toList());
    }

    private static Map<String, Long> named(Map<Integer, Long> labels, ClassNames names) {
      Map<String, Long> counts = new LinkedHashMap<>();
      labels.forEach((label, count) -> counts.put(names.of(label), count));
      return counts;
    }
  }

  private record Column(String name, String type, List<? extends Number> shape) {}

  private record Sample(int records, long of) {}

  /** A channel of a field; what it is like is known where it has finite numbers. */
  private record Channel(String field, int channel, @JsonUnwrapped Finite finite, long notFinite) {
    static Channel of(String field, int channel, Moments own) {
      return new Channel(field, channel, own.count() > 0 ? Finite.of(own) : null, own.wild());
    }
  }

  private record Finite(double min, double max, double mean, double deviation) {
    static Finite of(Moments own) {
      return new Finite(own.least(), own.greatest(), own.mean(), own.deviation());
    }
  }

  private record Masks(int records, List<MaskOfClass> classes) {}

  private record MaskOfClass(int index, String name, double share, int records) {}

  private record Shown(
      String method, String preset, Optional<String> augmentation, List<String> columns) {
    static Shown of(Choices choices, ViewColumns columns) {
      return new Shown(
          choices.method().id(),
          choices.preset(),
          choices.augmentation().map(Registered::id),
          columns.names());
    }
  }

  /**
   * Writes it.
   *
   * @param preview the preview
   * @return an object, over several lines
   */
  public static String of(Preview preview) {
    Survey survey = preview.survey();
    ClassNames names = new ClassNames(preview.data().classes());
    return Json.pretty(
        new Summary(
            preview.name(),
            preview.data().kind().toString(),
            preview.data().fingerprint(),
            names.names(),
            preview.splits().entrySet().stream()
                .map(split -> Part.of(split.getKey(), split.getValue(), survey, names))
                .toList(),
            new Sample(survey.sample(), survey.records()),
            survey.lengths(),
            channels(survey),
            masks(preview),
            survey.texts(),
            preview.fits(),
            preview.evaluators(),
            preview.views().choices().map(own -> Shown.of(own, preview.views().columns())),
            preview.notes(),
            Stream.concat(survey.remarks().stream(), preview.remarks().stream()).toList(),
            preview.sheet().map(Object::toString)));
  }

  private static List<Channel> channels(Survey survey) {
    List<Channel> all = new ArrayList<>();
    survey
        .values()
        .forEach(
            (field, channels) -> {
              for (int c = 0; c < channels.size(); c++) {
                all.add(Channel.of(field, c, channels.get(c)));
              }
            });
    return all;
  }

  private static Optional<Masks> masks(Preview preview) {
    Survey survey = preview.survey();
    List<MaskOfClass> classes =
        survey.maskShares().stream()
            .map(
                own ->
                    new MaskOfClass(
                        own.index(),
                        SummaryLines.maskClass(preview.data().maskClasses(), own.index()),
                        own.share(),
                        own.records()))
            .toList();
    return survey.masks() == 0 ? Optional.empty() : Optional.of(new Masks(survey.masks(), classes));
  }
}
