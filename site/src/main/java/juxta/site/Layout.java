package juxta.site;

import java.nio.file.Path;
import java.util.Map;

/** What is around the content of every page: title, menu, footer. */
final class Layout {
  /** The folder of the Javadoc. */
  static final String JAVADOC = "javadoc";

  private static final String FRAME = Folders.resource("page.html");

  private final Menu menu;
  private final Map<Path, Page> pages;
  private final String version;

  Layout(Menu menu, Map<Path, Page> pages, String version) {
    this.menu = menu;
    this.pages = pages;
    this.version = version;
  }

  String html(Page page) {
    return FRAME
        .replace("{{title}}", Html.text(page.title()))
        .replace("{{menu}}", menu(page))
        .replace("{{up}}", Page.up(page.address()))
        .replace("{{version}}", Html.text(version))
        .replace("{{body}}", page.body());
  }

  private String menu(Page page) {
    StringBuilder html = new StringBuilder();
    for (Menu.Section section : menu.sections()) {
      html.append("<h2>").append(Html.text(section.title())).append("</h2>\n<ul>\n");
      for (Path file : section.files()) {
        Page one = pages.get(file);
        if (one != null) {
          entry(html, page, one.address(), one.title());
        }
      }
      html.append("</ul>\n");
    }
    html.append("<h2>Reference</h2>\n<ul>\n");
    for (Reference.Service service : Reference.SERVICES) {
      entry(html, page, service.address(), service.title());
    }
    entry(html, page, JAVADOC + "/index.html", "Java API");
    return html.append("</ul>\n").toString();
  }

  private static void entry(StringBuilder html, Page page, String address, String title) {
    boolean here =
        address.equals(page.address())
            || page.address().startsWith(address.replaceFirst("\\.html$", "/"));
    html.append("<li><a href=\"")
        .append(Page.up(page.address()))
        .append(address)
        .append(here ? "\" aria-current=\"page\">" : "\">")
        .append(Html.text(title))
        .append("</a></li>\n");
  }
}
