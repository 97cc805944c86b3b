package juxta.plugin.iir;

import java.util.List;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One minus the mean average precision of the queries, each a row of the similarities, with the
 * keys whose target is above 0 as its positives. Similarities go through a soft histogram: see
 * {@link QuantisedPrecision}. Queries without a positive count nowhere.
 *
 * @see <a href="https://arxiv.org/abs/1906.07589">Revaud et al. 2019</a>
 */
public final class AveragePrecisionLoss implements Loss {
  static final Setting<Integer> BINS =
      Setting.integer("bins", 25)
          .range(2, 10_000)
          .describe("bins of the soft histogram of similarities")
          .source("deep-image-retrieval, dirtorch/loss.py: 20 to 25");

  static final Setting<Double> LOW =
      Setting.real("low", 0)
          .range(-1, 1)
          .describe("similarity at the last bin; lower ones fall into it")
          .source(
              "deep-image-retrieval: descriptors of rectified features have no negative cosines");

  static final Setting<Double> HIGH =
      Setting.real("high", 1)
          .range(-1, 1)
          .describe("similarity at the first bin")
          .source("deep-image-retrieval, dirtorch/loss.py");

  static final Setting<Boolean> TIES =
      Setting.flag("tie-aware", false)
          .describe("the simplified form that accounts for ties within a bin")
          .source("deep-image-retrieval, dirtorch/loss.py: TAPLoss is the option");

  static final Setting<Boolean> BALANCED =
      Setting.flag("balanced", false)
          .describe("queries weigh 1 / (images of their instance in the batch)")
          .source("own choice: with equally many images of each instance it changes nothing");

  /** Made by the service loader. */
  public AveragePrecisionLoss() {}

  @Override
  public String id() {
    return "average-precision";
  }

  @Override
  public String summary() {
    return "one minus mean average precision, over a soft histogram of similarities";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Revaud, Almazan, Rezende, de Souza",
            "Learning with Average Precision: Training Image Retrieval with a Listwise Loss",
            2019,
            "https://arxiv.org/abs/1906.07589"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(BINS, LOW, HIGH, TIES, BALANCED);
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    if (comparison.smoothed()) {
      throw new UserException(
          "loss average-precision: with smoothed targets every key would be a positive; leave label"
              + " smoothing at 0");
    }
    if (settings.get(LOW) >= settings.get(HIGH)) {
      throw new UserException(
          "loss.low %s is not below loss.high %s; the bins lie between the two"
              .formatted(settings.get(LOW), settings.get(HIGH)));
    }
    Ops tf = scope.tf();
    Operand<TFloat32> s = comparison.similarities(); // [N, M]
    Operand<TFloat32> targets = tf.stopGradient(comparison.targets());
    Operand<TFloat32> kept = // [N, M]
        comparison
            .excluded()
            .<Operand<TFloat32>>map(e -> tf.math.sub(scope.constant(1), tf.stopGradient(e)))
            .orElseGet(() -> tf.onesLike(targets));
    Operand<TFloat32> y = // Y [N, M], of those in the list
        tf.math.mul(
            tf.dtypes.cast(tf.math.greater(targets, scope.constant(0)), TFloat32.class), kept);
    Bins bins = new Bins(settings.get(BINS), settings.get(LOW), settings.get(HIGH));
    Operand<TFloat32> ap = // [N]
        new QuantisedPrecision(bins, settings.get(TIES)).of(scope, s, y, kept);
    Operand<TFloat32> w = weights(scope, tf.reduceSum(y, scope.ints(1)), settings.get(BALANCED));
    Operand<TFloat32> mean =
        tf.math.divNoNan(
            tf.reduceSum(tf.math.mul(w, ap), scope.ints(0)), tf.reduceSum(w, scope.ints(0)));
    return tf.math.sub(scope.constant(1), mean); // L_AP
  }

  /**
   * w_i [N] up to a factor: 0 without a positive, else 1, or 1 / (positives + the query itself).
   */
  private static Operand<TFloat32> weights(
      GraphScope scope, Operand<TFloat32> positives, boolean balanced) {
    Ops tf = scope.tf();
    Operand<TFloat32> counts = tf.math.minimum(positives, scope.constant(1)); // 0 or 1
    return balanced ? tf.math.div(counts, tf.math.add(positives, scope.constant(1))) : counts;
  }
}
