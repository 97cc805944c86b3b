package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * FBA-Net: one encoder, three decoders that are to agree, and a contrast of foreground and
 * background on each decoder's logits.
 *
 * <pre>
 * L = 0.5 sum_d Dice_d + w(t) sum_{i != j} mean (P_i - S(P_j))^2
 *     + sum_d [ L+(F_d) + L+(B_d) + L-(F_d, B_d) ]
 * </pre>
 *
 * <p>Dice sees the labelled records only, the rest all of them. The methods that the paper compares
 * with are the same program with parts left out: see {@link Arm}.
 *
 * @see <a href="https://arxiv.org/abs/2306.15189">the paper</a>
 */
public final class Fba implements Method {
  /** Weight of the consistency, w(t). */
  static final String CONSISTENCY = "consistency";

  /** Share of the pairs of the contrast that have no gradient, and when it is all of them. */
  private static final String CLAMPED = "contrast-clamped";

  private static final double ALL = 0.999;

  /** Output of the function {@code segment}. */
  static final String PROBABILITIES = "probabilities";

  private final Arm arm;

  /** Made by the service loader. */
  public Fba() {
    this(Arm.FBA);
  }

  Fba(Arm arm) {
    this.arm = arm;
  }

  @Override
  public String id() {
    return arm.id();
  }

