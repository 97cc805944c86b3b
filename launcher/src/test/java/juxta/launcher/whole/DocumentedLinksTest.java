package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links between the files of the documentation. */
class DocumentedLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void leadToFilesAndHeadings() throws IOException {
    List<String> dead = new ArrayList<>();
    int seen = 0;
    for (Path page : Documented.pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String to = link.group(1);
        if (to.matches("[a-z]+:.*")) {
          continue;
        }
        seen++;
        String[] parts = to.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        boolean there = Files.isRegularFile(file);
        if (!there || parts.length == 2 && !headings(file).contains(parts[1])) {
          dead.add(page + ": " + to);
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(seen).isGreaterThan(20);
  }

  /** Headings as links name them. */
  private static List<String> headings(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{Alnum} -]", "").replace(' ', '-'))
        .collect(Collectors.toList());
  }

  @Test
  void everyPageIsInTheMenu() throws IOException {
    Path docs = Path.of("../docs");
    List<Path> menu =
        Files.readAllLines(docs.resolve("menu.txt")).stream()
            .filter(line -> line.startsWith(" "))
            .map(line -> docs.resolve(line.strip()).normalize())
            .toList();
    assertThat(menu).allMatch(Files::isRegularFile).doesNotHaveDuplicates();
    for (Path page : Documented.pages()) {
      if (page.startsWith(docs)) {
        assertThat(menu).contains(page.normalize());
      }
    }
  }
}
