package juxta.site;

import java.util.List;

/** Pieces of HTML. */
final class Html {
  private Html() {}

  /** Text with the signs of HTML escaped. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String code(String text) {
    return "<code>" + text(text) + "</code>";
  }

  static String link(String address, String html) {
    return "<a href=\"" + text(address) + "\">" + html + "</a>";
  }

  /** A table of cells that are HTML. */
  static String table(List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"table\"><table>\n<thead>");
    row(html, "th", head);
    html.append("</thead>\n<tbody>\n");
    rows.forEach(row -> row(html, "td", row));
    return html.append("</tbody></table></div>\n").toString();
  }

  private static void row(StringBuilder html, String cell, List<String> cells) {
    html.append("<tr>");
    for (String one : cells) {
      html.append('<').append(cell).append('>').append(one).append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }
}
