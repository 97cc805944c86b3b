package juxta.plugin.patchmix;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** PatchMix's steps with small heads. */
final class Trials {
  private Trials() {}

  static StepRig rig(FakeSetup setup) {
    return rig(setup, 1);
  }

  static StepRig rig(FakeSetup setup, long seed) {
    return StepRig.of(new PatchMix(), setup)
        .seed(seed)
        .open()
        .scalar(TrainingPhase.LEARNING_RATE, 0.01)
        .scalar(TrainingPhase.WEIGHT_DECAY, 0)
        .scalar(TrainingPhase.MOMENTUM, 0.9);
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(FakeSetup setup) {
    return StepRig.phase(new PatchMix().plan(setup).phases().get(0), setup);
  }

  /** Inputs of the applications of the encoder at a place. */
  static List<Operand<TFloat32>> inputs(FakeSetup setup, String place) {
    return setup.uses.stream()
        .filter(use -> use.scope().name().equals(place))
        .<Operand<TFloat32>>map(use -> use.input())
        .toList();
  }

  static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new TreeMap<>();
    all.put("head-hidden", "8");
    all.put("head-out", "5");
    Arrays.stream(pairs).map(pair -> pair.split("=")).forEach(p -> all.put(p[0], p[1]));
    return all;
  }
}
