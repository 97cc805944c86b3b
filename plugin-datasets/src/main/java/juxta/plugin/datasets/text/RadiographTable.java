package juxta.plugin.datasets.text;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.plugin.datasets.file.CsvTable;
import juxta.plugin.datasets.file.SplitNames;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Excerpt;

/** Makes records of the rows of a CSV file; what is wrong with the rows is reported together. */
final class RadiographTable {
  static final Setting<String> IMAGE = column("image", "path of the image file");
  static final Setting<String> PATIENT =
      column("patient", "id of the patient; a patient is in one split only");
  static final Setting<String> TEXT =
      Setting.text("text-column", "text")
          .describe("column with the text; where there is no 'text', 'caption' is taken")
          .source("own choice");
  static final Setting<String> SPLIT =
      column("split", "train, validation or test; where it is missing, patients are split by hash");
  static final Setting<String> INVERTED_COLUMN =
      column("inverted", "whether bone is dark: true, false, MONOCHROME1 or MONOCHROME2");
  static final Setting<String> DIAGNOSIS = column("diagnosis", "diagnosis");
  static final Setting<String> AGE = column("age", "age in years");
  static final Setting<String> AGE_GROUP =
      Setting.text("age-group-column", "age_group")
          .describe("column with the age in words, which is preferred to years")
          .source("own choice");
  static final Setting<String> SEX = column("sex", "sex; m and f are written out");
  static final Setting<String> RACE = column("race", "race");
  static final Setting<String> REGION = column("region", "tooth region");

  static final Setting<String> WORDING =
      Setting.choice("text", "auto", "auto", "column", "composed")
          .describe(
              "where texts come from: the text column, composed of the other columns, or auto: the"
                  + " text column where there is one")
          .source("own choice");

  static final Setting<String> IMAGES =
      Setting.text("images", "")
          .describe("folder that image paths start from; empty: that of the CSV file")
          .source("own choice");

  static final Setting<Boolean> INVERTED =
      Setting.flag("inverted", false)
          .describe("whether bone is dark in files of which no column says so")
          .source("own choice: most files are MONOCHROME2");

  static final List<Setting<?>> SETTINGS =
      List.of(
          WORDING,
          IMAGES,
          INVERTED,
          IMAGE,
          TEXT,
          PATIENT,
          SPLIT,
          INVERTED_COLUMN,
          DIAGNOSIS,
          AGE,
          AGE_GROUP,
          SEX,
          RACE,
          REGION);

  /** Columns that are given as fields of the records, by the name of the field. */
  private static final Map<String, Setting<String>> PARTS =
      Map.of("diagnosis", DIAGNOSIS, "sex", SEX, "race", RACE, "region", REGION);

  private final CsvTable table;
  private final Settings settings;
  private final List<String> problems = new ArrayList<>();
  private final Path folder;
  private final OptionalInt textColumn;
  private final boolean known; // whether rows name patients

  private RadiographTable(CsvTable table, Settings settings) {
    this.table = table;
    this.settings = settings;
    Path home = table.file().toAbsolutePath().getParent();
    this.folder = home.resolve(settings.get(IMAGES));
    this.textColumn = textColumn();
    this.known = table.find(settings.get(PATIENT)).isPresent();
  }

  private static Setting<String> column(String name, String meaning) {
    return Setting.text(name + "-column", name)
        .describe("column with the " + meaning)
        .source("own choice");
  }

  /**
   * Reads the records.
   *
   * @return one a row, in the order of the rows
   * @throws juxta.api.UserException naming the columns that are missing, or lines and what is wrong
   *     with them
   */
  static List<Radiograph> records(CsvTable table, Settings settings) {
    RadiographTable reader = new RadiographTable(table, settings);
    reader.checkColumns();
    Problems.report(reader.problems, "columns");
    reader.warnOfPatients();
    List<Radiograph> records = new ArrayList<>();
    table.rows().forEach(row -> records.add(reader.record(row)));
    Problems.report(reader.problems, "rows");
    reader.checkPatients(records);
    Problems.report(reader.problems, "patients");
    return records;
  }

