package juxta.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The pages that somebody wrote: those of the menu, and what they link to. A Markdown file of the
 * repository becomes a page, any other file is copied.
 */
final class Docs {
  private final Path top;
  private final Path out;
  private final Markdown markdown;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private final Set<Path> seen = new HashSet<>();
  private final Map<Path, Page> made = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  Docs(Path top, Path out, Markdown markdown) {
    this.top = top;
    this.out = out;
    this.markdown = markdown;
  }

  /** All pages, those of the menu first. */
  List<Page> pages(Menu menu) throws IOException {
    menu.sections().forEach(section -> section.files().forEach(this::want));
    while (!waiting.isEmpty()) {
      Path file = waiting.remove();
      if (!Files.isRegularFile(file)) {
        problems.add("docs/" + Menu.FILE + ": no file " + top.relativize(file));
        continue;
      }
      made.put(
          file, markdown.page(address(file), Files.readString(file), link -> target(file, link)));
    }
    for (Path file : Folders.withEnding(top.resolve("docs"), ".md")) {
      if (menu.sections().stream().noneMatch(section -> section.files().contains(file))) {
        problems.add("docs/" + Menu.FILE + " lacks " + top.relativize(file));
      }
    }
    return List.copyOf(made.values());
  }

  /** Pages by the file that they were made of. */
  Map<Path, Page> addresses() {
    return made;
  }

  /** What is wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  private void want(Path file) {
    if (seen.add(file)) {
      waiting.add(file);
    }
  }

  /**
   * {@code docs/a/b.md} lies at {@code a/b.html}, {@code fuzz/README.md} at {@code
   * fuzz-readme.html}.
   */
  private String address(Path file) {
    Path docs = top.resolve("docs");
    String name =
        file.startsWith(docs)
            ? docs.relativize(file).toString().replace('\\', '/')
            : top.relativize(file).toString().replace('\\', '/').replace('/', '-');
    return name.replaceFirst("\\.md$", "").toLowerCase(Locale.ROOT) + ".html";
  }

  private String target(Path from, String link) {
    if (link.matches("(https?|mailto):.*") || link.startsWith("#")) {
      return link;
    }
    String anchor = link.replaceFirst("^[^#]*", "");
    Path file = from.resolveSibling(link.replaceFirst("#.*", "")).normalize();
    String up = Page.up(address(from));
    if (!file.startsWith(top) || !Files.isRegularFile(file)) {
      problems.add(top.relativize(from) + ": the link '" + link + "' leads to no file");
      return link;
    }
    if (file.toString().endsWith(".md")) {
      want(file);
      return up + address(file) + anchor;
    }
    String copy = "files/" + top.relativize(file).toString().replace('\\', '/');
    try {
      Path to = out.resolve(copy);
      if (!Files.exists(to)) {
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return up + copy + anchor;
  }
}
