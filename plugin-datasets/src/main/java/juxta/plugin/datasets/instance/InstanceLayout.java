package juxta.plugin.datasets.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.plugin.datasets.file.CsvTable;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.picture.PictureFolder;

/** How a folder says which image shows which object. */
enum InstanceLayout {
  /** A folder an instance. */
  FOLDERS,
  /** File names that begin with the instance's, such as {@code obj3__15.png}. */
  NAMES,
  /** A CSV file with the columns file, instance and perhaps role. */
  CSV;

  static final Setting<String> KIND =
      Setting.choice("layout", "auto", "auto", "folders", "names", "csv")
          .describe(
              "a folder an instance; file names that begin with the instance's; a CSV file; auto: a"
                  + " CSV file if there is one, else folders if there are any")
          .source("own choice");

  static final Setting<String> SEPARATOR =
      Setting.text("separator", "__")
          .describe("what stands behind the instance's name in file names; the last one counts")
          .source("COIL: obj3__15.png");

  static final Setting<String> DISTRACTOR =
      Setting.text("distractor", "distractor")
          .describe("name of the folder or instance of images that show none of the instances")
          .source("own choice");

  /** Finds out which layout a place has, and reads it. */
  static List<InstanceFile> read(Path place, Settings settings) {
    Path root = Files.isRegularFile(place) ? place.toAbsolutePath().getParent() : place;
    InstanceLayout layout = of(place, settings.get(KIND));
    List<InstanceFile> files =
        switch (layout) {
          case FOLDERS -> folders(root, settings.get(DISTRACTOR));
          case NAMES -> names(root, settings.get(SEPARATOR));
          case CSV -> csv(place, root, settings.get(DISTRACTOR));
        };
    if (files.stream().allMatch(file -> file.instance().isEmpty())) {
      throw new UserException(
          "instances: %s holds no image of an instance (read as layout %s); name a folder with %s"
              .formatted(place, layout.name().toLowerCase(Locale.ROOT), Instances.CONTENTS));
    }
    return files;
  }

  private static InstanceLayout of(Path place, String asked) {
    if (!asked.equals("auto")) {
      return valueOf(asked.toUpperCase(Locale.ROOT));
    }
    if (Files.isRegularFile(place) || tables(place).size() == 1) {
      return CSV;
    }
    boolean folders =
        DataFolder.list(place).stream()
            .filter(Files::isDirectory)
            .anyMatch(folder -> !new PictureFolder(place).below(folder).pictures().isEmpty());
    return folders ? FOLDERS : NAMES;
  }

  /** Tables that may be the index: one of that name, else all. */
  private static List<Path> tables(Path folder) {
    Path index = folder.resolve("index.csv");
    return Files.isRegularFile(index)
        ? List.of(index)
        : DataFolder.list(folder).stream()
            .filter(f -> DataFolder.name(f).toLowerCase(Locale.ROOT).endsWith(".csv"))
            .filter(Files::isRegularFile)
            .toList();
  }

  private static List<InstanceFile> folders(Path root, String distractor) {
    PictureFolder found = new PictureFolder(root);
    List<InstanceFile> files = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path folder : found.folders(root)) {
      PictureFolder.Found images = found.below(folder);
      Optional<String> instance = instance(DataFolder.name(folder), distractor);
      images.pictures().forEach(file -> files.add(gallery(file, instance)));
      if (images.pictures().isEmpty() && !images.others().isEmpty()) {
        problems.add(
            "%s: none of its pictures can be decoded (%s); convert them to PNG or JPEG, or remove the folder"
                .formatted(folder, images.endings()));
      }
    }
    found.passOver(root);
    Problems.report(problems, "folders");
    found.report("instances");
    return files;
  }

  private static List<InstanceFile> names(Path root, String separator) {
    if (separator.isEmpty()) {
      throw new UserException("data.separator: is empty; name what stands behind the instance");
    }
    PictureFolder found = new PictureFolder(root);
    List<InstanceFile> files = new ArrayList<>();
    for (Path file : found.in(root).pictures()) {
      int end = DataFolder.name(file).lastIndexOf(separator);
      files.add(
          gallery(
              file,
              end > 0 ? Optional.of(DataFolder.name(file).substring(0, end)) : Optional.empty()));
    }
    found.report("instances");
    return files;
  }

  private static InstanceFile gallery(Path file, Optional<String> instance) {
    return new InstanceFile(file, instance, InstanceFile.Role.GALLERY);
  }

  private static Optional<String> instance(String name, String distractor) {
    return name.isEmpty() || name.equals(distractor) ? Optional.empty() : Optional.of(name);
  }

  private static List<InstanceFile> csv(Path place, Path root, String distractor) {
    List<Path> found = Files.isRegularFile(place) ? List.of(place) : tables(place);
    if (found.size() != 1) {
      throw new UserException(
          "instances: %s holds %d CSV files; name the one: --data instances:/path/index.csv"
              .formatted(place, found.size()));
    }
    CsvTable table = CsvTable.read(found.get(0));
    int file = column(table, "file");
    int instance = column(table, "instance");
    OptionalInt role = table.find("role");
    List<String> problems = new ArrayList<>();
    List<InstanceFile> files = new ArrayList<>();
    for (CsvTable.Row row : table.rows()) {
      try {
        files.add(
            new InstanceFile(
                within(root, row.values().get(file)),
                instance(row.values().get(instance).strip(), distractor),
                role.isPresent()
                    ? role(row.values().get(role.getAsInt()))
                    : InstanceFile.Role.GALLERY));
      } catch (IllegalArgumentException e) {
        problems.add(table.at(row) + ": " + e.getMessage());
      }
    }
    Problems.report(problems, "rows");
    return files;
  }

  private static int column(CsvTable table, String name) {
    return table
        .find(name)
        .orElseThrow(
            () ->
                new UserException(
                    "%s, line 1: has no column '%s', only %s; the table needs file and instance"
                        .formatted(
                            table.file(), name, Excerpt.of(String.join(", ", table.header())))));
  }

  private static InstanceFile.Role role(String word) {
    try {
      return InstanceFile.Role.valueOf(word.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "role '" + Excerpt.of(word) + "' is none of gallery, query, iconic; mend the row", e);
    }
  }

  /** A file below a folder; a table must not lead to others. */
  static Path within(Path root, String name) {
    Path file;
    try {
      file = root.resolve(name.strip()).normalize();
    } catch (java.nio.file.InvalidPathException e) {
      throw new IllegalArgumentException("'" + name + "' is no name of a file; mend it", e);
    }
    if (name.isBlank() || !file.startsWith(root.normalize())) {
      throw new IllegalArgumentException(
          "'" + name + "' is no file below " + root + "; mend it or move the file there");
    }
    return file;
  }
}
