package juxta.plugin.baselines.methods;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import org.tensorflow.types.TUint8;

/** Runs of the methods with narrow heads on a few images. */
final class Trials {
  static final int B = 6;

  /** Keys in the queue: two batches. */
  static final int QUEUE = 12;

  private Trials() {}

  static FakeSetup setup(Method method, String... pairs) {
    return setup(B, method, pairs);
  }

  static FakeSetup setup(int batch, Method method, String... pairs) {
    Map<String, String> settings = new TreeMap<>();
    put(method, settings, "projection-hidden", "7");
    put(method, settings, "projection-out", "5");
    put(method, settings, "prediction-hidden", "4");
    put(method, settings, "queue", Integer.toString(QUEUE));
    put(method, settings, "optimizer", "sgd");
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return new FakeSetup(new TrialImages(20, 4), new TinyEncoder(), batch, 2, settings);
  }

  private static void put(Method method, Map<String, String> to, String key, String value) {
    if (method.settings().stream().anyMatch(s -> s.key().equals(key))) {
      to.put(key, value);
    }
  }

  /** The step of a method's only phase; every step sees the first images. */
  static StepRig rig(Method method, FakeSetup setup) {
    return StepRig.of(method, setup)
        .open()
        .scalar(TrainingPhase.LEARNING_RATE, 0.01)
        .scalar(TrainingPhase.MOMENTUM, 0.9);
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(Method method, FakeSetup setup) {
    return StepRig.phase(method.plan(setup).phases().get(0), setup);
  }

  /** The first images of the training data, as stored. */
  static Batch images(GraphScope scope, FakeSetup setup, int count) {
    int side = setup.summary().imageSide();
    int[] pixels = new int[count * side * side * 3];
    for (int i = 0, at = 0; i < count; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = scope.tf();
    Batch images =
        Batch.of(
            Field.IMAGE,
            tf.dtypes.cast(
                tf.reshape(tf.constant(pixels), tf.constant(new int[] {count, side, side, 3})),
                TUint8.class));
    if (!setup.data().train().has(Field.LABEL)) {
      return images;
    }
    int[] labels =
        IntStream.range(0, count)
            .map(i -> setup.data().train().value(Field.LABEL, i).number())
            .toArray();
    return images.with(Field.LABEL, tf.constant(labels));
  }

  /** Those that learn from two views. */
  static Stream<Method> twoViews() {
    return Stream.of(new Simclr(), new Mocov2(), new Mocov3(), new Byol(), new Simsiam());
  }

  /** Those with an averaged network. */
  static Stream<Method> averaging() {
    return Stream.of(new Mocov2(), new Mocov3(), new Byol());
  }
}
