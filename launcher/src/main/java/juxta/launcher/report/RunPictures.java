package juxta.launcher.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.engine.catalogue.NaturalOrder;
import juxta.picture.PictureDecoder;
import juxta.picture.RawPicture;
import juxta.picture.UndecodableException;

/**
 * Collects the pictures of runs as far as a page can hold them, and tells what was left out. A
 * folder with the pictures of many epochs is shown by its first, its last and two between.
 */
final class RunPictures {
  private static final List<String> FOLDERS = List.of("evaluation", "artefacts");
  private static final int DEPTH = 4;
  private static final int MOST_FILES = 10_000;
  private static final int OF_A_SERIES = 4;
  private static final int MOST_OF_A_RUN = 12;
  private static final int LARGEST = 5 << 20;
  private static final PictureDecoder DECODER =
      new PictureDecoder(List.of("png"), 16_000_000, Optional.empty());

  /** What all pictures of a page may take. */
  private static final int MOST_BYTES = 24 << 20;

  private int left = MOST_BYTES;

  /**
   * Pictures, and what is missing among them.
   *
   * @param pictures the pictures
   * @param missing a sentence for each reason
   */
  record Shown(List<RunPicture> pictures, List<String> missing) {}

  /** The pictures of the first seed of each line. */
  Shown of(Section section) {
    List<RunPicture> pictures = new ArrayList<>();
    Map<String, List<String>> missing = new LinkedHashMap<>();
    for (List<ReportedRun> runs : section.lines().values()) {
      ReportedRun first = runs.get(0);
      int before = pictures.size();
      for (Path file : chosen(first, missing)) {
        read(first, file, pictures, missing);
      }
      if (runs.size() > 1 && pictures.size() > before) {
        missing
            .computeIfAbsent(
                "other seeds or folds, which have pictures of the same names", k -> list())
            .add(first.line().words());
      }
    }
    List<String> sentences = new ArrayList<>();
    missing.forEach((why, what) -> sentences.add(why + ": " + few(what)));
    return new Shown(pictures, sentences);
  }

  private static List<String> list() {
    return new ArrayList<>();
  }

  private static String few(List<String> names) {
    List<String> some = names.subList(0, Math.min(6, names.size()));
    int more = names.size() - some.size();
    return String.join(", ", some) + (more > 0 ? " and " + more + " more" : "");
  }

  private static List<Path> chosen(ReportedRun run, Map<String, List<String>> missing) {
    Map<String, List<Path>> series = new LinkedHashMap<>();
    for (String folder : FOLDERS) {
      for (Path file : files(run.folder().resolve(folder))) {
        String stem = folder + "/" + file.toString().replaceAll("[0-9]+", "0");
        series.computeIfAbsent(stem, s -> new ArrayList<>()).add(file);
      }
    }
    List<Path> chosen = new ArrayList<>();
    for (List<Path> all : series.values()) {
      for (int i = 0; i < all.size(); i++) {
        boolean taken = all.size() <= OF_A_SERIES || spread(i, all.size());
        if (taken && chosen.size() < MOST_OF_A_RUN) {
          chosen.add(all.get(i));
        } else {
          missing
              .computeIfAbsent("of many alike, or too many of a run", k -> list())
              .add(run.folder().relativize(all.get(i)).toString());
        }
      }
    }
    return chosen;
  }

  /** Whether an index is the first, the last or one of those evenly between. */
  private static boolean spread(int index, int size) {
    for (int k = 0; k < OF_A_SERIES; k++) {
      if (index == Math.round(k * (size - 1) / (OF_A_SERIES - 1.0))) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
      return walk.limit(MOST_FILES)
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> file.getFileName().toString().endsWith(".png"))
          .sorted((a, b) -> NaturalOrder.NATURAL.compare(a.toString(), b.toString()))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of(); // what cannot be read is not shown
    }
  }

  private void read(
      ReportedRun run, Path file, List<RunPicture> pictures, Map<String, List<String>> missing) {
    String name = run.folder().relativize(file).toString();
    try {
      long size = Files.size(file);
      if (size > LARGEST || size > left) {
        missing.computeIfAbsent("too large for a page", k -> list()).add(name);
        return;
      }
      byte[] png = Files.readAllBytes(file);
      RawPicture shown = DECODER.decode(png); // to its end
      left -= png.length;
      pictures.add(
          new RunPicture(run, run.folder().relativize(file), shown.width(), shown.height(), png));
    } catch (UndecodableException e) {
      missing.computeIfAbsent("no picture that can be shown", k -> list()).add(name);
    } catch (IOException e) {
      missing.computeIfAbsent("cannot be read", k -> list()).add(name);
    }
  }
}
