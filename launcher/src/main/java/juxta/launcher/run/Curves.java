package juxta.launcher.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.engine.run.MetricsLine;
import juxta.launcher.report.Curve;
import juxta.toolkit.io.RegularFile;

/** The curves of a run, from {@code metrics.jsonl}, thinned to what a picture can show. */
public final class Curves {
  private static final int MOST_POINTS = 240;
  private static final int MOST_CURVES = 24;

  /** The means of neighbouring points. */
  private static final class Thinned {
    private final List<double[]> points = new ArrayList<>(); // step, mean
    private long width = 1; // lines a point
    private long count;
    private double step;
    private double sum;

    void add(long at, double value) {
      step += at;
      sum += value;
      if (++count == width) {
        points.add(new double[] {step / width, sum / width});
        step = 0;
        sum = 0;
        count = 0;
        if (points.size() == 2 * MOST_POINTS) {
          halve();
        }
      }
    }

    private void halve() {
      List<double[]> half = new ArrayList<>();
      for (int i = 0; i < points.size(); i += 2) {
        double[] a = points.get(i);
        double[] b = points.get(i + 1);
        half.add(new double[] {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2});
      }
      points.clear();
      points.addAll(half);
      width *= 2;
    }

    List<double[]> points() {
      List<double[]> all = new ArrayList<>(points);
      if (count > 0) {
        all.add(new double[] {step / count, sum / count});
      }
      return all;
    }
  }

  private Curves() {}

  /**
   * The curves of a run.
   *
   * @param folder the run's folder
   * @return a curve a phase and scalar, none if nothing was logged
   * @throws IOException if the log cannot be read
   */
  public static List<Curve> of(Path folder) throws IOException {
    Map<List<String>, Thinned> curves = new LinkedHashMap<>();
    Path file = folder.resolve("metrics.jsonl");
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(RegularFile.check(file))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          MetricsLine.parse(line).ifPresent(one -> add(one, curves));
        }
      }
    }
    List<Curve> all = new ArrayList<>();
    curves.forEach((name, curve) -> all.add(new Curve(name.get(0), name.get(1), curve.points())));
    return all;
  }

  private static void add(MetricsLine line, Map<List<String>, Thinned> curves) {
    line.scalars()
        .forEach(
            (name, scalar) -> {
              List<String> key = List.of(line.phase(), name);
              boolean known = curves.containsKey(key) || curves.size() < MOST_CURVES;
              if (known
                  && scalar instanceof Number number
                  && Double.isFinite(number.doubleValue())) {
                curves
                    .computeIfAbsent(key, k -> new Thinned())
                    .add(line.step(), number.doubleValue());
              }
            });
  }
}
