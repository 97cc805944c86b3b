package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import org.junit.jupiter.api.Test;

class PaperPresetsTest {
  private static DataSummary data(int side) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3)),
        Map.of("train", 50_000),
        10);
  }

  @Test
  void mocov2() {
    assertThat(new Mocov2().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "resnet50")
        .containsEntry("augmentation", "mocov2")
        .containsEntry("loss.temperature", "0.2")
        .containsEntry("batch", "256")
        .containsEntry("epochs", "200")
        .doesNotContainKeys("base-rate", "queue", "momentum-base");
    assertThat(Mocov2.QUEUE.defaultValue()).isEqualTo(65536);
    assertThat(Mocov2.OUT.defaultValue()).isEqualTo(128);
    assertThat(Mocov2.RECIPE.rate().defaultValue()).isEqualTo(0.03);
    assertThat(Mocov2.RECIPE.decay().defaultValue()).isEqualTo(1e-4);
    assertThat(Mocov2.AVERAGE.base().defaultValue()).isEqualTo(0.999);
    // the authors' demo: a rate of 0.06 for a batch of 512
    assertThat(new Mocov2().preset(Method.PAPER, data(32)))
        .containsEntry("encoder", "resnet18")
        .containsEntry("augmentation", "cifar")
        .containsEntry("loss.temperature", "0.1")
        .containsEntry("queue", "4096")
        .containsEntry("momentum-base", "0.99")
        .containsEntry("projection-layers", "1")
        .containsEntry("base-rate", "0.03")
        .containsEntry("weight-decay", "5e-4")
        .containsEntry("batch", "512");
  }

  @Test
  void mocov3() {
    assertThat(new Mocov3().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "vit-s")
        .containsEntry("augmentation", "byol")
        .containsEntry("loss.temperature", "0.2")
        .containsEntry("epochs", "300")
        .doesNotContainKeys("base-rate", "projection-layers", "loss-scale");
    assertThat(Mocov3.RECIPE.optimizer().defaultValue()).isEqualTo("adamw");
    assertThat(Mocov3.RECIPE.rate().defaultValue()).isEqualTo(1.5e-4);
    assertThat(Mocov3.RECIPE.decay().defaultValue()).isEqualTo(0.1);
    assertThat(Mocov3.RECIPE.warmup().defaultValue()).isEqualTo(40);
    assertThat(Mocov3.HIDDEN.defaultValue()).isEqualTo(4096);
    assertThat(Mocov3.SCALE.defaultValue()).isEqualTo(2 * 0.2);
    assertThat(new Mocov3().preset(Method.PAPER, data(32)))
        .containsEntry("encoder", "resnet18")
        .containsEntry("projection-layers", "2")
        .containsEntry("prediction-norm", "false")
        .containsEntry("augmentation.blur", "0")
        .containsEntry("base-rate", "0.3")
        .containsEntry("batch", "256");
  }

  @Test
  void byol() {
    assertThat(new Byol().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "resnet50")
        .containsEntry("augmentation", "byol")
        .containsEntry("batch", "4096")
        .containsEntry("epochs", "1000")
        .doesNotContainKeys("base-rate", "loss", "augmentation.blur");
    assertThat(Byol.RECIPE.rate().defaultValue()).isEqualTo(0.2);
    assertThat(Byol.RECIPE.decay().defaultValue()).isEqualTo(1.5e-6);
    assertThat(Byol.AVERAGE.base().defaultValue()).isEqualTo(0.996);
    assertThat(Byol.PREDICTION.defaultValue()).isEqualTo(4096);
    assertThat(new Byol().preset(Method.PAPER, data(32)))
        .containsEntry("base-rate", "1.0")
        .containsEntry("weight-decay", "1e-5")
        .containsEntry("momentum-base", "0.99");
  }

  @Test
  void simsiam() {
    assertThat(new Simsiam().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "resnet50")
        .containsEntry("encoder.zero-init", "true")
        .containsEntry("augmentation", "mocov2")
        .containsEntry("batch", "512")
        .containsEntry("epochs", "100")
        .doesNotContainKeys("base-rate", "loss");
    assertThat(Simsiam.RECIPE.rate().defaultValue()).isEqualTo(0.05);
    assertThat(Simsiam.OUT.defaultValue()).isEqualTo(2048);
    assertThat(Simsiam.PREDICTION.defaultValue()).isEqualTo(512);
    assertThat(new Simsiam().preset(Method.PAPER, data(32)))
        .containsEntry("base-rate", "0.5")
        .containsEntry("weight-decay", "1e-5");
  }
}
