package juxta.launcher.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command of the documentation.
 *
 * @param page the file that has it
 * @param line number of the line where it begins
 * @param text as it stands there, in one line and without a comment
 */
record Documented(String page, int line, String text) {
  private static final Path TOP = Path.of("..");

  /** Files of the repository that are written for people, the README first. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String one : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
      pages.add(TOP.resolve(one));
    }
    for (String folder : List.of("docs", "fuzz", "benchmarks")) {
      try (Stream<Path> files = Files.walk(TOP.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().contains("target"))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** What stands in blocks of a file that are marked {@code sh}. */
  static List<Documented> in(Path file) throws IOException {
    List<Documented> commands = new ArrayList<>();
    String page = TOP.relativize(file).toString();
    String language = "";
    String command = "";
    int begin = 0;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.startsWith("```")) {
        if (language.isEmpty() && line.equals("```")) {
          throw new AssertionError(page + ":" + number + ": a block says in what language it is");
        }
        language = language.isEmpty() ? line.substring(3) : "";
        continue;
      }
      String bare = line.replaceFirst("(^|\\s+)#.*$", "").strip();
      if (!language.equals("sh") || bare.isEmpty()) {
        continue;
      }
      begin = command.isEmpty() ? number : begin;
      if (bare.endsWith("\\")) {
        command += bare.substring(0, bare.length() - 1);
      } else {
        commands.add(new Documented(page, begin, (command + bare).replaceAll("\\s+", " ")));
        command = "";
      }
    }
    return commands;
  }

  /** Whether it is one of Juxta's own. */
  boolean juxta() {
    return text.matches("(\\./)?juxta .*");
  }

  /** Its words behind {@code juxta}, taken apart as a shell does. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (text.replaceFirst("^(\\./)?juxta ", "") + " ").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }

  @Override
  public String toString() {
    return page + ":" + line + ": " + text;
  }
}
