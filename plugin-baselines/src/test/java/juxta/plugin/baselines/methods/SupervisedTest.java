package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import org.junit.jupiter.api.Test;

class SupervisedTest {
  private static final int B = 6;

  /** Random images of three classes; every fifth one has no label. */
  private record Labelled(Dataset images) implements Dataset {
    @Override
    public String id() {
      return "labelled";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(TRAIN, new Rows(images.train()));
    }

    @Override
    public List<String> classes() {
      return List.of("a", "b", "c");
    }

    @Override
    public String fingerprint() {
      return "0";
    }
  }

  private record Rows(Split images) implements Split {
    @Override
    public int size() {
      return images.size();
    }

    @Override
    public List<Field> fields() {
      List<Field> fields = new ArrayList<>(images.fields());
      fields.add(Field.of(Field.LABEL, FieldType.INT32));
      return fields;
    }

    @Override
    public Value value(String field, int record) {
      return field.equals(Field.LABEL)
          ? Value.of(record % 5 == 4 ? -1 : record % 3)
          : images.value(field, record);
    }
  }

  private static FakeSetup setup(int size) {
    return new FakeSetup(
        new Labelled(new TrialImages(size, 4)),
        new TinyEncoder(),
        B,
        1,
        Map.of("optimizer", "adamw"));
  }

  @Test
  void learnsTheLabelsAndSaysHowWell() {
    try (StepRig rig = Trials.rig(new Supervised(), setup(5 * B))) {
      double first = rig.loss(0);
      // five of the six have a label; the sixth adds nothing to the sum
      assertThat(first).isCloseTo(Math.log(3) * 5 / 6, within(0.6));
      for (int step = 1; step < 200; step++) {
        rig.train(step);
      }
      assertThat(rig.output(Step.LOSS)).isLessThan(first / 10);
      assertThat((double) rig.look(rig.made("accuracy"))[0]).isCloseTo(5.0 / 6, within(1e-6));
    }
  }

  @Test
  void recordsWithoutLabelsAreLeftOut() {
    var sampler = Trials.phase(new Supervised(), setup(25)).sampler();
    TreeSet<Integer> seen = new TreeSet<>();
    assertThat(sampler.stepsPerEpoch()).isEqualTo(3); // 20 of 25 have labels
    for (int step = 0; step < 12; step++) {
      for (int record : sampler.indices(1, step).get("main")) {
        seen.add(record);
      }
    }
    assertThat(seen).hasSizeBetween(18, 20).noneMatch(record -> record % 5 == 4);
  }

  @Test
  void dataWithoutLabelsAreRefused() {
    FakeSetup plain = new FakeSetup(new TrialImages(20, 4), new TinyEncoder(), B, 1, Map.of());
    assertThatThrownBy(() -> new Supervised().plan(plain))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no class labels");
    assertThatThrownBy(() -> new Supervised().plan(setup(6)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--batch");
  }
}
