package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of words and numbers, the same on a page and in Markdown.
 *
 * @param heads the columns
 * @param rows the cells, as many in each row as there are columns
 */
record Sheet(List<String> heads, List<List<Cell>> rows) {
  /** More columns than a page is wide; more numbers than a phone is. */
  private static final int WIDE = 7;

  private static final int BESIDE = 3;

  Sheet {
    heads = List.copyOf(heads);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * A cell.
   *
   * @param text what it says
   * @param kind how it is shown
   */
  record Cell(String text, Kind kind) {
    static Cell words(String text) {
      return new Cell(text, Kind.WORDS);
    }

    static Cell number(String text) {
      return new Cell(text, Kind.NUMBER);
    }
  }

  /** How a cell is shown. */
  enum Kind {
    /** On the left. */
    WORDS,
    /** On the right. */
    NUMBER,
    /** On the right and bold. */
    BEST,
    /** The name of a line, with its colour. */
    LINE,
    /** On the left and on one line, such as a hash. */
    CODE
  }

  /** On a page; with more columns than fit, as a list for each row. */
  String html(Palette palette) {
    return heads.size() > WIDE ? lists(palette) : table(palette);
  }

  /** A small table for each row, one of its cells a line. */
  private String lists(Palette palette) {
    Html html = new Html().raw("<div class=\"lists\">\n");
    for (List<Cell> row : rows) {
      html.raw("<table class=\"list\">\n<thead><tr>");
      Cell first = row.get(0);
      html.raw("<th colspan=\"2\" scope=\"colgroup\">");
      swatch(html, first, palette);
      html.words(first.text()).raw("</th></tr></thead>\n<tbody>\n");
      for (int c = 1; c < heads.size(); c++) {
        html.raw("<tr><td>").words(heads.get(c)).raw("</td>");
        cell(html, row.get(c), palette, "");
        html.raw("</tr>\n");
      }
      html.raw("</tbody></table>\n");
    }
    return html.raw("</div>\n").toString();
  }

  private String table(Palette palette) {
    String stacks = heads.size() > BESIDE ? " class=\"stacks\"" : "";
    Html html =
        new Html().raw("<div class=\"wide\" tabindex=\"0\"><table" + stacks + ">\n<thead><tr>");
    for (int c = 0; c < heads.size(); c++) {
      boolean number = number(c);
      html.raw(number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
      html.words(heads.get(c)).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : rows) {
      html.raw("<tr>");
      for (int c = 0; c < row.size(); c++) {
        cell(html, row.get(c), palette, heads.get(c));
      }
      html.raw("</tr>\n");
    }
    return html.raw("</tbody></table></div>\n").toString();
  }

  /**
   * A cell; where a narrow page puts the cells of a row below each other, its head is before it.
   */
  private static void cell(Html html, Cell cell, Palette palette, String head) {
    String named = head.isEmpty() ? "" : " data-head=\"" + Html.safe(head) + "\"";
    switch (cell.kind()) {
      case WORDS -> html.raw("<td" + named + ">").words(cell.text()).raw("</td>");
      case NUMBER -> html.raw("<td class=\"number\"" + named + ">").words(cell.text()).raw("</td>");
      case CODE -> html.raw("<td class=\"code\"" + named + ">").words(cell.text()).raw("</td>");
      case BEST ->
          html.raw("<td class=\"number best\"" + named + "><strong>")
              .words(cell.text())
              .raw("</strong></td>");
      case LINE -> {
        html.raw("<th scope=\"row\">");
        swatch(html, cell, palette);
        html.words(cell.text()).raw("</th>");
      }
      default -> throw new IllegalStateException(cell.kind().name());
    }
  }

  private static void swatch(Html html, Cell cell, Palette palette) {
    if (cell.kind() == Kind.LINE) {
      html.raw("<span class=\"swatch " + palette.of(cell.text()) + "\"></span>");
    }
  }

  private boolean number(int column) {
    return rows.stream()
        .anyMatch(
            row -> row.get(column).kind() == Kind.NUMBER || row.get(column).kind() == Kind.BEST);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    List<String> rules = new ArrayList<>();
    for (int c = 0; c < heads.size(); c++) {
      rules.add(number(c) ? "---:" : "---");
    }
    text.append(row(heads.stream().map(Markdown::safe).toList())).append(row(rules));
    for (List<Cell> row : rows) {
      text.append(
          row(
              row.stream()
                  .map(
                      cell ->
                          cell.kind() == Kind.BEST
                              ? "**" + Markdown.safe(cell.text()) + "**"
                              : Markdown.safe(cell.text()))
                  .toList()));
    }
    return text.append('\n').toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
