package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.List;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.volume.Overlap;

/**
 * How well one class of one case was found.
 *
 * @param name name of the case
 * @param label name of the class
 * @param overlap the scores
 * @param found whether the prediction has a voxel of the class
 */
record VolumeScore(String name, String label, Overlap overlap, boolean found) {
  /** Writes a row a case and class; a distance that is not defined is {@code NaN}. */
  static void write(List<VolumeScore> scores, Path file) {
    StringBuilder text = new StringBuilder("case,class,dice,jaccard,hd95,asd\n");
    for (VolumeScore score : scores) {
      Overlap overlap = score.overlap();
      text.append(Csv.cell(score.name())).append(',').append(Csv.cell(score.label()));
      for (double value :
          new double[] {overlap.dice(), overlap.jaccard(), overlap.hd95(), overlap.asd()}) {
        text.append(',').append(value);
      }
      text.append('\n');
    }
    AtomicFile.write(file, text.toString());
  }
}
