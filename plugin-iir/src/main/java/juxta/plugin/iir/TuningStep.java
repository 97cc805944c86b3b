package juxta.plugin.iir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A step of fine-tuning: every image of the batch queries all others, and the loss is that of the
 * ranking. Batch normalisation stays at its stored statistics and nothing is dropped, so that an
 * image's descriptor depends on that image alone.
 *
 * <p>Where the batch is larger than a chunk the step has three stages (Revaud et al. 2019, section
 * 3.2), so that the memory of the encoder's layers does not grow with the batch: what does are the
 * views (600 kB an image at 224 pixels) and the descriptors.
 *
 * <pre>
 * (a) d = descriptors of all images, chunk by chunk, without gradients
 * (b) L(d) and dL/dd
 * (c) chunk by chunk again, the gradient of sum d * dL/dd by the weights, added up
 * </pre>
 */
final class TuningStep {
  /** What {@code freeze-stem} keeps: stem and first stage of ResNets, MobileNets and ViTs. */
  private static final Predicate<String> STEM =
      Pattern.compile("encoder\\.(conv1|bn1|conv_stem|layer1|blocks\\.0|patch_embed)\\..*")
          .asMatchPredicate();

  private final Setup setup;
  private final StepContext context;
  private final GraphScope scope;
  private final Ops tf;
  private final int batch;
  private final DescriptorNetwork network;

  private TuningStep(Setup setup, Arm arm, int batch, StepContext context) {
    this.setup = setup;
    this.context = context;
    this.scope = context.scope();
    this.tf = scope.tf();
    this.batch = batch;
    this.network = new DescriptorNetwork(scope, setup, arm);
  }

  static Step build(Setup setup, Arm arm, int batch, String instance, StepContext context) {
    TuningStep step = new TuningStep(setup, arm, batch, context);
    Operand<TInt32> instances = context.batch().ints(instance); // [B]
    Operand<TFloat32> x = // [B, H, W, C]
        setup.view(step.scope, context.batch(), View.global(0)).image();
    int chunk = setup.settings().get(IirSettings.CHUNK);
    return batch <= chunk ? step.whole(x, instances) : step.staged(x, instances, chunk);
  }

  /** All at once. */
  private Step whole(Operand<TFloat32> x, Operand<TInt32> instances) {
    Operand<TFloat32> d = network.apply(x, Pass.INFERENCE); // [B, D]
    Operand<TFloat32> loss = loss(d, instances);
    optimizer().minimize(scope, loss, tuned());
    return Step.of(loss).with(Step.EMBEDDING, d);
  }

  private Step staged(Operand<TFloat32> x, Operand<TInt32> instances, int chunk) {
    Stored views = Stored.of(tf, "views", x.shape().asArray());
    Operand<TInt32> first = context.feed("first", TInt32.class, 1);
    Operand<TInt32> count = context.feed("count", TInt32.class, 1);
    Operand<TFloat32> part = network.apply(part(views, x, first, count), Pass.INFERENCE); // [c, D]

    Operand<TFloat32> d = context.feed("descriptors", TFloat32.class, batch, network.width());
    Operand<TFloat32> loss = loss(d, instances);
    Operand<TFloat32> slope = Gradients.of(scope, loss, List.of(d)).get(0); // dL/dd [B, D]

    Operand<TFloat32> given = context.feed("slope", TFloat32.class, -1, network.width());
    Operand<TFloat32> stand = tf.reduceSum(tf.math.mul(part, given), scope.ints(0, 1));
    Map<Parameter<TFloat32>, Stored> sums = new LinkedHashMap<>();
    List<org.tensorflow.op.Op> clear = new java.util.ArrayList<>(List.of(views.assign(tf, x)));
    List<org.tensorflow.op.Op> add = new java.util.ArrayList<>();
    Gradients.ofTrained(scope, stand, tuned())
        .forEach(
            (parameter, gradient) -> {
              Stored sum = Stored.of(tf, "gradient/" + parameter.name(), parameter.dimensions());
              sums.put(parameter, sum);
              clear.add(sum.assign(tf, tf.zerosLike(parameter.value())));
              add.add(sum.add(tf, gradient));
            });
    Map<Parameter<TFloat32>, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    sums.forEach((parameter, sum) -> gradients.put(parameter, sum.read(tf)));
    optimizer().apply(scope, gradients);

    return Step.of(loss)
        .with(Step.EMBEDDING, tf.identity(d)) // what is fed cannot be fetched as it is
        .driven(
            List.of(
                new Step.Run(Stages.PREPARE, Map.of(), clear),
                new Step.Run(Stages.EMBED, Map.of(Stages.EMBED, part), List.of()),
                new Step.Run(Stages.SLOPE, Map.of(Stages.SLOPE, slope), List.of()),
                new Step.Run(Stages.ACCUMULATE, Map.of(), add)),
            new Stages(batch, network.width(), chunk));
  }