  /** Names of the fields that the table has columns for, in the order in which texts have them. */
  static List<String> parts(CsvTable table, Settings settings) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("diagnosis", "age-group", "sex", "race", "region")) {
      boolean there =
          name.equals("age-group")
              ? table.find(settings.get(AGE)).isPresent()
                  || table.find(settings.get(AGE_GROUP)).isPresent()
              : table.find(settings.get(PARTS.get(name))).isPresent();
      if (there) {
        parts.add(name);
      }
    }
    return parts;
  }

  private OptionalInt textColumn() {
    OptionalInt named = table.find(settings.get(TEXT));
    return named.isPresent() || settings.has(TEXT) ? named : table.find("caption");
  }

  private boolean composed() {
    return switch (settings.get(WORDING)) {
      case "column" -> false;
      case "composed" -> true;
      default -> textColumn.isEmpty() && !settings.has(TEXT);
    };
  }

  private void checkColumns() {
    need(IMAGE);
    if (settings.has(PATIENT)) {
      need(PATIENT);
    }
    for (Setting<String> other :
        List.of(SPLIT, INVERTED_COLUMN, AGE, AGE_GROUP, SEX, RACE, REGION)) {
      if (settings.has(other)) {
        need(other);
      }
    }
    if (composed()) {
      need(DIAGNOSIS);
    } else if (textColumn.isEmpty()) {
      need(TEXT);
    }
  }

  /** What a model saw of a patient helps it with other images of the same. */
  private void warnOfPatients() {
    if (!known) {
      System.getLogger(RadiographTable.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "%s: has no column '%s', so %s; images of one patient may be trained on and tested on, which makes scores too good: add the column, or name it: --set data.%s=NAME"
                  .formatted(
                      table.file(),
                      settings.get(PATIENT),
                      table.find(settings.get(SPLIT)).isPresent()
                          ? "nothing tells whether the splits share patients"
                          : "images are split, not patients",
                      PATIENT.key()));
    }
  }

  private void need(Setting<String> column) {
    if (table.find(settings.get(column)).isEmpty()) {
      problems.add(
          "%s: has no column '%s'; it has %s; name the right one: --set data.%s=NAME"
              .formatted(
                  table.file(),
                  settings.get(column),
                  Excerpt.of(String.join(", ", table.header())),
                  column.key()));
    }
  }

  /** A cell without blanks around it, empty where there is no such column. */
  private String cell(CsvTable.Row row, Setting<String> column) {
    OptionalInt at = table.find(settings.get(column));
    return at.isPresent() ? row.values().get(at.getAsInt()).strip() : "";
  }

  private void problem(CsvTable.Row row, String what) {
    problems.add(table.at(row) + ": " + what);
  }

  private Radiograph record(CsvTable.Row row) {
    String patient = cell(row, known ? PATIENT : IMAGE);
    if (known && patient.isEmpty()) {
      problem(row, "no patient id; films without one cannot be kept in one split, fill it in");
    }
    Description parts =
        new Description(
            ageGroup(row),
            cell(row, SEX),
            cell(row, RACE),
            cell(row, DIAGNOSIS),
            cell(row, REGION));
    String text;
    List<String> captions;
    if (composed()) {
      text = parts.text();
      captions = parts.captions();
      if (parts.empty()) {
        problem(row, "diagnosis, age, sex, race and region are all empty; fill one in");
      }
    } else {
      text = Description.singleBlanks(row.values().get(textColumn.getAsInt()));
      captions = List.of(text);
      if (text.isEmpty()) {
        problem(row, "no text; fill it in or remove the row");
      }
    }
    return new Radiograph(
        file(row), inverted(row), text, captions, patient, split(row, patient), parts);
  }

  private Path file(CsvTable.Row row) {
    String name = cell(row, IMAGE);
    try {
      Path file = folder.resolve(name.replace('\\', '/'));
      if (name.isEmpty()) {
        problem(row, "no image; fill it in or remove the row");
      } else if (!within(file)) {
        problem(
            row,
            "the image %s lies outside of %s; mend the path, or name a folder that holds all images: --set data.images=DIR"
                .formatted(file, folder));
      } else if (Files.exists(file) && !Files.isRegularFile(file)) {
        problem(row, file + " is no file but a folder, a pipe or a device; mend the path");
      } else if (!Files.isRegularFile(file)) {
        problem(row, "there is no file " + file + "; add it, or say where: --set data.images=DIR");
      }
      return file;
    } catch (InvalidPathException e) {
      problem(row, "the image's path has characters that no path can have; mend it");
      return folder;
    }
  }

  /** A table from elsewhere must not have files read that lie elsewhere. */
  private boolean within(Path file) {
    return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  private String ageGroup(CsvTable.Row row) {
    String words = cell(row, AGE_GROUP);
    String years = cell(row, AGE);
    if (!words.isEmpty() || years.isEmpty()) {
      return words;
    }
    try {
      return AgeGroup.of(years).words();
    } catch (NumberFormatException e) {
      problem(row, "age '" + years + "' is not from 0 to 130 years; mend or empty the cell");
      return "";
    }
  }

  private boolean inverted(CsvTable.Row row) {
    String word = cell(row, INVERTED_COLUMN).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "" -> settings.get(INVERTED);
      case "true", "yes", "1", "monochrome1" -> true;
      case "false", "no", "0", "monochrome2" -> false;
      default -> {
        problem(row, "inverted '" + word + "' is neither true nor false; mend or empty the cell");
        yield false;
      }
    };
  }

  private String split(CsvTable.Row row, String patient) {
    if (table.find(settings.get(SPLIT)).isEmpty()) {
      return PatientSplit.of(patient);
    }
    String word = cell(row, SPLIT);
    Optional<String> split = SplitNames.of(word);
    if (split.isEmpty()) {
      problem(row, "split '" + word + "' is none of train, validation, test; mend the cell");
    }
    return split.orElse("");
  }

  /** A split column may be wrong; what a model saw of a patient must not help it in a test. */
  private void checkPatients(List<Radiograph> records) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Radiograph record = records.get(i);
      first.putIfAbsent(record.patient(), i);
      int before = first.get(record.patient());
      if (!records.get(before).split().equals(record.split())) {
        problem(
            table.rows().get(i),
            "patient '%s' is in split %s here and in %s on line %d; put all films in one"
                .formatted(
                    Excerpt.of(record.patient()),
                    record.split(),
                    records.get(before).split(),
                    table.rows().get(before).line()));
      }
    }
  }
}
