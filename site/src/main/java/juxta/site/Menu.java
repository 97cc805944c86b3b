package juxta.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pages there are, in order: {@code docs/menu.txt} has a title a line and, indented, the
 * files below it.
 *
 * @param sections the parts of the menu
 */
record Menu(List<Section> sections) {
  static final String FILE = "menu.txt";

  /**
   * A part.
   *
   * @param title its title
   * @param files Markdown files
   */
  record Section(String title, List<Path> files) {}

  static Menu read(Path docs) throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String line : Files.readAllLines(docs.resolve(FILE))) {
      if (line.isBlank()) {
        continue;
      }
      if (line.startsWith(" ")) {
        Path file = docs.resolve(line.strip()).normalize();
        sections.get(sections.size() - 1).files().add(file);
      } else {
        sections.add(new Section(line.strip(), new ArrayList<>()));
      }
    }
    return new Menu(sections);
  }
}
