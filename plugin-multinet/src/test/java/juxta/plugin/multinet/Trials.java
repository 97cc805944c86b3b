package juxta.plugin.multinet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The method's steps on six images, with small heads and a queue of two batches. */
final class Trials {
  static final int B = 6;
  static final int SIDE = 8;
  static final int HIDDEN = 8;
  static final int OUT = 5;

  /** The momentum that is fed. */
  static final float M = 0.9f;

  private Trials() {}

  static StepRig rig(String... settings) {
    return rig(setup(settings));
  }

  static StepRig rig(FakeSetup setup) {
    return held(StepRig.of(new Multinet(), setup));
  }

  /** Any step. */
  static StepRig rig(FakeSetup setup, Function<StepContext, Step> step) {
    return held(StepRig.of(step, setup));
  }

  private static StepRig held(StepRig.Builder rig) {
    return rig.open().scalar(TrainingPhase.LEARNING_RATE, 0.01).scalar(TrainingPhase.MOMENTUM, M);
  }

  static FakeSetup setup(String... settings) {
    return new FakeSetup(new TrialImages(20, SIDE), B, 2, settings(settings));
  }

  static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new TreeMap<>();
    all.put("projection-hidden", Integer.toString(HIDDEN));
    all.put("projection-out", Integer.toString(OUT));
    all.put("prediction-hidden", "4");
    all.put("queue", Integer.toString(2 * B));
    for (String pair : pairs) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return all;
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(FakeSetup setup) {
    return StepRig.phase(new Multinet().plan(setup).phases().get(0), setup);
  }

  /** Applications of the encoder at a place. */
  static List<TinyEncoder.Use> uses(FakeSetup setup, String place) {
    return setup.uses.stream().filter(use -> use.scope().name().equals(place)).toList();
  }

  /** A gradient; zeros where nothing flows. */
  static Operand<TFloat32> gradient(StepRig rig, Operand<TFloat32> of, Operand<TFloat32> with) {
    return Gradients.of(rig.scope(), of, List.of(with)).get(0);
  }

  /** A tensor of given rows. */
  static Operand<TFloat32> tensor(GraphScope scope, double[][] rows) {
    return Graphs.tensor(scope, flat(rows), rows.length, rows[0].length);
  }

  static float[] flat(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0, at = 0; i < rows.length; i++) {
      for (double value : rows[i]) {
        flat[at++] = (float) value;
      }
    }
    return flat;
  }
}
