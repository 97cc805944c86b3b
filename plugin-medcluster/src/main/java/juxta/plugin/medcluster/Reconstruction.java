package juxta.plugin.medcluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Score;

/**
 * How far reconstructions of test images, not augmented, are from the images: the mean over all
 * elements of the square of the difference, for values in [0, 1]. For models whose {@code
 * reconstruct} has an output {@code error}, [B].
 */
public final class Reconstruction implements Evaluator {
  /** Made by the service loader. */
  public Reconstruction() {}

  @Override
  public String id() {
    return "reconstruction";
  }

  @Override
  public String summary() {
    return "mean squared error of reconstructed test images";
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.RECONSTRUCT);
  }

  @Override
  public Set<String> fields() {
    return Set.of();
  }

  @Override
  public Set<String> splits() {
    return Set.of(Dataset.TEST);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Matrix errors =
        evaluation.run(ModelFunction.RECONSTRUCT, Dataset.TEST, Functions.ERROR); // [N, 1]
    double sum = 0;
    for (float error : errors.values()) {
      sum += error;
    }
    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("images", errors.rows() + " of test, not augmented");
    return List.of(new Score("mse", sum / errors.rows(), Score.Unit.NUMBER, protocol));
  }
}
