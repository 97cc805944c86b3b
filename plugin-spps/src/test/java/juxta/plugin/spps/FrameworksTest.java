package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.plugin.baselines.methods.Byol;
import juxta.plugin.baselines.methods.Mocov2;
import juxta.plugin.baselines.methods.Supervised;
import org.junit.jupiter.api.Test;

/** What SPPS takes from the methods that it wraps. */
class FrameworksTest {
  private static final Map<String, String> SHORT =
      Map.of(
          "bootstrap-epochs", "8",
          "anchor-share", "1",
          "similarity-min", "0.5",
          "similarity-max", "0.999",
          "pair-share", "0.15",
          "equal-steps", "true");

  private static DataSummary data(int side) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3)),
        Map.of("train", 50_000),
        10);
  }

  private static Setting<?> setting(Method method, String key) {
    return method.settings().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void theDefaultIsThePapers() {
    Method spps = Trials.spps();
    assertThat(setting(spps, "framework").defaultValue()).isEqualTo("simclr");
    assertThat(setting(spps, "framework").form())
        .isEqualTo("simclr|byol|mocov2|mocov3|simsiam|the-stranger");
    assertThat(spps.settings())
        .extracting(Setting::key)
        .startsWith("framework", "pairs")
        .contains("queue", "prediction-hidden", "base-rate", "loss-scale")
        .doesNotHaveDuplicates();
    assertThat(setting(spps, "base-rate").defaultValue()).isEqualTo("0.3");
    assertThat(setting(spps, "projection-hidden").form()).isEqualTo("integer");
    assertThat(spps.among(Trials.FRAMEWORKS).settings()).hasSameSizeAs(spps.settings());
  }

  /** The framework's own, whichever it is; a short run also says what it mines with. */
  @Test
  void presetsAreTheFrameworks() {
    Method spps = Trials.spps();
    for (Method framework : Trials.FRAMEWORKS) {
      for (String preset : framework.presets()) {
        for (int side : new int[] {32, 224}) {
          Map<String, String> expected = new HashMap<>(framework.preset(preset, data(side)));
          expected.put("framework", framework.id());
          if (preset.equals("small")) {
            expected.putAll(SHORT);
          } else if (preset.equals("paper") && side == 224) { // the abstract's
            expected.putAll(Map.of("epochs", "800", "batch", "1024"));
          }
          String name = framework.id().equals("simclr") ? preset : preset + "-" + framework.id();
          assertThat(spps.presets()).contains(name);
          assertThat(spps.preset(name, data(side))).as(name).isEqualTo(expected);
        }
      }
    }
    assertThat(spps.presets())
        .hasSize(2 * 6)
        .contains("paper", "small", "small-byol", "paper-the-stranger", "quick-the-stranger");
  }

  @Test
  void theLossIsUsedWhereTheFrameworkUsesIt() {
    for (Method framework : Trials.FRAMEWORKS) {
      assertThat(Trials.spps().usesLoss(Settings.of(Map.of("framework", framework.id()))))
          .isEqualTo(framework.usesLoss(Settings.DEFAULTS));
    }
  }

  /** What one framework allows another may refuse: the chosen one judges. */
  @Test
  void valuesAreJudgedByTheFrameworkThatIsChosen() {
    Method spps = Trials.spps();
    assertThat(setting(spps, "projection-layers").parse("3")).isEqualTo("3");
    spps.plan(new FakeSetup("framework=mocov3", "projection-layers=3"));
    assertThatThrownBy(() -> spps.plan(new FakeSetup("framework=mocov2", "projection-layers=3")))
        .isInstanceOf(UserException.class)
        .hasMessage("projection-layers: '3' is out of range (1 to 2)");
    assertThatThrownBy(() -> spps.plan(new FakeSetup("framework=the-stranger")))
        .isInstanceOf(UserException.class)
        .hasMessage("projection-out: '5' is none of none, negated");
  }

  @Test
  void theFrameworksOwnChecksAreMade() {
    assertThatThrownBy(() -> Trials.spps().plan(new FakeSetup("framework=mocov2", "queue=7")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--set queue=4");
  }

  @Test
  void anyOneFrameworkIsEnough() {
    Method spps = new Spps().among(List.of(new Byol(), new Supervised(), new Spps()));
    assertThat(spps.presets()).isEqualTo(Set.of("paper", "small"));
    assertThat(spps.preset("paper", data(32))).containsEntry("framework", "byol");
    assertThat(setting(spps, "framework").form()).isEqualTo("byol");
    assertThat(spps.settings()).extracting(Setting::key).doesNotContain("queue");
  }

  @Test
  void withoutFrameworksItSaysWhatIsMissing() {
    for (Method spps : List.of(new Spps(), new Spps().among(List.of(new Supervised())))) {
      assertThat(spps.presets()).contains("paper");
      assertThatThrownBy(() -> spps.plan(new FakeSetup()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no method that learns from pairs of views is loaded")
          .hasMessageContaining("'simclr' among the plug-ins");
    }
  }

  /** A key would have two meanings in one run. */
  @Test
  void aMethodThatHasAKeyOfSppsIsNoFramework() {
    Method other =
        new Stranger() {
          @Override
          public List<Setting<?>> settings() {
            return List.of(KIND, RATE, Setting.flag("pairs", true));
          }
        };
    Method spps = new Spps().among(List.of(new Mocov2(), other));
    assertThat(setting(spps, "framework").form()).isEqualTo("mocov2");
    assertThat(setting(spps, "pairs").form()).startsWith("mined|");
  }
}