  /** Some of the stored views, of a shape that layers can work with: [c, H, W, C]. */
  private Operand<TFloat32> part(
      Stored views, Operand<TFloat32> x, Operand<TInt32> first, Operand<TInt32> count) {
    long[] shape = x.shape().asArray();
    Operand<TFloat32> some =
        tf.slice(
            views.read(tf),
            tf.concat(List.of(first, scope.ints(0, 0, 0)), tf.constant(0)),
            tf.concat(List.of(count, scope.ints(-1, -1, -1)), tf.constant(0)));
    return tf.reshape(some, scope.ints(-1, (int) shape[1], (int) shape[2], (int) shape[3]));
  }

  /**
   * L of descriptors [B, D]: images of one instance are positives, the image itself is left out.
   */
  private Operand<TFloat32> loss(Operand<TFloat32> d, Operand<TInt32> instances) {
    Operand<TFloat32> s = Similarity.dot(scope, d, d); // S [B, B]
    Operand<TFloat32> self = Targets.excludeSelf(scope, batch);
    Operand<TFloat32> same = // Y [B, B]
        tf.dtypes.cast(
            tf.math.equal(
                tf.expandDims(instances, tf.constant(0)), tf.expandDims(instances, tf.constant(1))),
            TFloat32.class);
    Operand<TFloat32> others = tf.math.mul(same, tf.math.sub(scope.constant(1), self));
    Operand<TFloat32> number = // [B, 1]
        tf.expandDims(tf.reduceSum(others, scope.ints(1)), tf.constant(1));
    Operand<TFloat32> positives = tf.math.divNoNan(others, number); // rows sum to 1
    Operand<TFloat32> ranked = setup.loss(scope, Comparison.of(s, positives).excluding(self));
    float weight = setup.settings().get(IirSettings.CONTRAST_WEIGHT).floatValue();
    if (weight == 0) {
      return ranked;
    }
    float tau = setup.settings().get(IirSettings.TEMPERATURE).floatValue();
    Operand<TFloat32> contrast =
        SoftCrossEntropy.apply(
            scope,
            SoftCrossEntropy.without(scope, tf.math.div(s, scope.constant(tau)), self),
            positives);
    return tf.math.add(ranked, tf.math.mul(scope.constant(weight), contrast));
  }

  private List<Parameter<?>> tuned() {
    boolean keepsStem = setup.settings().get(IirSettings.FREEZE_STEM);
    return scope.parameters().stream().filter(p -> !keepsStem || !STEM.test(p.name())).toList();
  }

  private Optimizer optimizer() {
    Settings s = setup.settings();
    double rate = s.get(IirSettings.RATE);
    Group encoder = Group.below(DescriptorNetwork.ENCODER);
    return Adam.of(WeightDecay.of(s.get(IirSettings.DECAY)))
        .groups(rate > 0 ? encoder.rateTimes(s.get(IirSettings.ENCODER_RATE) / rate) : encoder);
  }

  /** Images of a batch: as many instances as there are, equally many images each. */
  record Composition(int instances, int each) {
    static Composition of(int batch, int perInstance, int available) {
      int each = Math.max(2, Math.min(perInstance, batch / 2));
      int instances = Math.max(1, Math.min(batch / each, available));
      return new Composition(instances, Math.max(each, batch / instances));
    }

    int batch() {
      return instances * each;
    }
  }

  /** The field that says what images show: instances, or classes where there are none. */
  static String instanceField(Setup setup) {
    return setup.data().train().has(Field.INSTANCE) ? Field.INSTANCE : Field.LABEL;
  }
}
