package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Sampler;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.data.Pool;
import juxta.toolkit.data.Samplers;

/**
 * Which records make up a step.
 *
 * @param sampler draws them
 * @param names its streams; the first is that of labelled records
 */
record Streams(Sampler sampler, List<String> names) {
  /** Stream of labelled records, and the field that tells them. */
  static final String LABELLED = "labelled";

  /** Stream of unlabelled records. */
  static final String UNLABELLED = "unlabelled";

  static Streams of(Arm arm, Setup setup) {
    return switch (arm.masks()) {
      case SEEN -> both(setup);
      case ONLY_SEEN -> one(Dataset.TRAIN, records(setup.data().train(), 1), labelledBatch(setup));
      case ALL -> all(setup);
    };
  }

  /** Labelled records of a step of which there is nothing else. */
  private static int labelledBatch(Setup setup) {
    int labelled = setup.settings().get(FbaSettings.LABELLED_BATCH);
    if (labelled > setup.batch()) {
      throw new UserException(
          "labelled-batch: "
              + labelled
              + " is more than the batch of "
              + setup.batch()
              + "; pass a larger --batch");
    }
    return labelled;
  }

  private static Streams both(Setup setup) {
    Split train = setup.data().train();
    int labelledBatch = setup.settings().get(FbaSettings.LABELLED_BATCH);
    int rest = setup.batch() - labelledBatch;
    int[] labelled = records(train, 1);
    int[] unlabelled = records(train, 0);
    List<String> problems = new ArrayList<>();
    if (rest < 1) {
      problems.add(
          "labelled-batch: "
              + labelledBatch
              + " of a batch of "
              + setup.batch()
              + " leaves no place for unlabelled cases; pass a larger --batch");
    }
    if (labelled.length < labelledBatch) {
      problems.add(tooFew(labelledBatch, labelled.length));
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    // where everything is labelled, the second stream is made of labelled cases, too
    int[] second = unlabelled.length == 0 ? labelled : unlabelled;
    return new Streams(
        Samplers.twoStreams(
            new Pool(LABELLED, Dataset.TRAIN, labelled, labelledBatch),
            new Pool(UNLABELLED, Dataset.TRAIN, second, rest)),
        List.of(LABELLED, UNLABELLED));
  }

  private static Streams all(Setup setup) {
    Split train = setup.data().train();
    int[] labelled = records(train, 1);
    if (labelled.length == train.size()) {
      return one(Dataset.TRAIN, labelled, labelledBatch(setup));
    }
    if (!setup.data().splits().containsKey(Dataset.REVEALED)) {
      throw new UserException(
          "all-labels: data set '"
              + setup.data().id()
              + "' has masks for "
              + labelled.length
              + " of its "
              + train.size()
              + " training scans only; leave this method out");
    }
    Split revealed = setup.data().split(Dataset.REVEALED);
    return one(Dataset.REVEALED, records(revealed, 1), labelledBatch(setup));
  }

  private static Streams one(String split, int[] records, int labelledBatch) {
    if (records.length < labelledBatch) {
      throw new UserException(tooFew(labelledBatch, records.length));
    }
    return new Streams(Samplers.shuffled(split, records, labelledBatch), List.of(Sampler.MAIN));
  }

  private static String tooFew(int labelledBatch, int labelled) {
    return "labelled-batch: "
        + labelledBatch
        + " is more than the "
        + labelled
        + " labelled cases of the data";
  }

  private static int[] records(Split split, int flag) {
    return IntStream.range(0, split.size())
        .filter(i -> split.value(Field.LABELLED, i).number() == flag)
        .toArray();
  }
}
