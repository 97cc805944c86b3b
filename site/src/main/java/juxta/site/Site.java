package juxta.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the documentation as web pages: those of {@code docs} in the order of {@code
 * docs/menu.txt}, a page for each component as {@code juxta describe --json} has it, and the
 * Javadoc. The pages need no network and no scripts. A link that leads nowhere ends the build.
 */
public final class Site {
  private Site() {}

  /**
   * Makes the site.
   *
   * @param words the top of the clone, the folder of the distribution, a folder for what is
   *     temporary, the module path that the Javadoc needs, and the version
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] words) throws IOException {
    Path top = Path.of(words[0]).toAbsolutePath().normalize();
    Path distribution = Path.of(words[1]);
    Path temporary = Path.of(words[2]);
    Path out = top.resolve("target").resolve("site");
    Folders.delete(out);

    JsonNode components = new Described(distribution, temporary.resolve("home")).components();
    Reference reference = new Reference(components);
    Menu menu = Menu.read(top.resolve("docs"));
    Docs docs = new Docs(top, out, new Markdown(reference.addresses()));
    List<Page> pages = new ArrayList<>(docs.pages(menu));
    pages.addAll(reference.pages());
    Layout layout = new Layout(menu, docs.addresses(), words[4]);
    for (Page page : pages) {
      Folders.write(out.resolve(page.address()), layout.html(page));
    }
    for (String file : List.of("site.css")) {
      Folders.write(out.resolve(file), Folders.resource(file));
    }
    Javadoc.write(top, words[3], out.resolve(Layout.JAVADOC), words[4]);

    List<String> problems = new ArrayList<>(docs.problems());
    problems.addAll(new Links(out).problems());
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      throw new IllegalStateException(problems.size() + " faults of the site, see above");
    }
    System.out.println(pages.size() + " pages: " + out.resolve("index.html"));
  }
}
