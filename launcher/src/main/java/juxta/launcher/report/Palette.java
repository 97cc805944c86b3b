package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The colours of a section's lines: those of Okabe and Ito, which colour-blind readers tell apart;
 * where there are more lines than colours, the strokes differ as well.
 */
final class Palette {
  private static final int COLOURS = 7;

  private final List<String> names = new ArrayList<>();

  Palette(List<String> names) {
    names.stream().distinct().forEach(this.names::add);
  }

  /** Class of what is drawn for a line. */
  String of(String name) {
    int at = Math.max(0, names.indexOf(name));
    return "c" + at % COLOURS + (at / COLOURS % 2 == 1 ? " dashed" : "");
  }
}
