package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.api.MaskClass;
import juxta.toolkit.io.Csv;
import juxta.toolkit.metrics.ConfusionMatrix;

/** The scores of each class, and what was taken for what, as CSV files. */
final class SegmentationTables {
  private SegmentationTables() {}

  static void write(ConfusionMatrix found, List<MaskClass> classes, Path folder) {
    Csv scores = new Csv("class", "iou", "f1", "pixels", "predicted");
    List<String> header = new ArrayList<>(List.of("class"));
    classes.forEach(c -> header.add(c.name()));
    Csv counts = new Csv(header);
    for (int a = 0; a < classes.size(); a++) {
      String name = classes.get(a).name();
      scores.row(name, found.iou(a), found.f1(a), found.actual(a), found.predicted(a));
      List<Object> row = new ArrayList<>(List.of(name));
      for (int p = 0; p < classes.size(); p++) {
        row.add(found.count(a, p));
      }
      counts.row(row);
    }
    scores.write(folder.resolve("classes.csv"));
    counts.write(folder.resolve("confusion.csv"));
  }
}
