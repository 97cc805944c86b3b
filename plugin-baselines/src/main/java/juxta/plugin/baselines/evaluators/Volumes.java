package juxta.plugin.baselines.evaluators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.toolkit.volume.Segmenter;
import juxta.toolkit.volume.VolumeCase;

/**
 * Segments the test scans with a sliding window and compares the masks with the true ones: Dice,
 * Jaccard, the 95th percentile of the distances between the borders, and the mean distance from the
 * predicted border to the true one. Means run over cases and foreground classes.
 *
 * <p>Leaves {@code cases.csv} with the scores of each case, and {@code cases.png} with slices of
 * the worst, the median and the best; on request the predicted masks.
 */
public final class Volumes implements Evaluator {
  /** Made by the service loader. */
  public Volumes() {}

  @Override
  public String id() {
    return "volumes";
  }

  @Override
  public String summary() {
    return "overlap and border distances of segmented scans";
  }

  @Override
  public List<Setting<?>> settings() {
    return VolumeSettings.all();
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.SEGMENT);
  }

  @Override
  public Set<String> fields() {
    return Set.of(Field.VOLUME, Field.MASK, Field.EXTENT, Field.SPACING);
  }

  @Override
  public Set<String> splits() {
    return Set.of(Dataset.TEST);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    VolumeSettings settings = VolumeSettings.of(evaluation.settings());
    Split test = evaluation.data().split(Dataset.TEST);
    VolumeScores scores = new VolumeScores(evaluation.data(), settings, evaluation.directory());
    Map<String, String> protocol = new LinkedHashMap<>();
    try (Segmenter model =
        new Segmenter(
            evaluation::open,
            evaluation.model().inputs(ModelFunction.SEGMENT),
            VolumeCase.channels(test),
            settings.tiling())) {
      protocol.put("window", model.tiling().window());
      long total =
          IntStream.range(0, test.size())
              .mapToLong(i -> model.windows(VolumeCase.extent(test, i)).count())
              .sum();
      long before = 0;
      for (int i = 0; i < test.size(); i++) {
        VolumeCase one = VolumeCase.of(test, i);
        long done = before;
        scores.add(one, model.apply(one, n -> evaluation.progress(done + n, total, "windows")));
        before += model.windows(one.extent()).count();
      }
    }
    protocol.putAll(settings.shown());
    scores.write();
    return scores.means(protocol);
  }
}
