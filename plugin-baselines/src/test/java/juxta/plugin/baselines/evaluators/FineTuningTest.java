package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.ModelFunction;
import juxta.api.Schedule;
import juxta.api.Score;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.image.RandAugment;
import org.junit.jupiter.api.Test;

class FineTuningTest {
  private static final int CLASSES = 4;
  private static final int WIDTH = 5;
  private static final Dataset DATA = Clusters.of(CLASSES, WIDTH, 0.4, 84, 40);

  /** Labelled training records: every seventh has no label. */
  private static final int LABELLED = 72;

  private static final Field PHOTO = Field.of(Field.IMAGE, FieldType.UINT8, 224, 224, 3);
  private static final Field SMALL = Field.of(Field.IMAGE, FieldType.UINT8, 32, 32, 3);

  /** Plain steps on the fixed view, with some settings of their own. */
  private static FakeEvaluation evaluation(String... pairs) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "view", "whole",
                "rand-augment", "0",
                "erasing", "0",
                "mixup", "0",
                "cutmix", "0",
                "smoothing", "0",
                "batch", "1000",
                "warmup-epochs", "0",
                "learning-rate", "0.256",
                "weight-decay", "0"));
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return new FakeEvaluation(DATA, settings, ModelFunction.EMBED, ModelFunction.ENCODE).layered();
  }

  private static float[] floats(Map<String, Value> weights, String name) {
    return Tensors.floats(weights.get(name));
  }

  private static double moved(FakeEvaluation evaluation, String name) {
    float[] before = floats(evaluation.initial, name);
    float[] after = floats(evaluation.trained, name);
    double most = 0;
    for (int i = 0; i < before.length; i++) {
      most = Math.max(most, Math.abs(after[i] - before[i]));
    }
    return most;
  }

  /** The first step of Adam moves each weight by its learning rate, whatever the gradient. */
  @Test
  void eachLayerIsTrainedAtItsOwnRate() {
    FakeEvaluation evaluation = evaluation("epochs=1", "layer-decay=0.5", "encoder-rate=0.1");
    new FineTuning().evaluate(evaluation);
    double rate = 0.256 * LABELLED / 256;
    assertThat(moved(evaluation, "linear-probe.weight")).isCloseTo(rate, within(1e-4));
    assertThat(moved(evaluation, "encoder.norm.weight")).isCloseTo(0.1 * rate, within(1e-5));
    assertThat(moved(evaluation, "encoder.blocks.0.fc.weight"))
        .isCloseTo(0.05 * rate, within(1e-5));
    assertThat(moved(evaluation, "encoder.conv1.weight")).isCloseTo(0.025 * rate, within(1e-5));
  }

  @Test
  void tuningTheEncoderToo() {
    FakeEvaluation evaluation = evaluation("epochs=60", "labelled=0.5");
    List<Score> scores = new FineTuning().evaluate(evaluation);
    assertThat(scores).hasSize(1);
    assertThat(scores.get(0).value()).isGreaterThan(0.85);
    assertThat(scores.get(0).protocol())
        .containsEntry("protocol", "patchmix")
        .containsEntry("view", "the fixed view of the evaluation")
        .containsEntry("epochs", "60 (60 steps)")
        .containsEntry("mixing", "none")
        .containsEntry("encoder", "tuned at 1.000 of the rate, layer decay 0.7500");
    assertThat(scores.get(0).protocol().get("labelled")).startsWith("36 of 72 training records");
    assertThat(new FineTuning().evaluate(evaluation("epochs=60", "labelled=0.5")))
        .isEqualTo(scores);
  }

  /** With a frozen encoder it is softmax regression on the embeddings, here written out. */
  @Test
  void theHeadAloneIsALinearProbe() {
    FakeEvaluation evaluation = evaluation("epochs=20", "encoder-rate=0", "smoothing=0.1");
    List<Score> scores = new FineTuning().evaluate(evaluation);
    assertThat(scores.get(0).protocol()).containsEntry("encoder", "frozen");
    evaluation.initial.keySet().stream()
        .filter(name -> name.startsWith("encoder."))
        .forEach(
            name ->
                assertThat(evaluation.trained.get(name)).isEqualTo(evaluation.initial.get(name)));
    double[] weights = new double[(WIDTH + 1) * CLASSES];
    float[] first = floats(evaluation.initial, "linear-probe.weight");
    for (int i = 0; i < first.length; i++) {
      weights[i] = first[i];
    }
    TuningSettings settings = TuningSettings.of(evaluation.settings(), SMALL);
    regress(weights, settings.schedule(LABELLED), 20, 0.1);
    float[] found = floats(evaluation.trained, "linear-probe.weight");
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(weights[i], within(1e-3));
    }
    float[] bias = floats(evaluation.trained, "linear-probe.bias");
    for (int c = 0; c < CLASSES; c++) {
      assertThat((double) bias[c]).isCloseTo(weights[WIDTH * CLASSES + c], within(1e-3));
    }
  }

  /** Softmax regression by Adam on all labelled records at once; the last row is the bias. */
  private static void regress(double[] w, Schedule rate, int steps, double smoothing) {
    Split train = DATA.train();
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    for (int t = 0; t < steps; t++) {
      double[] g = new double[w.length];
      for (int i = 0; i < train.size(); i++) {
        int label = train.value(Field.LABEL, i).number();
        if (label < 0) {
          continue;
        }
        float[] x = Tensors.floats(train.value(Field.IMAGE, i));
        double[] p = new double[CLASSES];
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
          double score = w[WIDTH * CLASSES + c];
          for (int d = 0; d < WIDTH; d++) {
            score += x[d] * w[d * CLASSES + c];
          }
          p[c] = Math.exp(score);
          sum += p[c];
        }
        for (int c = 0; c < CLASSES; c++) {
          double target = smoothing / CLASSES + (c == label ? 1 - smoothing : 0);
          double error = (p[c] / sum - target) / LABELLED;
          for (int d = 0; d < WIDTH; d++) {
            g[d * CLASSES + c] += error * x[d];
          }
          g[WIDTH * CLASSES + c] += error;
        }
      }
      for (int i = 0; i < w.length; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        double mean = m[i] / (1 - Math.pow(0.9, t + 1));
        double root = Math.sqrt(v[i] / (1 - Math.pow(0.999, t + 1)));
        w[i] -= rate.at(t, List.of()) * mean / (root + 1e-8);
      }
    }
  }

  @Test
  void recipesHaveThePapersNumbers() {
    TuningSettings patchmix = TuningSettings.of(Settings.DEFAULTS, PHOTO);
    assertThat(patchmix)
        .isEqualTo(
            new TuningSettings(
                "patchmix",
                1,
                TuningViews.CROP,
                100,
                0,
                10,
                256,
                5e-4,
                1e-6,
                0.05,
                0.75,
                1,
                9,
                0.25,
                0.8,
                1,
                0.1));
    assertThat(patchmix.changes()).isEqualTo(RandAugment.DEIT);
    // 1280 records: 5 steps an epoch, 50 of rise, 500 in all
    Schedule rate = patchmix.schedule(1280);
    assertThat(patchmix.steps(1280)).isEqualTo(500);
    assertThat(rate.at(0, List.of())).isZero();
    assertThat(rate.at(25, List.of())).isCloseTo(2.5e-4, within(1e-12));
    assertThat(rate.at(50, List.of())).isCloseTo(5e-4, within(1e-12));
    assertThat(rate.at(275, List.of())).isCloseTo((5e-4 + 1e-6) / 2, within(1e-12));
    assertThat(rate.at(500, List.of())).isCloseTo(1e-6, within(1e-12));
    TuningSettings few = TuningSettings.of(Settings.of(Map.of("protocol", "small")), SMALL);
    assertThat(few.changes()).isEqualTo(RandAugment.NONE);
    Field sized = Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 3);
    assertThat(TuningSettings.of(Settings.DEFAULTS, sized).changes()).isEqualTo(RandAugment.NONE);
    Settings strong = Settings.of(Map.of("rand-augment", "5"));
    assertThat(TuningSettings.of(strong, SMALL).changes().strength()).isEqualTo(5);
    assertThatThrownBy(() -> TuningSettings.of(strong, sized))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("rand-augment")
        .hasMessageContaining("[-1, -1, 3]");
    assertThat(few.steps(6400)).isEqualTo(2000);
    assertThat(few.steps(128)).isEqualTo(400); // 20 epochs are 40 steps
    Map<String, String> asked = Map.of("protocol", "small", "epochs", "20");
    assertThat(TuningSettings.of(Settings.of(asked), SMALL).steps(128)).isEqualTo(40);
    TuningSettings moco = TuningSettings.of(Settings.of(Map.of("protocol", "mocov3")), SMALL);
    assertThat(moco.epochs()).isEqualTo(150);
    assertThat(moco.layerDecay()).isEqualTo(1);
    assertThat(moco.view()).isEqualTo(TuningViews.SHIFT);
    assertThat(moco.schedule(2048).at(10, List.of())).isCloseTo(1e-3, within(1e-12));
  }

  @Test
  void aModelThatCannotBeTrainedFurtherIsNamed() {
    Map<String, String> plain =
        Map.of("view", "whole", "erasing", "0", "mixup", "0", "cutmix", "0");
    FakeEvaluation fixed =
        new FakeEvaluation(DATA, plain, ModelFunction.EMBED, ModelFunction.ENCODE);
    assertThatThrownBy(() -> new FineTuning().evaluate(fixed))
        .isInstanceOf(UserException.class)
        .hasMessage("the model's function 'encode' cannot be trained further");
  }

  @Test
  void aShareIsDrawnFromEachClassAndGrowsWithTheShare() {
    int[] records = new int[230];
    int[] labels = new int[230];
    for (int i = 0; i < records.length; i++) {
      records[i] = 3 * i;
      labels[i] = i < 200 ? 0 : i < 229 ? 1 : 2; // 200, 29 and 1 of a class
    }
    Labelled all = new Labelled(records, labels);
    Labelled tenth = LabelledShare.draw(all, 0.1, 5);
    assertThat(counts(tenth)).isEqualTo(Map.of(0, 20, 1, 3, 2, 1));
    assertThat(counts(LabelledShare.draw(all, 0.001, 5))).isEqualTo(Map.of(0, 1, 1, 1, 2, 1));
    for (int i = 0; i < tenth.records().length; i++) {
      assertThat(tenth.labels()[i]).isEqualTo(labels[tenth.records()[i] / 3]);
    }
    assertThat(LabelledShare.draw(all, 0.3, 5).records())
        .contains(tenth.records())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(LabelledShare.draw(all, 0.1, 6).records()).isNotEqualTo(tenth.records());
    assertThat(LabelledShare.draw(all, 1, 5)).usingRecursiveComparison().isEqualTo(all);
  }

  private static Map<Integer, Integer> counts(Labelled some) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int label : some.labels()) {
      counts.merge(label, 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void ratesFallTowardsTheInput() {
    Map<String, Double> vit =
        new LayerDecay(0.5)
            .factors(
                List.of(
                    "online.encoder.cls_token",
                    "online.encoder.pos_embed",
                    "online.encoder.patch_embed.proj.weight",
                    "online.encoder.blocks.0.attn.qkv.weight",
                    "online.encoder.blocks.0.mlp.fc1.weight",
                    "online.encoder.blocks.1.attn.qkv.weight",
                    "online.encoder.norm.weight"));
    assertThat(vit.values()).containsExactly(0.125, 0.125, 0.125, 0.25, 0.25, 0.5, 1.0);
    Map<String, Double> resnet =
        new LayerDecay(0.5)
            .factors(
                List.of(
                    "encoder.conv1.weight",
                    "encoder.bn1.bias",
                    "encoder.layer1.0.conv1.weight",
                    "encoder.layer1.1.conv1.weight",
                    "encoder.layer2.0.conv1.weight",
                    "encoder.layer2.0.downsample.0.weight"));
    assertThat(resnet.values()).containsExactly(0.0625, 0.0625, 0.125, 0.25, 0.5, 0.5);
    assertThat(new LayerDecay(0.5).factors(List.of("net.0.w", "net.1.w")).values())
        .containsExactly(0.25, 0.5);
    assertThat(new LayerDecay(0.5).factors(List.of("e.w", "e.b")).values())
        .containsExactly(0.5, 0.5);
    assertThat(new LayerDecay(0.5).factors(List.of())).isEmpty();
  }
}
