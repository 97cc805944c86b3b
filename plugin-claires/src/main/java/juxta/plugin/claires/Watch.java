package juxta.plugin.claires;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.metrics.Relevance;
import juxta.toolkit.metrics.RetrievalRanks;
import juxta.toolkit.metrics.Rows;

/**
 * The loss on held-out records after each epoch, in inference mode: rates fall when it no longer
 * improves, the weights of its best value are kept, and training ends after too many worse ones.
 * Batches are records in their order, the last one smaller, and count by their size.
 *
 * <p>Data without a validation split are watched by the loss on the training records themselves,
 * without augmentation: that sees when training has come to rest, but not when it overfits.
 */
final class Watch {
  /** Fields of the function {@code loss}. */
  static final String IMAGES = "image-projection";

  static final String TEXTS = "text-projection";
  static final String NUMBERS = "text-number";

  private Watch() {}

  static TrainingPhase.Validation of(Setup setup, long stepsPerEpoch) {
    return new TrainingPhase.Validation(
        stepsPerEpoch,
        context -> loss(context, split(setup.data()), setup),
        true,
        true,
        setup.settings().get(ClairesSettings.STOP));
  }

  static String split(Dataset data) {
    return data.splits().containsKey(Dataset.VALIDATION) ? Dataset.VALIDATION : Dataset.TRAIN;
  }

  /** What the function {@code loss} takes. */
  static List<Field> fields(Settings s) {
    int width = s.get(ClairesSettings.PROJECTION);
    return List.of(
        Field.of(IMAGES, FieldType.FLOAT32, width),
        Field.of(TEXTS, FieldType.FLOAT32, width),
        Field.of(NUMBERS, FieldType.INT32));
  }

  private static double loss(TaskContext context, String name, Setup setup) {
    int batch = setup.batch();
    Split split = context.data().split(name);
    Matrix v = context.run(ModelFunction.EMBED, name, Claires.PROJECTED); // [N, D]
    Matrix t = context.run(ModelFunction.EMBED_TEXT, name, Claires.PROJECTED); // [N, D]
    int[] numbers = Captions.numbers(split);
    double sum = 0;
    try (Evaluation.Applied function = context.open(Claires.LOSS, fields(setup.settings()))) {
      for (int from = 0; from < split.size(); from += batch) {
        int to = Math.min(split.size(), from + batch);
        Map<String, Value> records =
            Map.of(
                IMAGES, rows(v, from, to),
                TEXTS, rows(t, from, to),
                NUMBERS,
                    Tensors.ints(new long[] {to - from}, Arrays.copyOfRange(numbers, from, to)));
        sum += (to - from) * Tensors.floats(function.run(records, Claires.LOSS))[0];
      }
    }
    double mean = sum / split.size();
    context.log(name + "-loss", mean);
    if (name.equals(Dataset.VALIDATION)) {
      found(context, split, Rows.unit(t), Rows.unit(v));
    }
    return mean;
  }

  private static Value rows(Matrix matrix, int from, int to) {
    Matrix part = Rows.slice(matrix, from, to);
    return Tensors.floats(new long[] {part.rows(), part.columns()}, part.values());
  }

  /** How well the records are found, for whoever reads the log. */
  private static void found(TaskContext context, Split split, Matrix texts, Matrix images) {
    RetrievalRanks ranks =
        RetrievalRanks.search(texts, images, Relevance.TEXT.of(Lexicon.canonical(split)));
    context.log("validation-text-hit-at-3", ranks.hitAt(3));
    context.log("validation-text-mrr", ranks.meanReciprocalRank());
  }
}
