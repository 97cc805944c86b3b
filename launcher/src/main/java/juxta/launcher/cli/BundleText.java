package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import juxta.launcher.plugins.Bundle;

/** What is about to be trusted, in lines. */
final class BundleText {
  private BundleText() {}

  /**
   * The lines.
   *
   * @param bundle the plug-in
   * @param former SHA-256 by path of what it takes the place of, empty for a new one
   * @param running the version of the api that is here
   */
  static List<String> lines(Bundle bundle, Map<String, String> former, String running) {
    List<String> lines = new ArrayList<>();
    lines.add("plug-in   " + bundle.name() + " " + bundle.version());
    lines.add("module    " + String.join(", ", bundle.modules()));
    lines.add("provides  " + services(bundle.services()));
    lines.add(
        "api       "
            + bundle.api().map(range -> "declares " + range).orElse("declares no range")
            + bundle.builtFor().map(built -> ", built for " + built).orElse("")
            + ", this is "
            + running);
    lines.add("from      " + bundle.source());
    lines.add("checked   " + (bundle.checked().isEmpty() ? "no checksum known" : bundle.checked()));
    lines.add("licence   " + (bundle.licence().isEmpty() ? "not stated" : bundle.licence()));
    for (Bundle.File file : bundle.files()) {
      lines.add(
          "file      "
              + file.path()
              + "  "
              + size(file.bytes())
              + mark(file, former)
              + (file.from().equals(bundle.source().location()) ? "" : "  from " + file.from()));
      lines.add("          sha256 " + file.sha256());
    }
    former.keySet().stream()
        .filter(path -> bundle.files().stream().noneMatch(file -> file.path().equals(path)))
        .forEach(path -> lines.add("goes      " + path));
    bundle.leftOut().forEach(line -> lines.add("left out  " + line));
    return lines;
  }

  /** Such as {@code methods a, b; loss c}. */
  static String services(SortedMap<String, List<String>> ids) {
    List<String> parts = new ArrayList<>();
    ids.forEach((kind, all) -> parts.add(kind + " " + String.join(", ", all)));
    return String.join("; ", parts);
  }

  private static String mark(Bundle.File file, Map<String, String> former) {
    if (former.isEmpty()) {
      return "";
    }
    if (!former.containsKey(file.path())) {
      return "  new";
    }
    return former.get(file.path()).equals(file.sha256()) ? "  as before" : "  changed";
  }

  private static String size(long bytes) {
    return bytes < 10_000
        ? bytes + " bytes"
        : bytes < 10_000_000
            ? String.format(Locale.ROOT, "%d kB", bytes / 1000)
            : String.format(Locale.ROOT, "%d MB", bytes / 1_000_000);
  }
}
