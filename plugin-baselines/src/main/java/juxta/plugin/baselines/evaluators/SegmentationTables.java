package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.List;
import juxta.api.MaskClass;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.metrics.ConfusionMatrix;

/** The scores of each class, and what was taken for what, as CSV files. */
final class SegmentationTables {
  private SegmentationTables() {}

  static void write(ConfusionMatrix found, List<MaskClass> classes, Path folder) {
    StringBuilder scores = new StringBuilder("class,iou,f1,pixels,predicted\n");
    StringBuilder counts = new StringBuilder("class");
    classes.forEach(c -> counts.append(',').append(Csv.cell(c.name())));
    counts.append('\n');
    for (int a = 0; a < classes.size(); a++) {
      String name = Csv.cell(classes.get(a).name());
      scores.append(name).append(',').append(found.iou(a)).append(',').append(found.f1(a));
      scores.append(',').append(found.actual(a)).append(',').append(found.predicted(a));
      scores.append('\n');
      counts.append(name);
      for (int p = 0; p < classes.size(); p++) {
        counts.append(',').append(found.count(a, p));
      }
      counts.append('\n');
    }
    AtomicFile.write(folder.resolve("classes.csv"), scores.toString());
    AtomicFile.write(folder.resolve("confusion.csv"), counts.toString());
  }
}
