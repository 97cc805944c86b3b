package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.metrics.Rows;

/**
 * Embeddings and classes of the records that are clustered and scored.
 *
 * @param train [N, D] of all training records
 * @param trainClasses N classes, below 0 for records without one
 * @param test [M, D] of the test records that have a class
 * @param labelled these test records
 * @param names names of the classes
 * @param unit whether embeddings were brought to unit length
 */
record ClusterData(
    Matrix train,
    int[] trainClasses,
    Matrix test,
    Labelled labelled,
    List<String> names,
    boolean unit) {
  static ClusterData of(Evaluation evaluation, boolean unit) {
    Dataset data = evaluation.data();
    Labelled known = Labelled.of(data, Dataset.TRAIN); // some must have a class, to name clusters
    Labelled test = Labelled.of(data, Dataset.TEST);
    int classes = Labelled.classes(data, known, test);
    Split train = data.train();
    int[] trainClasses =
        IntStream.range(0, train.size()).map(i -> train.value(Field.LABEL, i).number()).toArray();
    List<String> names =
        data.classes().size() == classes
            ? data.classes()
            : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new ClusterData(
        embeddings(evaluation, Dataset.TRAIN, unit),
        trainClasses,
        Rows.pick(embeddings(evaluation, Dataset.TEST, unit), test.records()),
        test,
        names,
        unit);
  }

  private static Matrix embeddings(Evaluation evaluation, String split, boolean unit) {
    Matrix found = evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING);
    for (int i = 0; i < found.values().length; i++) {
      if (!Float.isFinite(found.values()[i])) {
        throw new UserException(
            "clustering: the embedding of record "
                + i / found.columns()
                + " of split '"
                + split
                + "' is not finite, so there are no distances; train the model again");
      }
    }
    return unit ? Rows.unit(found) : found;
  }

  /** Of values of all test records those of the records that have a class. */
  int[] tested(int... all) {
    return Arrays.stream(labelled.records()).map(i -> all[i]).toArray();
  }

  int[] testClasses() {
    return labelled.labels();
  }

  /** What all scores depend on. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put(
        "feature",
        "embed, " + train.columns() + " dimensions" + (unit ? ", brought to unit length" : ""));
    shown.put("scored", test.rows() + " test records");
    return shown;
  }
}
