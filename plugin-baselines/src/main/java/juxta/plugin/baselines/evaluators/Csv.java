package juxta.plugin.baselines.evaluators;

/** Cells of CSV files, as RFC 4180 has them. */
final class Csv {
  private Csv() {}

  /** A cell, between quotation marks where it needs them. */
  static String cell(String text) {
    return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
