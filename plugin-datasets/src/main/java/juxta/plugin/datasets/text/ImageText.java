package juxta.plugin.datasets.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Field;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.file.CsvTable;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.FileFacts;
import juxta.toolkit.picture.PictureReading;
import juxta.toolkit.text.ShellWords;

/**
 * One's own images with texts: a CSV file (UTF-8, RFC 4180, with a header) that has a row for each
 * image, and the files that its rows name.
 *
 * <p>Fields: {@code image} uint8 [size, size, 3]; {@code text}, the canonical text; {@code
 * caption}, the ways to say it, one a line, the canonical one first, so that training may choose
 * among them; {@code patient}; and of {@code diagnosis}, {@code age-group}, {@code sex}, {@code
 * race}, {@code region} those that the table has, empty where a row does not say. Texts come from
 * the text column as they are, only with single blanks, or are composed: {@code "{age group} {sex}
 * {race} patient with {diagnosis}, tooth region {region}."}, in lower case, what is unknown left
 * out with its words. A composed text has three more captions.
 *
 * <p>Patients, not images, are split: by the {@code split} column, else by hash, 80/10/10. A split
 * that no patient falls into is not there.
 */
public final class ImageText implements DatasetProvider {
  static final Setting<Integer> SIZE =
      Setting.integer("size", 224)
          .range(8, 1024)
          .describe("height and width in pixels; images are resized without keeping proportions")
          .source("the usual input size of ResNet-50");

  private static final String CONTENTS = "one CSV file with the columns image, text and patient";

  /** Creates the provider. */
  public ImageText() {}

  @Override
  public String id() {
    return "image-text";
  }

  @Override
  public String summary() {
    return "images with texts, listed in a CSV file; split by patient";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.of(SIZE, PictureReading.RADIOGRAPH_WINDOW, PictureReading.ORIENTATION),
            RadiographTable.SETTINGS.stream())
        .toList();
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES_WITH_TEXT;
  }

  @Override
  public Dataset open(Request request) {
    Settings settings = request.settings();
    CsvTable table = CsvTable.read(csv(request));
    List<Radiograph> records = RadiographTable.records(table, settings);
    if (records.stream().noneMatch(record -> record.split().equals(Dataset.TRAIN))) {
      throw new UserException(
          table.file()
              + ": no patient is in split train; add patients, or a column 'split' that says which"
              + " to train on");
    }
    List<String> parts = RadiographTable.parts(table, settings);
    int size = settings.get(SIZE);
    PictureReading reading = PictureReading.of(settings, PictureReading.RADIOGRAPH_WINDOW);
    String window = " " + reading.window() + (reading.turned() ? " exif" : "");
    Fingerprint fingerprint = new Fingerprint().add("size", size + window);
    for (Radiograph record : records) {
      fingerprint.add(
          record.split() + " " + record.inverted() + " " + record.patient(),
          String.join("\n", record.captions()));
      parts.forEach(part -> fingerprint.add(part, part(part).apply(record.parts())));
    }
    Path root = table.file().toAbsolutePath().getParent();
    FileFacts facts = new FileFacts(root, request.cache(), request.progress());
    RadiographFiles files = new RadiographFiles(size, reading, facts);
    IntFunction<byte[]> pixels = files.open(records, fingerprint);
    Map<String, Split> splits = new LinkedHashMap<>();
    for (String name : List.of(Dataset.TRAIN, Dataset.VALIDATION, Dataset.TEST)) {
      int[] rows =
          IntStream.range(0, records.size())
              .filter(i -> records.get(i).split().equals(name))
              .toArray();
      if (rows.length > 0) {
        splits.put(name, split(records, rows, parts, size, pixels));
      }
    }
    OpenDataset data = new OpenDataset(id(), kind(), splits, List.of(), fingerprint.hex());
    // texts of the table may be such sentences as well: whoever uses the template sees whether
    return data.composing(Description.TEMPLATE)
        .by(facts.evidence())
        .picturing(files.form(settings.get(RadiographTable.INVERTED)));
  }

  private static Split split(
      List<Radiograph> all, int[] rows, List<String> parts, int size, IntFunction<byte[]> pixels) {
    List<Radiograph> own = IntStream.of(rows).mapToObj(all::get).toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.images(size, size, 3, i -> pixels.apply(rows[i])));
    columns.add(Column.texts(Field.TEXT, own.stream().map(Radiograph::text).toList()));
    columns.add(captions(own.stream().map(Radiograph::captions).toList()));
    columns.add(Column.texts(Field.PATIENT, own.stream().map(Radiograph::patient).toList()));
    for (String part : parts) {
      columns.add(part(part, own.stream().map(Radiograph::parts).toList()));
    }
    return new ColumnSplit(rows.length, columns);
  }

  /** The ways to say each text, one a line. */
  public static Column captions(List<List<String>> captions) {
    return Column.texts(
        Field.CAPTION, captions.stream().map(lines -> String.join("\n", lines)).toList());
  }

  /** A part of the descriptions as a field. */
  public static Column part(String name, List<Description> all) {
    return Column.texts(name, all.stream().map(part(name)).toList());
  }

  private static Function<Description, String> part(String name) {
    return switch (name) {
      case "diagnosis" -> Description::diagnosis;
      case "age-group" -> Description::ageGroup;
      case "sex" -> Description::sex;
      case "race" -> Description::race;
      case "region" -> Description::region;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The file that was named, or the only CSV file of the folder that was named. */
  private Path csv(Request request) {
    Path base = request.path().orElse(request.cache().resolve(id()));
    if (Files.isRegularFile(base)) {
      return base;
    }
    DataFolder.find(request, id(), List.of(), "", CONTENTS);
    List<Path> files =
        DataFolder.list(base).stream()
            .filter(file -> DataFolder.name(file).toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv"))
            .filter(Files::isRegularFile)
            .toList();
    if (files.size() == 1) {
      return files.get(0);
    }
    throw new UserException(
        files.isEmpty()
            ? "%s: %s holds no CSV file; name the folder that holds %s: --data %s:/path"
                .formatted(id(), base, CONTENTS, id())
            : "%s: %s holds several CSV files (%s); name the one: --data %s"
                .formatted(
                    id(),
                    base,
                    String.join(", ", files.stream().map(DataFolder::name).toList()),
                    ShellWords.word(id() + ":" + files.get(0))));
  }
}
