package juxta.plugin.grass;

import java.util.List;
import java.util.Map;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.testkit.StepRig;

/** GraSS's steps at one learning rate. */
final class Trials {
  static final double RATE = 0.1;

  private Trials() {}

  static StepRig rig(FakeSetup setup) {
    return StepRig.of(new Grass(), setup).open().scalar(TrainingPhase.LEARNING_RATE, RATE);
  }

  static List<TrainingPhase> phases(FakeSetup setup) {
    return new Grass().plan(setup).phases().stream().map(p -> StepRig.phase(p, setup)).toList();
  }

  /** The first run of a guided step, and no more. */
  static Map<String, Value> guidance(StepRig rig) {
    return rig.run(rig.step().runs().get(0).name());
  }

  /** What the first run of a guided step makes the second see. */
  static Map<String, Value> fed(List<CropBox> boxes) {
    return Map.of("boxes", Crops.value(boxes));
  }
}