  @Override
  public String summary() {
    return arm.summary();
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(arm.reference());
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public List<Setting<?>> settings() {
    return arm.settings();
  }

  @Override
  public Set<String> presets() {
    return FbaPresets.NAMES;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return FbaPresets.of(name, arm);
  }

  @Override
  public Optional<Tour> tour() {
    return arm == Arm.FBA
        ? Optional.of(
            new Tour(
                "shapes3d",
                List.of("volumes"),
                Map.ofEntries(
                    Map.entry("data.labelled", "8"),
                    Map.entry("data.side", "32"),
                    Map.entry("encoder.width", "4"),
                    Map.entry("augmentation.patch-x", "32"),
                    Map.entry("augmentation.patch-y", "32"),
                    Map.entry("augmentation.patch-z", "16"),
                    Map.entry("iterations", "300"),
                    Map.entry("ramp-step", "8")),
                120))
        : Optional.empty();
  }

  @Override
  public Plan plan(Setup setup) {
    check(setup);
    Settings s = setup.settings();
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    schedules.put(TrainingPhase.LEARNING_RATE, rate(s));
    if (arm.consistency()) {
      schedules.put(CONSISTENCY, ramp(s));
    }
    Streams streams = Streams.of(arm, setup);
    TrainingPhase phase =
        TrainingPhase.of(
            s.get(FbaSettings.ITERATIONS),
            streams.sampler(),
            schedules,
            context -> step(setup, streams, context));
    return Plan.of(
        Selection.of(setup).map(phase::validatedBy).orElse(phase),
        List.of(
            new ModelFunction(
                ModelFunction.SEGMENT,
                List.of(patch(setup)),
                (scope, batch) -> segment(setup, scope, batch))));
  }

  private void check(Setup setup) {
    if (arm.contrast() && !planar(setup) && setup.data().classes().size() > 2) {
      throw new UserException(
          id()
              + ": patches of three dimensions are parted into foreground and background only, but"
              + " the data have "
              + setup.data().classes().size()
              + " classes; use --encoder unet --augmentation slice");
    }
  }

  private static Schedule rate(Settings s) {
    double rate = s.get(FbaSettings.RATE);
    return s.get(FbaSettings.RATE_SCHEDULE).equals("cosine")
        ? Schedules.cosine(rate, 0, s.get(FbaSettings.ITERATIONS))
        : Schedule.constant(rate);
  }

  /** What the function {@code segment} takes: patches as in training, slices of any size. */
  private static Field patch(Setup setup) {
    long channels = setup.data().train().field(Field.VOLUME).shape().get(3);
    List<Integer> sides = setup.lengths(View.Kind.GLOBAL);
    return planar(setup)
        ? Field.of(Field.VOLUME, FieldType.FLOAT32, -1, -1, 1, channels)
        : Field.of(
            Field.VOLUME, FieldType.FLOAT32, sides.get(0), sides.get(1), sides.get(2), channels);
  }

  /** Whether the views are slices. */
  private static boolean planar(Setup setup) {
    return setup.lengths(View.Kind.GLOBAL).get(2) == 1;
  }

  /** w(t) = w_max exp(-5 (1 - e / length)^2), e = floor(t / step), t counted from 1. */
  static Schedule ramp(Settings s) {
    double most = s.get(FbaSettings.CONSISTENCY);
    int every = s.get(FbaSettings.RAMP_STEP);
    int length = s.get(FbaSettings.RAMP_LENGTH);
    return (step, history) -> {
      if (length == 0) {
        return most;
      }
      double e = Math.min(Math.floorDiv(step + 1, every), length);
      double rest = 1 - e / length;
      return most * Math.exp(-5 * rest * rest);
    };
  }

  private Step step(Setup setup, Streams streams, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Settings s = setup.settings();
    List<Batch> views =
        streams.names().stream()
            .map(name -> setup.view(scope, context.batch(name), View.global(0)))
            .toList();
    Operand<TFloat32> x = // [N, X, Y, Z, 1], labelled records first
        views.size() == 1
            ? views.get(0).floats(Field.VOLUME)
            : tf.concat(
                views.stream().map(view -> view.floats(Field.VOLUME)).toList(), tf.constant(0));
    Operand<TUint8> t = views.get(0).bytes(Field.MASK); // [n, X, Y, Z]

    Network encoder = setup.encoder(scope.sub("encoder"));
    Features features = encoder.apply(x, Pass.TRAINING);
    List<Decoded> decoded = // of each decoder its features and logits [N, X, Y, Z, K]
        IntStream.range(0, arm.decoders())
            .mapToObj(d -> decoder(setup, scope, d, encoder.width(), features, Pass.TRAINING))
            .toList();
    List<Operand<TFloat32>> p = // of each decoder [N, X, Y, Z, K], or the foreground's [.., 1]
        decoded.stream()
            .map(Decoded::logits)
            .map(o -> byClass(o) ? tf.nn.softmax(o) : foreground(scope, o))
            .toList();

    List<Operand<TFloat32>> terms = new ArrayList<>();
    Map<String, Operand<TFloat32>> shown = new LinkedHashMap<>();
    Operand<TFloat32> supervised =
        tf.math.addN(
            p.stream()
                .<Operand<TFloat32>>map(q -> dice(scope, s, labelled(scope, q, t), t))
                .toList());
    terms.add(tf.math.mul(scope.constant(s.get(arm.dice()).floatValue()), supervised));
    shown.put("loss-dice", supervised);
    if (arm.consistency()) {
      Operand<TFloat32> consistency = FbaLoss.consistency(scope, p, s.get(FbaSettings.TEMPERATURE));
      terms.add(tf.math.mul(scope.scalar(CONSISTENCY), consistency));
      shown.put("loss-consistency", consistency);
    }
    if (arm.contrast()) {
      Contrasted contrast = contrast(scope, decoded, s.get(FbaSettings.DESCRIPTORS));
      terms.add(
          tf.math.mul(scope.constant(s.get(FbaSettings.CONTRAST).floatValue()), contrast.loss()));
      shown.put("loss-contrast", contrast.loss());
      shown.put(CLAMPED, contrast.clamped());
    }
    Operand<TFloat32> loss = tf.math.addN(terms);
    WeightDecay decay = WeightDecay.of(s.get(FbaSettings.DECAY)).everywhere();
    if (s.get(FbaSettings.OPTIMIZER).equals("sgd")) {
      Sgd.of(0.9).decay(decay).minimize(scope, loss);
    } else {
      Adam.of(decay).minimize(scope, loss);
    }
    Step step = Step.of(loss);
    for (Map.Entry<String, Operand<TFloat32>> term : shown.entrySet()) {
      step = step.with(term.getKey(), term.getValue());
    }
    return shown.containsKey(CLAMPED)
        ? step.alarm(CLAMPED, ALL, silent(s.get(FbaSettings.DESCRIPTORS)))
        : step;
  }

  /** The labelled records' part of [N, X, Y, Z, K]; they come first. */
  private static Operand<TFloat32> labelled(
      GraphScope scope, Operand<TFloat32> p, Operand<TUint8> t) {
    int[] voxels = voxels(p);
    return scope
        .tf()
        .slice(
            p,
            scope.ints(0, 0, 0, 0, 0),
            scope.ints((int) t.shape().get(0), voxels[0], voxels[1], voxels[2], classes(p)));
  }

  /** Whether the terms are those of the 2-D variant, which treats all classes alike. */
  private static boolean byClass(Operand<TFloat32> p) {
    return classes(p) > 2 || voxels(p)[2] == 1;
  }

  /**
   * The foreground's probability [N, X, Y, Z, 1], of logits of two classes. The background's is the
   * rest, so whatever is averaged over both classes is the same over one.
   */
  private static Operand<TFloat32> foreground(GraphScope scope, Operand<TFloat32> logits) {
    Ops tf = scope.tf();
    int[] v = voxels(logits);
    Operand<TInt32> size = scope.ints((int) logits.shape().get(0), v[0], v[1], v[2], 1);
    return tf.math.sigmoid(
        tf.math.sub(
            tf.slice(logits, scope.ints(0, 0, 0, 0, 1), size),
            tf.slice(logits, scope.ints(0, 0, 0, 0, 0), size)));
  }

  /** Of the foreground, or by class the mean of all. */
  private static Operand<TFloat32> dice(
      GraphScope scope, Settings s, Operand<TFloat32> p, Operand<TUint8> t) {
    Ops tf = scope.tf();
    if (byClass(p)) {
      return ClassDice.loss(scope, p, t, !s.get(FbaSettings.HALVED));
    }
    Operand<TFloat32> truth = // [n, X, Y, Z]
        tf.dtypes.cast(
            tf.math.greater(tf.dtypes.cast(t, TFloat32.class), scope.constant(0)), TFloat32.class);
    return FbaLoss.dice(scope, tf.reshape(p, tf.shape(truth)), truth);
  }

  /**
   * The contrast of all decoders.
   *
   * @param loss L_con: the sum over decoders, or by class their mean
   * @param clamped share of the pairs whose cosine has no gradient, mean over decoders
   */
  private record Contrasted(Operand<TFloat32> loss, Operand<TFloat32> clamped) {}

  private static Contrasted contrast(GraphScope scope, List<Decoded> decoded, String descriptors) {
    Ops tf = scope.tf();
    boolean pooled = descriptors.equals("pooled");
    Operand<TFloat32> decoders = scope.constant(decoded.size());
    List<Operand<TFloat32>> terms = new ArrayList<>();
    List<Operand<TFloat32>> clamped = new ArrayList<>();
    for (int d = 0; d < decoded.size(); d++) {
      GraphScope at = scope.sub("contrast" + (d + 1));
      Operand<TFloat32> logits = decoded.get(d).logits();
      int[] voxels = voxels(logits);
      int classes = classes(logits);
      if (byClass(logits)) {
        Operand<TFloat32> e = // [N, K, D]
            pooled
                ? PooledContrast.ofClasses(at, decoded.get(d))
                : new ClassContrast(at, voxels[0], voxels[1], classes).descriptors(logits);
        terms.add(tf.math.div(ClassContrast.loss(at, e), decoders));
        clamped.add(ClassContrast.clamped(at, e));
      } else {
        Contrast.Descriptors found =
            pooled
                ? PooledContrast.of(at, decoded.get(d), Pass.TRAINING)
                : new Contrast(at, voxels, classes).apply(logits, Pass.TRAINING);
        terms.add(found.loss(scope));
        clamped.add(found.clamped(scope));
      }
    }
    return new Contrasted(
        Contrast.sum(scope, terms), tf.math.div(Contrast.sum(scope, clamped), decoders));
  }

  /** What is said of a contrast that teaches nothing. */
  private static String silent(String descriptors) {
    return "all descriptors of the contrast are as alike, or as unlike, as the loss can tell, so"
        + " nothing is learned from it"
        + (descriptors.equals("pooled")
            ? ""
            : "; the published one ends so, --set contrast=pooled --set contrast-weight=0.01 goes"
                + " on");
  }

  /** What the first decoder says, without dropout. */
  private static Map<String, Operand<TFloat32>> segment(
      Setup setup, GraphScope scope, Batch batch) {
    Network encoder = setup.encoder(scope.sub("encoder"));
    UnaryOperator<Operand<TFloat32>> logits =
        x ->
            decoder(
                    setup,
                    scope,
                    0,
                    encoder.width(),
                    encoder.apply(x, Pass.INFERENCE),
                    Pass.INFERENCE)
                .logits();
    Operand<TFloat32> x = batch.floats(Field.VOLUME);
    return Map.of(
        PROBABILITIES, // [N, X, Y, Z, K]
        planar(setup)
            ? PlanarSegmentation.apply(scope, x, setup.lengths(View.Kind.GLOBAL).get(0), logits)
            : scope.tf().nn.softmax(logits.apply(x)));
  }

  /** Features and logits [N, X, Y, Z, K] of a decoder. */
  private static Decoded decoder(
      Setup setup, GraphScope scope, int number, int width, Features features, Pass pass) {
    GraphScope at = scope.sub("decoder" + (number + 1));
    int classes = Math.max(2, setup.data().classes().size());
    return planar(setup)
        ? PlanarDecoder.of(at, number, width >> UNet.LEVELS - 1, classes).apply(features, pass)
        : new Decoder(
                at,
                Upsampling.values()[number],
                width >> VNet.LEVELS - 1,
                classes,
                setup.settings().get(FbaSettings.DROPOUT))
            .apply(features, pass);
  }

  private static int classes(Operand<TFloat32> logits) {
    return (int) logits.shape().get(4);
  }

  private static int[] voxels(Operand<TFloat32> x) {
    return new int[] {(int) x.shape().get(1), (int) x.shape().get(2), (int) x.shape().get(3)};
  }
}
