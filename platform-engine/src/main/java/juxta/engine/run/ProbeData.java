package juxta.engine.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.graph.Seeds;

/**
 * A part of the training records, as data to look at a model in training with: {@link
 * Dataset#TRAIN} for what an evaluator learns from, and {@link Dataset#TEST}, other records, for
 * what it scores. No record of any other split is read.
 *
 * @param source the run's data
 * @param splits both splits
 */
record ProbeData(Dataset source, Map<String, Split> splits) implements Dataset {
  /** Records to score: a tenth, but no more than tell accuracies apart by two points. */
  private static final Portion HELD = new Portion(10, 50, 500);

  /** Records to learn from: a fifth, so that a look costs little beside an epoch. */
  private static final Portion BANK = new Portion(5, 100, 1000);

  /** Records below which there is nothing to hold back. */
  private static final int FEWEST = 30;

  /**
   * Draws the records.
   *
   * @param source the run's data
   * @param labelled whether only records with a class label will do
   * @param seed the run's seed
   * @return the same records for the same seed
   * @throws UserException if there are too few
   */
  static ProbeData of(Dataset source, boolean labelled, long seed) {
    Split train = source.train();
    int[] order =
        IntStream.range(0, train.size())
            .filter(i -> !labelled || train.value(Field.LABEL, i).number() >= 0)
            .toArray();
    if (order.length < FEWEST) {
      throw new UserException(
          "probe: data set '"
              + source.id()
              + "' has "
              + (order.length == 0 ? "no" : "only " + order.length)
              + (labelled ? " training records with a class label" : " training records")
              + ", and --probe needs "
              + FEWEST
              + "; leave it out");
    }
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, "probe"));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    int held = Math.min(HELD.of(order.length), order.length / 3);
    int bank = Math.min(BANK.of(order.length), order.length - held);
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(TRAIN, some(train, order, held, held + bank));
    splits.put(TEST, some(train, order, 0, held));
    return new ProbeData(source, splits);
  }

  private static Split some(Split all, int[] order, int from, int to) {
    int[] records = Arrays.copyOfRange(order, from, to);
    Arrays.sort(records); // as they lie in files
    return new SomeRecords(all, Arrays.stream(records).boxed().toList());
  }

  /** Records of both splits. */
  int records() {
    return split(TRAIN).size() + split(TEST).size();
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public DataKind kind() {
    return source.kind();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public List<MaskClass> maskClasses() {
    return source.maskClasses();
  }

  @Override
  public String fingerprint() {
    return source.fingerprint();
  }

  /** The source is the run's to close. */
  @Override
  public void close() {}

  private record Portion(int divisor, int least, int most) {
    int of(int records) {
      return Math.max(least, Math.min(most, records / divisor));
    }
  }
}
