package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.train.Monitor;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  private static final Value ON_DISK = // [out, in]
      Tensors.floats(new long[] {2, 4}, 0, 1, 2, 3, 4, 5, 6, 7);

  @TempDir private Path folder;

  private RunSetup setup;

  @BeforeEach
  void plan() {
    setup = Lines.setup(folder.resolve("new"), "line");
  }

  private Path file(Map<String, Value> weights) {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.writeValues(file, weights, Map.of());
    return file;
  }

  @Test
  void aFileGivesTheEncoderItsWeightsInTheLayoutOfTheGraph() {
    for (String name :
        new String[] {
          "classifier.weight", "encoder.fc.weight", "features.0.weight", "module.features.0.weight"
        }) {
      InitialWeights weights = InitialWeights.read(file(Map.of(name, ON_DISK)), setup, "line");
      assertThat(weights.store().names()).containsExactly("encoder.fc.weight");
      Value value = weights.store().value("encoder.fc.weight");
      assertThat(value.shape()).containsExactly(4L, 2L);
      assertThat(Tensors.floats(value)).containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
      assertThat(weights.summary()).startsWith("the 1 parameters of encoder 'layer' from ");
    }
  }

  @Test
  void whatIsMissingOrOfAnotherShapeIsNamed() {
    Path other = file(Map.of("head.weight", ON_DISK));
    assertThatThrownBy(() -> InitialWeights.read(other, setup, "line"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks 1 weights of encoder 'layer', the first is")
        .hasMessageContaining("'classifier.weight'");
    Path narrow = file(Map.of("classifier.weight", Tensors.floats(new long[] {1, 4}, 0, 1, 2, 3)));
    assertThatThrownBy(() -> InitialWeights.read(narrow, setup, "line"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has shape [4, 1] but encoder 'layer' wants [4, 2]");
    assertThatThrownBy(() -> InitialWeights.read(folder.resolve("none"), setup, "line"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> InitialWeights.read(folder, setup, "line"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no run");
  }

  @Test
  void aRunGivesAllToItsOwnMethodAndTheEncoderToOthersWithoutTheOptimizer() {
    Path old = folder.resolve("old");
    new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, () -> false)
        .train(Lines.job(old, false, Map.of()));
    Checkpoints.Loaded trained = new Checkpoints(old.resolve("checkpoints")).latest().orElseThrow();
    assertThat(trained.store().names()).anyMatch(name -> name.startsWith("optimizer."));
    for (String method : new String[] {"line", "other"}) {
      InitialWeights weights = InitialWeights.read(old, setup, method);
      assertThat(weights.source()).isEqualTo(old);
      assertThat(weights.store().names()).containsExactly("encoder.fc.weight");
      assertThat(weights.store().value("encoder.fc.weight"))
          .isEqualTo(trained.store().value("encoder.fc.weight"));
      assertThat(weights.summary()).startsWith(method.equals("line") ? "all 1 " : "the 1 ");
    }
  }

  @Test
  void aNewRunStartsFromThem() {
    InitialWeights weights =
        InitialWeights.read(file(Map.of("classifier.weight", ON_DISK)), setup, "line");
    Path run = folder.resolve("new");
    TrainingRun.Job plain = Lines.job(run, false, Map.of("epochs", "0"));
    new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, () -> false)
        .train(
            new TrainingRun.Job(
                plain.choices(), "four", plain.data(), run, false, Optional.of(weights)));
    Value kept =
        new Checkpoints(run.resolve("checkpoints"))
            .latest()
            .orElseThrow()
            .store()
            .value("encoder.fc.weight");
    assertThat(Tensors.floats(kept)).containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
    assertThat(RunRecord.read(run).orElseThrow().initialWeights()).isPresent();
  }
}
