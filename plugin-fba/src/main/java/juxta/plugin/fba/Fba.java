package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
    return Presets.NAMES;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return Presets.of(name, arm);
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    schedules.put(TrainingPhase.LEARNING_RATE, Schedule.constant(s.get(FbaSettings.RATE)));
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

  /** What the function {@code segment} takes: patches as in training. */
  private static Field patch(Setup setup) {
    long channels = setup.data().train().field(Field.VOLUME).shape().get(3);
    List<Integer> sides = setup.lengths(View.Kind.GLOBAL);
    return Field.of(
        Field.VOLUME, FieldType.FLOAT32, sides.get(0), sides.get(1), sides.get(2), channels);
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
    Operand<TFloat32> t = // [n, X, Y, Z], 1 in the foreground
        tf.dtypes.cast(
            tf.math.greater(
                tf.dtypes.cast(views.get(0).bytes(Field.MASK), TFloat32.class), scope.constant(0)),
            TFloat32.class);

    Network encoder = setup.encoder(scope.sub("encoder"));
    Features features = encoder.apply(x, Pass.TRAINING);
    List<Operand<TFloat32>> logits = new ArrayList<>(); // of each decoder [N, X, Y, Z, 2]
    for (Upsampling kind : List.of(Upsampling.values()).subList(0, arm.decoders())) {
      logits.add(decoder(setup, scope, kind, encoder.width()).apply(features, Pass.TRAINING));
    }
    List<Operand<TFloat32>> p = // of each decoder [N, X, Y, Z, 2]
        logits.stream().<Operand<TFloat32>>map(o -> tf.nn.softmax(o)).toList();

    List<Operand<TFloat32>> terms = new ArrayList<>();
    Map<String, Operand<TFloat32>> shown = new LinkedHashMap<>();
    Operand<TFloat32> supervised =
        tf.math.addN(
            p.stream()
                .<Operand<TFloat32>>map(q -> Objective.dice(scope, foreground(scope, q, t), t))
                .toList());
    terms.add(tf.math.mul(scope.constant(s.get(arm.dice()).floatValue()), supervised));
    shown.put("loss-dice", supervised);
    if (arm.consistency()) {
      Operand<TFloat32> consistency =
          Objective.consistency(scope, p, s.get(FbaSettings.TEMPERATURE));
      terms.add(tf.math.mul(scope.scalar(CONSISTENCY), consistency));
      shown.put("loss-consistency", consistency);
    }
    if (arm.contrast()) {
      Operand<TFloat32> contrast = contrast(scope, logits, voxels(x));
      terms.add(tf.math.mul(scope.constant(s.get(FbaSettings.CONTRAST).floatValue()), contrast));
      shown.put("loss-contrast", contrast);
    }
    Operand<TFloat32> loss = tf.math.addN(terms);
    Sgd.of(0.9).decay(WeightDecay.of(s.get(FbaSettings.DECAY)).everywhere()).minimize(scope, loss);
    Step step = Step.of(loss);
    for (Map.Entry<String, Operand<TFloat32>> term : shown.entrySet()) {
      step = step.with(term.getKey(), term.getValue());
    }
    return step;
  }

  /** The foreground of the labelled records, which come first. */
  private static Operand<TFloat32> foreground(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> t) {
    Ops tf = scope.tf();
    int[] voxels = voxels(p);
    Operand<TFloat32> part =
        tf.slice(
            p,
            scope.ints(0, 0, 0, 0, 1),
            scope.ints((int) t.shape().get(0), voxels[0], voxels[1], voxels[2], 1));
    return tf.reshape(part, tf.shape(t)); // [n, X, Y, Z]
  }

  private static Operand<TFloat32> contrast(
      GraphScope scope, List<Operand<TFloat32>> logits, int[] voxels) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int d = 0; d < logits.size(); d++) {
      Contrast module =
          new Contrast(scope.sub("contrast" + (d + 1)), voxels, classes(logits.get(d)));
      Contrast.Descriptors found = module.apply(logits.get(d), Pass.TRAINING);
      terms.add(RankedPairs.attract(scope, found.foreground()));
      terms.add(RankedPairs.attract(scope, found.background()));
      terms.add(RankedPairs.repel(scope, found.foreground(), found.background()));
    }
    return scope.tf().math.addN(terms);
  }

  /** What the first decoder says, without dropout. */
  private static Map<String, Operand<TFloat32>> segment(
      Setup setup, GraphScope scope, Batch batch) {
    Network encoder = setup.encoder(scope.sub("encoder"));
    Features features = encoder.apply(batch.floats(Field.VOLUME), Pass.INFERENCE);
    Operand<TFloat32> logits =
        decoder(setup, scope, Upsampling.TRANSPOSED, encoder.width())
            .apply(features, Pass.INFERENCE);
    return Map.of(PROBABILITIES, scope.tf().nn.softmax(logits)); // [N, X, Y, Z, 2]
  }

  private static Decoder decoder(Setup setup, GraphScope scope, Upsampling kind, int width) {
    return new Decoder(
        scope.sub("decoder" + (kind.ordinal() + 1)),
        kind,
        width >> VNet.LEVELS - 1,
        2,
        setup.settings().get(FbaSettings.DROPOUT));
  }

  private static int classes(Operand<TFloat32> logits) {
    return (int) logits.shape().get(4);
  }

  private static int[] voxels(Operand<TFloat32> x) {
    return new int[] {(int) x.shape().get(1), (int) x.shape().get(2), (int) x.shape().get(3)};
  }
}
