package example;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.*;

/** Accuracy on the test split when each record is of the class whose mean embedding is nearest. */
public final class ClassMeans implements Evaluator {
  @Override
  public String id() {
    return "class-means";
  }

  @Override
  public String summary() {
    return "the nearest mean of the embeddings of a class, by Euclidean distance";
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Matrix train = embeddings(evaluation, Dataset.TRAIN); // [N, D]
    int classes = evaluation.data().classes().size();
    double[][] means = new double[classes][train.columns()];
    int[] members = new int[classes];
    for (int i = 0; i < train.rows(); i++) {
      int label = label(evaluation, Dataset.TRAIN, i);
      if (label >= 0) { // below 0 it is not known
        members[label]++;
        for (int d = 0; d < train.columns(); d++) {
          means[label][d] += train.at(i, d);
        }
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int d = 0; d < train.columns(); d++) {
        means[c][d] /= members[c]; // a class without members is at no distance from anything
      }
    }
    Matrix test = embeddings(evaluation, Dataset.TEST);
    int right = 0;
    int scored = 0;
    for (int i = 0; i < test.rows(); i++) {
      int label = label(evaluation, Dataset.TEST, i);
      if (label >= 0) {
        scored++;
        right += nearest(test.row(i), means) == label ? 1 : 0;
      }
    }
    if (scored == 0) {
      throw new UserException("class-means: the test split has no labels; take other data");
    }
    Map<String, String> protocol = Map.of("feature", "embed, " + train.columns() + " dimensions");
    return List.of(
        new Score("accuracy", right / (double) scored, Score.Unit.RATE, protocol));
  }

  private static Matrix embeddings(Evaluation evaluation, String split) {
    return evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING);
  }

  private static int label(Evaluation evaluation, String split, int record) {
    return evaluation.data().split(split).value(Field.LABEL, record).number();
  }

  private static int nearest(float[] embedding, double[][] means) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < means.length; c++) {
      double distance = 0;
      for (int d = 0; d < embedding.length; d++) {
        distance += (embedding[d] - means[c][d]) * (embedding[d] - means[c][d]);
      }
      if (distance < least) { // not of NaN, a class without members
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }
}
