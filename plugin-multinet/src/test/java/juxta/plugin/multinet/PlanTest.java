package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Plan;
import juxta.api.Setting;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TUint8;

/** Steps, schedules, presets, functions, and what is refused. */
class PlanTest {
  private static FakeSetup setup(int size, int side, int batch, int epochs, String... settings) {
    return new FakeSetup(new TrialImages(size, side), batch, epochs, Trials.settings(settings));
  }

  private static double at(TrainingPhase phase, String schedule, long step) {
    return phase.schedules().get(schedule).at(step, List.of());
  }

  @Test
  void theRateFallsByCosineAndTheMomentumStays() {
    TrainingPhase phase = Trials.phase(setup(513, 8, 256, 10, "queue=512"));
    assertThat(phase.steps()).isEqualTo(20);
    for (int step = 0; step <= 20; step++) {
      assertThat(at(phase, "learning-rate", step))
          .isCloseTo(0.1 * (1 + Math.cos(Math.PI * step / 20)) / 2, within(1e-9));
      assertThat(at(phase, "momentum", step)).isEqualTo(0.99);
    }
  }

  @Test
  void noEpochsMakeNoSteps() {
    TrainingPhase phase = Trials.phase(setup(20, 8, 6, 0));
    assertThat(phase.steps()).isZero();
    assertThat(at(phase, "learning-rate", 0)).isFinite();
  }

  @Test
  void theTrainedEncoderIsKept() {
    FakeSetup setup = Trials.setup();
    Plan plan = new Multinet().plan(setup);
    assertThat(plan.functions())
        .extracting(ModelFunction::name)
        .contains(ModelFunction.EMBED, ModelFunction.ENCODE);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      Batch batch =
          Batch.of(
              Field.IMAGE,
              builder
                  .root()
                  .tf()
                  .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, 8, 8, 3))));
      plan.functions().get(0).body().apply(builder.root().frozen(), batch);
      assertThat(builder.parameters())
          .extracting(Parameter::name)
          .containsExactly("encoder.head.proj.weight", "encoder.shift");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "queue=13, queue: 13 embeddings, queue=12",
    "queue=5, queue: 5 embeddings, queue=6",
    "splits=3, views of side 8 do not divide into 3, divisor of 8",
    "parts-combined=5, 5 of 4 parts cannot, up to 4",
    "global-weight=0;local-weight=0, global-weight, local-weight 0",
    "global-weight=0;local-gradient=as-released, no gradient, as-designed",
    "splits=4;parts-combined=8, 12870 choices, smaller",
  })
  void settingsThatDoNotFitAreRefusedWithARemedy(String settings, String what, String remedy) {
    assertThatThrownBy(() -> new Multinet().plan(Trials.setup(settings.split(";"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy);
  }

  @Test
  void oneImageAloneIsRefused() {
    assertThatThrownBy(() -> new Multinet().plan(setup(20, 8, 1, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--batch");
  }

  @Test
  void mistakesAreReportedTogether() {
    assertThatThrownBy(
            () -> new Multinet().plan(Trials.setup("queue=13", "splits=3", "parts-combined=10")))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  /** What is not used need not fit. */
  @Test
  void whatIsLeftOutIsNotChecked() {
    assertThat(new Multinet().plan(Trials.setup("queue=13", "neighbours=false")).phases())
        .hasSize(1);
    assertThat(new Multinet().plan(Trials.setup("splits=3", "local-weight=0")).phases()).hasSize(1);
    assertThat(new Multinet().plan(Trials.setup("global-weight=0")).phases()).hasSize(1);
  }

  private static DataSummary data(int side, int size) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3)),
        Map.of("train", size),
        10);
  }

  @ParameterizedTest
  @CsvSource({"32", "64", "256"})
  void thePaperPresetIsTheReleasedConfiguration(int side) {
    Map<String, String> paper = new Multinet().preset(Method.PAPER, data(side, 50_000));
    assertThat(paper)
        .containsOnly(
            Map.entry("encoder", "resnet18"),
            Map.entry("encoder.zero-init", "true"),
            Map.entry("augmentation", "mocov2"),
            Map.entry("augmentation.size", "224"),
            Map.entry("augmentation.sampling", "bicubic"),
            Map.entry("loss", "ntxent"),
            Map.entry("loss.temperature", "1"),
            Map.entry("epochs", "200"),
            Map.entry("batch", "256"));
  }

  @Test
  void defaultsAreThoseOfTheReleasedConfiguration() {
    Map<String, Object> defaults =
        new Multinet()
            .settings().stream().collect(Collectors.toMap(Setting::key, Setting::defaultValue));
    assertThat(defaults)
        .containsEntry("projection-hidden", 2048)
        .containsEntry("projection-out", 2048)
        .containsEntry("prediction-hidden", 512)
        .containsEntry("queue", 16384)
        .containsEntry("neighbours", true)
        .containsEntry("splits", 2)
        .containsEntry("parts-combined", 2)
        .containsEntry("local-weight", 1.0)
        .containsEntry("global-weight", 6.0)
        .containsEntry("local-gradient", "as-designed")
        .containsEntry("copy-init", true)
        .containsEntry("clip-norm", 1.0)
        .containsEntry("momentum-base", 0.99)
        .containsEntry("momentum-end", 0.99)
        .containsEntry("optimizer", "sgd")
        .containsEntry("base-rate", 0.1)
        .containsEntry("weight-decay", 1e-4)
        .containsEntry("warmup-epochs", 0.0)
        .hasSize(18);
  }

  @ParameterizedTest
  @CsvSource({"32, 4000, 1024", "32, 50000, 4096", "64, 50000, 4096", "256, 2000, 1024"})
  void theSmallPresetKeepsTheTemperatureAndFits(int side, int size, String queue) {
    Map<String, String> small = new Multinet().preset(Method.SMALL, data(side, size));
    assertThat(small)
        .containsEntry("encoder", "resnet-small")
        .containsEntry("loss.temperature", "1")
        .containsEntry("queue", queue)
        .doesNotContainKey("global-weight");
    assertThat(Integer.parseInt(queue) % Integer.parseInt(small.get("batch"))).isZero();
    if (side <= 64) {
      assertThat(Integer.parseInt(small.get("augmentation.size")) % 2).isZero();
    }
  }
}
