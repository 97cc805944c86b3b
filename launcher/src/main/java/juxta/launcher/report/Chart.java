package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A small line chart as SVG. Phases follow each other on the axis of steps, with a rule between
 * them; each run is a stroke.
 */
final class Chart {
  private static final double WIDTH = 340;
  private static final double HEIGHT = 170;
  private static final double LEFT = 46;
  private static final double RIGHT = 10;
  private static final double TOP = 14;
  private static final double BOTTOM = 24;

  private final List<String> phases;
  private final List<List<Curve>> runs; // of each run, the curves of one scalar
  private final List<Double> starts = new ArrayList<>(); // of each phase, in steps
  private final double end;
  private final double low;
  private final double high;

  private Chart(List<String> phases, List<List<Curve>> runs) {
    this.phases = phases;
    this.runs = runs;
    double at = 0;
    for (String phase : phases) {
      starts.add(at);
      at += 1 + points(phase).stream().mapToDouble(p -> p[0]).max().orElse(0);
    }
    end = Math.max(1, at - 1);
    double least = all().stream().mapToDouble(p -> p[1]).min().orElse(0);
    double most = all().stream().mapToDouble(p -> p[1]).max().orElse(1);
    double margin = least == most ? Math.max(Math.abs(least), 1e-9) / 2 : 0;
    low = least - margin;
    high = most + margin;
  }

  /**
   * A chart of one scalar.
   *
   * @param name name of the scalar, for those who cannot see the chart
   * @param phases the phases in which it was logged, in order
   * @param runs of each run the curves of the scalar
   * @param colour class of the strokes
   */
  static String of(String name, List<String> phases, List<List<Curve>> runs, String colour) {
    return new Chart(phases, runs).svg(name, colour);
  }

  private List<double[]> points(String phase) {
    return runs.stream()
        .flatMap(List::stream)
        .filter(c -> c.phase().equals(phase))
        .flatMap(c -> c.points().stream())
        .toList();
  }

  private List<double[]> all() {
    return runs.stream().flatMap(List::stream).flatMap(c -> c.points().stream()).toList();
  }

  private double x(double step) {
    return LEFT + step / end * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
  }

  private String svg(String name, String colour) {
    Html svg =
        new Html()
            .raw(
                Figures.format(
                    "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", WIDTH, HEIGHT))
            .words(name + " over " + Figures.count(end) + " steps, ")
            .words("between " + Figures.brief(low) + " and " + Figures.brief(high))
            .raw("\">\n");
    for (double value : new double[] {low, (low + high) / 2, high}) {
      rule(svg, "grid", LEFT, y(value), WIDTH - RIGHT, y(value));
      text(svg, LEFT - 6, y(value) + 4, "end", Figures.brief(value));
    }
    for (int i = 0; i < phases.size(); i++) {
      if (i > 0) {
        rule(svg, "phase", x(starts.get(i)), TOP, x(starts.get(i)), HEIGHT - BOTTOM);
      }
      if (phases.size() > 1) {
        text(svg, x(starts.get(i)) + 3, TOP - 4, "start", phases.get(i));
      }
    }
    text(svg, LEFT, HEIGHT - 7, "start", "step 0");
    text(svg, WIDTH - RIGHT, HEIGHT - 7, "end", Figures.count(end));
    for (List<Curve> run : runs) {
      for (Curve curve : run) {
        svg.raw("<path class=\"line " + colour + "\" d=\"" + path(curve) + "\"/>\n");
      }
    }
    return svg.raw("</svg>\n").toString();
  }

  private String path(Curve curve) {
    double start = starts.get(phases.indexOf(curve.phase()));
    StringBuilder path = new StringBuilder();
    for (double[] point : curve.points()) {
      path.append(path.length() == 0 ? 'M' : 'L')
          .append(Figures.format("%.1f %.1f", x(start + point[0]), y(point[1])));
    }
    return curve.points().size() == 1 ? path + "h1" : path.toString();
  }

  private static void rule(Html svg, String kind, double x1, double y1, double x2, double y2) {
    svg.raw(
        Figures.format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            kind, x1, y1, x2, y2));
  }

  private static void text(Html svg, double x, double y, String anchor, String words) {
    svg.raw(Figures.format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor))
        .words(words)
        .raw("</text>\n");
  }
}
