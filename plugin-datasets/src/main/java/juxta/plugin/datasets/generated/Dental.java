package juxta.plugin.datasets.generated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.text.Description;
import juxta.plugin.datasets.text.ImageText;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.Pixels;

/**
 * Generated periapical films with texts, in place of real ones, which are private; nothing is
 * downloaded.
 *
 * <p>The bone between the teeth stands as low as the stage in the text says; a bright crest tells
 * health from gingivitis, a lost tooth stage IV from stage III. Contrast, turn, root shape and
 * noise belong to the single film. Texts are {@code "{age group} {sex} patient with {diagnosis}."}:
 * 4 age groups, 2 sexes, 6 diagnoses, 48 texts. With {@code variant=solvable} the number of filled
 * teeth tells the age group (none to 3) and the mark in the corner the sex (a dot: female, a bar:
 * male), so that all of a text can be seen. With {@code variant=bounded} both are drawn on their
 * own for each film: an image then says nothing of age and sex, and {@link
 * juxta.toolkit.metrics.RetrievalBound} of the texts and the field {@code diagnosis} is the best
 * that a search can be expected to score.
 *
 * <p>Fields: {@code image} uint8 [size, size, 3], grey; {@code label}, the diagnosis; {@code text},
 * {@code caption} (the ways to say it, one a line), {@code patient}, {@code diagnosis}, {@code
 * age-group}, {@code sex}. A patient has 1 to 3 films, all in one split.
 */
public final class Dental implements DatasetProvider {
  static final Setting<Integer> TRAIN_SIZE = films("train-size", 1000, "training");
  static final Setting<Integer> VALIDATION_SIZE = films("validation-size", 125, "validation");
  static final Setting<Integer> TEST_SIZE = films("test-size", 125, "test");

  static final Setting<Integer> SIZE =
      Setting.integer("size", 128)
          .range(32, 1024)
          .describe("height and width in pixels; the same films at every size")
          .source("own choice: the least at which all stages are plain");

  static final Setting<String> VARIANT =
      Setting.choice("variant", "solvable", "solvable", "bounded")
          .describe("solvable: age and sex are visible; bounded: they are not")
          .source("own choice");

  static final Setting<Integer> SEED =
      Setting.integer("seed", 0)
          .describe("another seed gives other patients and films")
          .source("own choice; apart from the run's seed, so that runs share their data");

  /** Raised whenever the same settings give other pixels or texts. */
  private static final int VERSION = 1;

  /** Creates the provider. */
  public Dental() {}

  private static Setting<Integer> films(String key, int number, String split) {
    return Setting.integer(key, number)
        .range(1, 1_000_000)
        .describe("number of " + split + " films")
        .source("own choice: 80/10/10, as patients are split");
  }

  @Override
  public String id() {
    return "dental";
  }

  @Override
  public String summary() {
    return "generated dental films with texts, bone level by stage; needs no download";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TRAIN_SIZE, VALIDATION_SIZE, TEST_SIZE, SIZE, VARIANT, SEED);
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES_WITH_TEXT;
  }

  @Override
  public Dataset open(Request request) {
    request
        .path()
        .ifPresent(
            path -> {
              throw new UserException(
                  "dental: the films are generated, not read from "
                      + path
                      + "; leave the path away: --data dental");
            });
    Settings settings = request.settings();
    int seed = settings.get(SEED);
    boolean tied = settings.get(VARIANT).equals("solvable");
    Map<String, Integer> sizes =
        Map.of(
            Dataset.TRAIN, settings.get(TRAIN_SIZE),
            Dataset.VALIDATION, settings.get(VALIDATION_SIZE),
            Dataset.TEST, settings.get(TEST_SIZE));
    Map<String, Split> splits = new LinkedHashMap<>();
    new DentalPatients(seed, tied)
        .splits(sizes)
        .forEach(
            (name, films) ->
                splits.put(name, split(films, seed, settings.get(SIZE), request.progress())));
    Fingerprint fingerprint = new Fingerprint().add("version", Integer.toString(VERSION));
    settings()
        .forEach(setting -> fingerprint.add(setting.key(), String.valueOf(settings.get(setting))));
    List<String> classes = Stream.of(DentalStage.values()).map(DentalStage::words).toList();
    return new OpenDataset(id(), kind(), splits, classes, fingerprint.hex())
        .composing(Description.TEMPLATE);
  }

  private static Split split(
      List<DentalFilm> films, int seed, int size, BiConsumer<String, Double> progress) {
    IntFunction<byte[]> images =
        Pixels.keepIfFits(
            films.size(),
            3L * size * size,
            record -> DentalRenderer.draw(seed, films.get(record), size),
            "drawing films",
            progress);
    List<Description> texts = films.stream().map(DentalFilm::description).toList();
    return ColumnSplit.of(
        films.size(),
        Column.images(size, size, 3, images),
        Column.labels(films.stream().mapToInt(film -> film.stage().ordinal()).toArray()),
        Column.texts(Field.TEXT, texts.stream().map(Description::text).toList()),
        ImageText.captions(texts.stream().map(Description::captions).toList()),
        Column.texts(Field.PATIENT, films.stream().map(DentalFilm::patientId).toList()),
        ImageText.part("diagnosis", texts),
        ImageText.part("age-group", texts),
        ImageText.part("sex", texts));
  }
}
