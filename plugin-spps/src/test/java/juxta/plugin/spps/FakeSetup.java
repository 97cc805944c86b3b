package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A run on a few images with noise as the augmentation and cross-entropy at 0.5 as the loss. */
final class FakeSetup extends TrialSetup {
  static final int N = 20;
  static final int B = 4;
  private static final int SIDE = 4;

  private final int width;

  /** What the loss was asked to compare, in order. */
  final List<Comparison> comparisons = new ArrayList<>();

  FakeSetup(String... pairs) {
    this(6, pairs);
  }

  FakeSetup(int width, String... pairs) {
    super(new TrialImages(N, SIDE), B, 2, settings(pairs));
    this.width = width;
  }

  /** The steps of a phase, with the records that its sampler draws. */
  StepRig rig(String name, TrainingPhase phase) {
    return StepRig.of(name, phase, this).drawing().open();
  }

  /** All training images, as stored. */
  static Operand<TUint8> images(GraphScope root, FakeSetup setup) {
    int n = setup.data().train().size();
    int side = setup.summary().imageSide();
    int[] pixels = new int[n * side * side * 3];
    for (int i = 0, at = 0; i < n; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = root.tf();
    return tf.dtypes.cast(
        tf.reshape(tf.constant(pixels), root.ints(n, side, side, 3)), TUint8.class);
  }

  private static Map<String, String> settings(String... pairs) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("projection-hidden", "7");
    settings.put("projection-out", "5");
    settings.put("prediction-hidden", "3");
    settings.put("queue", "8");
    settings.put("optimizer", "sgd");
    settings.put("base-rate", "3");
    settings.put("warmup-epochs", "0");
    settings.put("similarity-min", "-1");
    settings.put("similarity-max", "1");
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=", 2)[1]);
    }
    return settings;
  }

  @Override
  public Network encoder(GraphScope scope) {
    return new TinyEncoder(scope, SIDE * SIDE * 3, width);
  }

  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    Batch plain = super.view(scope, records, View.EVALUATION);
    if (view.kind() == View.Kind.EVALUATION) {
      return plain;
    }
    var tf = scope.tf();
    Operand<TFloat32> noise =
        tf.random.statelessRandomNormal(tf.shape(plain.image()), scope.seed("noise"));
    return plain.with(
        Field.IMAGE, tf.math.add(plain.image(), tf.math.mul(noise, scope.constant(0.1f))));
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    comparisons.add(comparison);
    Operand<TFloat32> logits = scope.tf().math.mul(comparison.similarities(), scope.constant(2));
    if (comparison.excluded().isPresent()) {
      logits = SoftCrossEntropy.without(scope, logits, comparison.excluded().get());
    }
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
