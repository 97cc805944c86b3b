package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Method;
import juxta.api.Value;
import juxta.testkit.StepRig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTest {
  private static Stream<Method> methods() {
    return Trials.twoViews();
  }

  /** What a checkpoint holds is all that the next steps depend on. */
  @ParameterizedTest
  @MethodSource("methods")
  void aRunThatWasTakenUpAgainEndsTheSame(Method method) {
    Map<String, Value> half;
    Map<String, Value> whole;
    try (StepRig rig = Trials.rig(method, Trials.setup(method, "optimizer=lars-clipped"))) {
      rig.train(0);
      rig.train(1);
      half = rig.snapshot();
      rig.train(2);
      rig.train(3);
      whole = rig.snapshot();
    }
    try (StepRig rig = Trials.rig(method, Trials.setup(method, "optimizer=lars-clipped"))) {
      rig.write(half);
      rig.train(2);
      rig.train(3);
      assertThat(rig.snapshot()).isEqualTo(whole).isNotEqualTo(half);
    }
  }
}
