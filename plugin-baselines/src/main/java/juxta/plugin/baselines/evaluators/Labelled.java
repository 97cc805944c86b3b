package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;

/**
 * The records of a split that have a class label.
 *
 * @param records their indices
 * @param labels their classes
 */
record Labelled(int[] records, int[] labels) {
  /** Labels below 0 stand for records without one. */
  static Labelled of(Dataset data, String split) {
    Split records = data.split(split);
    int[] all =
        IntStream.range(0, records.size())
            .map(i -> records.value(Field.LABEL, i).number())
            .toArray();
    int[] kept = IntStream.range(0, all.length).filter(i -> all[i] >= 0).toArray();
    if (kept.length == 0) {
      throw new UserException(
          "data set '" + data.id() + "' has no class labels in split '" + split + "'");
    }
    return new Labelled(kept, Arrays.stream(kept).map(i -> all[i]).toArray());
  }

  /** Number of classes: those that the data name, or that the labels ask for. */
  static int classes(Dataset data, Labelled... splits) {
    int most = data.classes().size();
    for (Labelled split : splits) {
      most = Math.max(most, 1 + Arrays.stream(split.labels()).max().orElse(0));
    }
    if (most < 2) {
      throw new UserException(
          "data set '" + data.id() + "' has one class only; there is nothing to tell apart");
    }
    return most;
  }
}
