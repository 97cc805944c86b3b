package juxta.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @TempDir Path top;

  private Path file(String name, String text) throws IOException {
    Path file = top.resolve(name);
    Folders.write(file, text);
    return file;
  }

  private Docs docs() {
    return new Docs(top, top.resolve("out"), new Markdown(Map.of("knn", "reference/knn.html")));
  }

  @Test
  void linksBetweenFilesBecomeLinksBetweenPages() throws IOException {
    file("docs/menu.txt", "Start\n  a/one.md\n");
    file("docs/a/one.md", "# `One` of *it*\n\n[up](../../fuzz/README.md#x) ![p](../p.png) `knn`\n");
    file("docs/p.png", "");
    file("fuzz/README.md", "# X\n\n[back](../docs/a/one.md) [out](https://example.org)\n");
    Docs docs = docs();
    List<Page> pages = docs.pages(Menu.read(top.resolve("docs")));
    assertThat(docs.problems()).isEmpty();
    assertThat(pages).extracting(Page::address).containsExactly("a/one.html", "fuzz-readme.html");
    assertThat(pages.get(0).title()).isEqualTo("One of it");
    assertThat(pages.get(0).body())
        .contains("\"../fuzz-readme.html#x\"", "\"../files/docs/p.png\"")
        .contains("<a href=\"../reference/knn.html\"><code>knn</code></a>");
    assertThat(pages.get(1).body()).contains("\"a/one.html\"", "\"https://example.org\"");
    assertThat(top.resolve("out/files/docs/p.png")).exists();
  }

  @Test
  void filesThatLackOrAreNotInTheMenuAreNamed() throws IOException {
    file("docs/menu.txt", "Start\n  one.md\n  none.md\n");
    file("docs/one.md", "# One\n\n[x](two.md) [y](three.md)\n");
    file("docs/two.md", "# Two\n");
    Docs docs = docs();
    docs.pages(Menu.read(top.resolve("docs")));
    assertThat(docs.problems())
        .containsExactly(
            "docs/one.md: the link 'three.md' leads to no file",
            "docs/menu.txt: no file docs/none.md",
            "docs/menu.txt lacks docs/two.md");
  }

  @Test
  void deadLinksAndThingsFromElsewhereAreFound() throws IOException {
    file(
        "a.html", "<a href=\"b.html#here\">x</a><a href=\"b.html#gone\">x</a><a href=\"#i\">x</a>");
    file("b.html", "<p id=\"here\"></p><a href=\"c/d.html\">x</a><a href=\"https://e.org\">x</a>");
    file("c/e.html", "<img alt=\"\" src=\"https://e.org/a.png\"><a href=\"../../x.html\">x</a>");
    file("javadoc/f.html", "<a href=\"nowhere.html\">x</a>");
    assertThat(new Links(top).problems())
        .containsExactly(
            "a.html: 'b.html#gone' leads nowhere",
            "a.html: '#i' leads nowhere",
            "b.html: 'c/d.html' leads nowhere",
            "c/e.html: 'https://e.org/a.png' leads nowhere",
            "c/e.html: '../../x.html' leads nowhere");
  }

  @Test
  void componentsArePagesAsTheyDescribeThemselves() throws IOException {
    String json =
        """
        [{"service": "methods", "id": "m", "summary": "a < b", "kinds": ["images"],
          "functions": ["embed"], "settings": [{"key": "rate", "type": "real", "range": "0 to 1",
          "default": "0.5", "description": "learning rate", "source": "table 1"}],
          "presets": {"data": "shapes", "values": {"paper": {"epochs": "9"}}},
          "example": ["train", "m"]},
         {"service": "evaluators", "id": "e", "summary": "s", "functions": ["embed"]},
         {"service": "evaluators", "id": "f", "summary": "s", "functions": ["segment"]},
         {"service": "datasets", "id": "m", "summary": "s", "kinds": ["images"]}]
        """;
    Reference reference = new Reference(new ObjectMapper().readTree(json));
    assertThat(reference.addresses()).containsOnlyKeys("e", "f");
    Page page =
        reference.pages().stream()
            .filter(one -> one.address().equals("reference/methods/m.html"))
            .findFirst()
            .orElseThrow();
    assertThat(page.body())
        .contains("a &lt; b.", "<td>0 to 1</td><td>0.5</td>", "table 1", "juxta train m")
        .contains(
            "<code>epochs</code></td><td>9</td>", "../evaluators/e.html", "../datasets/m.html")
        .doesNotContain("../evaluators/f.html");
    assertThat(Files.exists(top.resolve("reference"))).isFalse();
  }
}
