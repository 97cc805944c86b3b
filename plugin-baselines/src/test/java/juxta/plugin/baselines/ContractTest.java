package juxta.plugin.baselines;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.plugin.baselines.encoders.ResNet34;
import juxta.plugin.baselines.encoders.ResNet50;
import juxta.plugin.baselines.encoders.VitBase;
import juxta.plugin.baselines.encoders.VitSmall;
import juxta.plugin.baselines.encoders.VitTiny;
import juxta.plugin.baselines.evaluators.Segmentation;
import juxta.plugin.baselines.methods.Simclr;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  /** Encoders that are slow here; they are built as the small ones are. */
  private static final Set<String> LARGE =
      Set.of("resnet18", "resnet34", "resnet50", "vit-t", "vit-s", "vit-b");

  /**
   * Narrow heads, a short queue, few steps: they behave as wide, long and many ones do. The classes
   * of the tiny images are patterns of pixels, gone once they are moved, inverted or covered.
   */
  private static final Map<String, String> NARROW =
      Map.of(
          "projection-hidden", "32",
          "projection-out", "16",
          "prediction-hidden", "16",
          "queue", "64",
          "finetune.epochs", "20",
          "finetune.learning-rate", "0.1",
          "finetune.warmup-epochs", "0",
          "finetune.rand-augment", "0",
          "finetune.erasing", "0");

  @TestFactory
  Stream<DynamicTest> contract() {
    return PluginContract.ofModule(
        Simclr.class.getModule(),
        component -> !LARGE.contains(component.id()) && !(component instanceof Segmentation),
        NARROW);
  }

  @TestFactory
  Stream<DynamicTest> segmentation() {
    return PluginContract.of(
        Map.of(
            "segmentation.channels", "8",
            "segmentation.epochs", "40",
            "segmentation.learning-rate", "0.01",
            "segmentation.rates", "1,2"),
        new Segmentation());
  }

  @TestFactory
  Stream<DynamicTest> descriptionsOfLargeEncoders() {
    return PluginContract.described(
        new ResNet18(),
        new ResNet34(),
        new ResNet50(),
        new VitTiny(),
        new VitSmall(),
        new VitBase());
  }
}
