package juxta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is written for programs (names, keys, tables) must not depend on the locale, whose digits
 * and letters are not those of a parser. {@code formatted} has no locale: it is for sentences.
 */
class LocaleSourcesTest {
  /** A call that takes the locale of the process, by what it looks like. */
  private static final List<Pattern> FORBIDDEN =
      List.of(
          Pattern.compile("String\\.format\\(\\s*(?!\\s*Locale\\.ROOT)"),
          Pattern.compile("\\.printf\\(\\s*(?!\\s*Locale\\.ROOT)"),
          Pattern.compile("\\.to(Lower|Upper)Case\\(\\)"),
          Pattern.compile("new (DecimalFormat|SimpleDateFormat|Formatter|Scanner)\\b"),
          Pattern.compile("NumberFormat\\.get"),
          // a number in what has no blank is no sentence
          Pattern.compile("\"[^\"\\s]*%[-+0-9,.]*[deEfgG][^\"\\s]*\"\\s*\\.formatted\\("),
          Pattern.compile("[\\w\\]]\\s*\\.formatted\\("));

  @Test
  void numbersAndLettersOfProgramsAreThoseOfNoLocale() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/main/java");
        if (Files.isDirectory(sources)) {
          try (Stream<Path> all = Files.walk(sources)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
              files++;
              check(file, found);
            }
          }
        }
      }
    }
    assertThat(files).isGreaterThan(500);
    assertThat(found).isEmpty();
  }

  private static void check(Path file, List<String> found) throws IOException {
    String text = Files.readString(file);
    for (Pattern pattern : FORBIDDEN) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        long line = text.substring(0, matcher.start()).lines().count();
        found.add(file + ":" + Math.max(1, line) + ": " + matcher.group().strip());
      }
    }
  }
}
