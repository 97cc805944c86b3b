package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
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
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.data.Pool;
import juxta.toolkit.data.Samplers;
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
 * <p>Dice sees the labelled records only, the rest all of them.
 *
 * @see <a href="https://arxiv.org/abs/2306.15189">the paper</a>
 */
public final class Fba implements Method {
  /** Stream of labelled records. */
  static final String LABELLED = "labelled";

  /** Stream of unlabelled records. */
  static final String UNLABELLED = "unlabelled";

  /** Weight of the consistency, w(t). */
  static final String CONSISTENCY = "consistency";

  /** Output of the function {@code segment}. */
  static final String PROBABILITIES = "probabilities";

  /** Made by the service loader. */
  public Fba() {}

  @Override
  public String id() {
    return "fba";
  }

  @Override
  public String summary() {
    return "segmentation with few labels: decoders agree, foreground and background part";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chung, Lim, Huang, Marrouche, Hamm",
            "FBA-Net: Foreground and Background Aware Contrastive Learning for Semi-Supervised"
                + " Atrium Segmentation",
            2023,
            "https://arxiv.org/abs/2306.15189"));
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public List<Setting<?>> settings() {
    return FbaSettings.ALL;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "vnet");
    preset.put("augmentation", "volume-crop");
    preset.put("epochs", "1");
    preset.put("batch", "4");
    if (name.equals(SMALL)) {
      preset.put("encoder.width", "8");
      preset.put("augmentation.patch-x", "48");
      preset.put("augmentation.patch-y", "48");
      preset.put("augmentation.patch-z", "32");
      preset.put("iterations", "600");
      preset.put("ramp-step", "6");
      preset.put("precision", "auto");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    Sampler sampler = sampler(setup);
    int iterations = s.get(FbaSettings.ITERATIONS);
    long steps = iterations > 0 ? iterations : sampler.stepsPerEpoch() * setup.epochs();
    Map<String, Schedule> schedules =
        Map.of(
            TrainingPhase.LEARNING_RATE,
            Schedule.constant(s.get(FbaSettings.RATE)),
            CONSISTENCY,
            ramp(s));
    Field scan = setup.data().train().field(Field.VOLUME);
    List<Integer> sides = setup.lengths(View.Kind.GLOBAL);
    Field patch =
        Field.of(
            Field.VOLUME,
            FieldType.FLOAT32,
            sides.get(0),
            sides.get(1),
            sides.get(2),
            scan.shape().get(3));
    return Plan.of(
        TrainingPhase.of(steps, sampler, schedules, context -> step(setup, context)),
        List.of(
            new ModelFunction(
                ModelFunction.SEGMENT,
                List.of(patch),
                (scope, batch) -> segment(setup, scope, batch))));
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

  private static Sampler sampler(Setup setup) {
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
      problems.add(
          "labelled-batch: "
              + labelledBatch
              + " is more than the "
              + labelled.length
              + " labelled cases of the data");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    // where everything is labelled, the second stream is made of labelled cases, too
    int[] second = unlabelled.length == 0 ? labelled : unlabelled;
    return Samplers.twoStreams(
        new Pool(LABELLED, Dataset.TRAIN, labelled, labelledBatch),
        new Pool(UNLABELLED, Dataset.TRAIN, second, rest));
  }

  private static int[] records(Split train, int flag) {
    return IntStream.range(0, train.size())
        .filter(i -> train.value(LABELLED, i).number() == flag)
        .toArray();
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Settings s = setup.settings();
    Batch labelled = setup.view(scope, context.batch(LABELLED), View.global(0));
    Batch unlabelled = setup.view(scope, context.batch(UNLABELLED), View.global(0));
    Operand<TFloat32> x = // [N, X, Y, Z, 1], labelled records first
        tf.concat(
            List.of(labelled.floats(Field.VOLUME), unlabelled.floats(Field.VOLUME)),
            tf.constant(0));
    Operand<TFloat32> t = // [n, X, Y, Z], 1 in the foreground
        tf.dtypes.cast(
            tf.math.greater(
                tf.dtypes.cast(labelled.bytes(Field.MASK), TFloat32.class), scope.constant(0)),
            TFloat32.class);

    Network encoder = setup.encoder(scope.sub("encoder"));
    Features features = encoder.apply(x, Pass.TRAINING);
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (Upsampling kind : decoders(s)) {
      logits.add(decoder(setup, scope, kind, encoder.width()).apply(features, Pass.TRAINING));
    }
    List<Operand<TFloat32>> p = // of each decoder [N, X, Y, Z, 2]
        logits.stream().<Operand<TFloat32>>map(o -> tf.nn.softmax(o)).toList();

    Operand<TFloat32> supervised =
        tf.math.addN(
            p.stream()
                .<Operand<TFloat32>>map(q -> Objective.dice(scope, foreground(scope, q, t), t))
                .toList());
    Operand<TFloat32> consistency = Objective.consistency(scope, p, s.get(FbaSettings.TEMPERATURE));
    Operand<TFloat32> contrast = contrast(scope, s, logits, voxels(x));
    Operand<TFloat32> loss =
        tf.math.addN(
            List.of(
                tf.math.mul(scope.constant(s.get(FbaSettings.DICE).floatValue()), supervised),
                tf.math.mul(scope.scalar(CONSISTENCY), consistency),
                tf.math.mul(scope.constant(s.get(FbaSettings.CONTRAST).floatValue()), contrast)));
    Sgd.of(0.9).decay(WeightDecay.of(s.get(FbaSettings.DECAY)).everywhere()).minimize(scope, loss);
    return Step.of(loss)
        .with("loss-dice", supervised)
        .with("loss-consistency", consistency)
        .with("loss-contrast", contrast);
  }

  /** The first class of the labelled records, which come first. */
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
      GraphScope scope, Settings s, List<Operand<TFloat32>> logits, int[] voxels) {
    if (s.get(FbaSettings.CONTRAST) == 0) {
      return scope.constant(0);
    }
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

  private static List<Upsampling> decoders(Settings s) {
    return List.of(Upsampling.values()).subList(0, s.get(FbaSettings.DECODERS));
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
