package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import juxta.launcher.plugins.PluginJars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPPS with frameworks that its own plug-in does not know. */
class FrameworksTest {
  private static final String TRAIN =
      "train spps --data shapes --set data.train-size=64 --set data.test-size=32 --set data.side=16"
          + " --encoder resnet-small --set encoder.width=4 --batch 16 --epochs 1"
          + " --precision float32 --set bootstrap-epochs=1 --set similarity-min=-1"
          + " --set similarity-max=1";

  private static final String STRANGER =
      """
      package stranger;

      import java.util.*;
      import juxta.api.*;
      import juxta.toolkit.contrast.Similarity;
      import juxta.toolkit.discrimination.*;
      import juxta.toolkit.optim.*;

      public final class Pointing implements PairwiseMethod {
        static final Setting<Double> RATE =
            Setting.real("queue", 0.25).range(0, 1).describe("learning rate").source("own choice");

        public String id() { return "pointing"; }
        public String summary() { return "two views point the same way"; }
        public List<Setting<?>> settings() { return List.of(RATE); }
        public boolean usesLoss(Settings settings) { return false; }

        public Map<String, String> preset(String name, DataSummary data) {
          return Map.of(
              "encoder", "resnet-small", "augmentation", "cifar", "queue", "0.125", "epochs", "20",
              "batch", "128");
        }

        public Plan plan(Setup setup) { return PairwiseTraining.plan(this, setup); }

        public Map<String, Schedule> schedules(Setup setup, Length length) {
          double rate = setup.settings().get(RATE);
          return Map.of(TrainingPhase.LEARNING_RATE, (step, history) -> rate);
        }

        public Step objective(Setup setup, GraphScope scope, TwoViews x) {
          Network f = setup.encoder(scope.sub("encoder"));
          var h1 = f.apply(x.x1(), Pass.TRAINING).embedding();
          var h2 = f.apply(x.x2(), Pass.TRAINING).embedding();
          var alike = scope.tf().math.mean(Similarity.paired(scope, h1, h2), scope.ints(0));
          return Step.of(scope.tf().math.neg(alike)).with(Step.EMBEDDING, h1).with("alike", alike);
        }

        public Optimizer optimizer(Setup setup, GraphScope scope) { return Sgd.of(0.9); }
      }
      """;

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  private Outcome done(String line, Object... arguments) {
    Outcome outcome = shell.run(line, arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  /** Its loss is the preset's, which nobody chose: BYOL has no use for one. */
  @Test
  void aRunOfAFrameworkWithoutALossIsOpenedAgain() throws IOException {
    RunFolder run = new RunFolder(root.resolve("run"));
    String line = TRAIN + " --preset small --set framework=byol --out %s";
    done(line, run.path());
    assertThat(run.record().at("/settings/loss").asText()).isEqualTo("ntxent");
    assertThat(done("evaluate %s --evaluators knn --set knn.k=3", run.path()).out())
        .contains("knn accuracy");
    Path picture = root.resolve("picture.png");
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    assertThat(done("search %s --image %s --k 2 --json", run.path(), picture).out())
        .contains("results");
    byte[] weights = run.weights();
    done("train spps --resume --out %s", run.path());
    done(line + " --resume", run.path());
    assertThat(run.weights()).isEqualTo(weights);
    assertThat(shell.run("train spps --preset paper --resume --out %s", run.path()).err())
        .contains("holds another run (preset: small -> paper)");
    assertThat(
            shell.run(TRAIN + " --set framework=byol --loss ntxent --out %s-2", run.path()).err())
        .contains("leave --loss out");

    ObjectNode record = (ObjectNode) run.record();
    record.put("status", "running");
    Files.writeString(run.path().resolve("run.json"), record.toString());
    Files.move(run.newest(), root.resolve("last"));
    done("train spps --resume --out %s", run.path());
    assertThat(run.record().get("status").asText()).isEqualTo("done");
    assertThat(run.weights()).isEqualTo(weights);

    // where the preset is another one by now, the run keeps what it had
    ((ObjectNode) record.get("settings")).remove("augmentation.size");
    ((ObjectNode) record.get("settings")).remove("loss.temperature");
    Files.writeString(run.path().resolve("run.json"), record.put("status", "done").toString());
    done("train spps --resume --out %s", run.path());
    done("evaluate %s --evaluators knn --set knn.k=3", run.path());
  }

  @Test
  void aMethodOfAnyPlugInIsAFramework() {
    PluginJars.module("stranger", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.Method", "stranger.Pointing")
        .source("stranger.Pointing", STRANGER)
        .writeTo(shell.plugins().resolve("stranger.jar"));
    assertThat(done("describe spps").out()).contains("pointing");
    RunFolder run = new RunFolder(root.resolve("run"));
    done(TRAIN + " --preset small-pointing --out %s", run.path());
    assertThat(run.record().at("/settings/framework").asText()).isEqualTo("pointing");
    assertThat(run.record().at("/settings/queue").asText()).isEqualTo("0.125");
    assertThat(run.steps()).contains("bootstrap/0", "train/0");
    assertThat(run.metrics()).anyMatch(metrics -> metrics.has("alike"));
    done("evaluate %s --evaluators knn --set knn.k=3", run.path());
    Outcome wrong =
        shell.run(TRAIN + " --preset small-pointing --set queue=64 --out %s-2", run.path());
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.errLines())
        .last()
        .asString()
        .isEqualTo("juxta: queue: '64' is out of range (0 to 1)");
  }
}
