package juxta.launcher.report;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/**
 * A picture that a method or an evaluator left in a run's folder.
 *
 * @param run the run
 * @param path where it lies, in the run's folder
 * @param width in pixels
 * @param height in pixels
 * @param png the file's bytes
 */
record RunPicture(ReportedRun run, Path path, int width, int height, byte[] png) {
  /** Pictures of fewer pixels are enlarged, each pixel staying a square. */
  private static final int SMALL = 200;

  /** What it shows, as far as its name says. */
  String words() {
    String name = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String words = name.replaceAll("[-_]+", " ").strip();
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Where it lies, with strokes as on every system. */
  String place() {
    return path.toString().replace('\\', '/');
  }

  String html() {
    int scale = Math.max(1, SMALL / Math.max(1, width));
    return new Html()
        .raw("<figure class=\"picture\" style=\"width:" + (width * scale + 2) + "px\">")
        .raw("<img alt=\"")
        .words(words() + " of " + run.line().words() + " " + run.draw())
        .raw(
            Figures.format(
                "\" width=\"%d\" height=\"%d\"%s src=\"data:image/png;base64,",
                width * scale, height * scale, scale > 1 ? " class=\"pixels\"" : ""))
        .raw(Base64.getEncoder().encodeToString(png))
        .raw("\">\n<figcaption><strong>")
        .words(words())
        .raw("</strong> <span>")
        .words(run.line().words() + ", " + place())
        .raw("</span></figcaption></figure>\n")
        .toString();
  }
}
