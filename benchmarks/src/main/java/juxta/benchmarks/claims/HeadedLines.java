package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Values separated by commas, under a first line that says what they are. */
final class HeadedLines {
  private HeadedLines() {}

  /**
   * The values of each line after the first, of which line {@code i + 2} of the file is entry
   * {@code i}.
   *
   * @param heads what the first line has to be
   * @throws IllegalArgumentException if it is not, or a line has another number of values
   */
  static List<String[]> read(Path file, String heads) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(heads)) {
      throw new IllegalArgumentException(file + ": its first line has to be " + heads);
    }
    int columns = heads.split(",").length;
    List<String[]> values = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != columns) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + ": " + cells.length + " values for " + columns);
      }
      values.add(cells);
    }
    return values;
  }
}
