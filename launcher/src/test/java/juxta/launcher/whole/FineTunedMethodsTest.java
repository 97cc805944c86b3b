package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders with a layer of the method's own on top are fine-tuned with it. */
class FineTunedMethodsTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "medcluster --set latent=4 --set decoder-width=4 --batch 16 --epochs 1",
        "iir --encoder resnet-small --set encoder.width=4 --set weights=init --batch 16"
            + " --set contrast-iterations=1 --set contrast-batch=8 --set iterations=1"
            + " --set augmentation.size=16"
      })
  void methodsWithALayerOfTheirOwn(String method) {
    Shell shell = Shell.in(root);
    Path run = root.resolve("run");
    String data =
        " --data shapes --set data.train-size=32 --set data.test-size=16 --set data.side=16"
            + " --set data.classes=2";
    Outcome trained =
        shell.run("train " + method + data + " --preset small --threads 1 --out %s", run);
    assertThat(trained.status()).as(trained.err()).isZero();
    Outcome tuned =
        shell.run(
            "evaluate %s --evaluators finetune --set finetune.protocol=small"
                + " --set finetune.epochs=1",
            run);
    assertThat(tuned.status()).as(tuned.err()).isZero();
    assertThat(tuned.out().replaceAll("\\s+", " ")) // lines are broken where they are long
        .contains("encoder tuned at 1.000 of the rate")
        .contains("accuracy");
  }
}
