package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Layout;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path folder;

  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"));
  }

  private static ParameterStore store(float... weights) {
    ParameterStore store = new ParameterStore();
    store.put(
        "fc.weight",
        new ParameterStore.Entry(
            Tensors.floats(new long[] {1, weights.length}, weights), Layout.LINEAR));
    store.put(
        "optimizer.count", new ParameterStore.Entry(Tensors.ints(new long[0], 7), Layout.PLAIN));
    return store;
  }

  private static PhaseState at(int phase, long step) {
    return new PhaseState(phase, step, List.of(0.5, Double.NaN, 1e-300), 11);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("checkpoints"))) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsSavedComesBackToTheBit() {
    float[] odd = {0.1f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN};
    Path saved = checkpoints.save(store(odd), at(1, 23));
    Checkpoints.Loaded loaded = checkpoints.latest().orElseThrow();
    assertThat(loaded.path()).isEqualTo(saved);
    assertThat(loaded.state()).isEqualTo(at(1, 23));
    assertThat(loaded.store().entries()).isEqualTo(store(odd).entries());
  }

  @Test
  void weightsAndOptimizerLieApartAndInTheLayoutOfTheDisk() {
    Path saved = checkpoints.save(store(1, 2), at(0, 1));
    var weights = Safetensors.read(saved.resolve("weights.safetensors"));
    assertThat(weights).containsOnlyKeys("fc.weight");
    assertThat(weights.get("fc.weight").shape()).containsExactly(2L, 1L);
    assertThat(Safetensors.read(saved.resolve("optimizer.safetensors")))
        .containsOnlyKeys("optimizer.count");
  }

  @Test
  void theNewestIsThatOfTheLastPhaseAndStepAndTwoAreKept() throws IOException {
    assertThat(checkpoints.latest()).isEmpty();
    assertThat(checkpoints.newest()).isEmpty();
    checkpoints.save(store(1), at(0, 900));
    checkpoints.save(store(2), at(0, 1000));
    checkpoints.save(store(3), at(1, 0));
    assertThat(names()).containsExactly("phase-00-step-000001000", "phase-01-step-000000000");
    assertThat(checkpoints.latest().orElseThrow().store().entries()).isEqualTo(store(3).entries());
  }

  /** A run that goes on from an older checkpoint must not come back to the newer ones. */
  @Test
  void aCheckpointReplacesItsNamesakeAndThoseAfterIt() throws IOException {
    checkpoints.save(store(1), at(0, 5));
    checkpoints.save(store(2), at(0, 6));
    checkpoints.save(store(3), at(0, 5));
    assertThat(names()).containsExactly("phase-00-step-000000005");
    assertThat(checkpoints.latest().orElseThrow().store().entries()).isEqualTo(store(3).entries());
  }

  @Test
  void whatAKilledProcessLeftIsNoCheckpointAndIsTidiedUp() throws IOException {
    Path half = folder.resolve("checkpoints/unfinished-phase-09-step-000000001");
    Files.createDirectories(half);
    Files.writeString(half.resolve("weights.safetensors"), "half");
    assertThat(checkpoints.latest()).isEmpty();
    checkpoints.save(store(1), at(0, 1));
    assertThat(names()).containsExactly("phase-00-step-000000001");
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    Path saved = checkpoints.save(store(1), at(0, 1));
    Files.writeString(saved.resolve("state.json"), "{\"phase\": ");
    assertThatThrownBy(() -> checkpoints.latest())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read the checkpoints in " + folder.resolve("checkpoints"));
    checkpoints.save(store(1), at(0, 1));
    Files.write(saved.resolve("weights.safetensors"), new byte[3]);
    assertThatThrownBy(() -> checkpoints.latest())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("weights.safetensors");
  }

  /** Each would have gone on from another step or with weights in a wrong order, or threw. */
  @Test
  void aStateThatIsNotAsItWasWrittenIsNamed() throws IOException {
    Path saved = checkpoints.save(store(1, 2), at(1, 23));
    String good = Files.readString(saved.resolve("state.json"));
    Map<String, String> damages =
        Map.ofEntries(
            Map.entry("\"LINEAR\"", "\"LINIAR\""),
            Map.entry("\"LINEAR", "\"CONV2D"),
            Map.entry("\"fc.weight\"", "\"fc.wieght\""),
            Map.entry("\"format\" : 1", "\"format\" : 2"),
            Map.entry("\"format\"", "\"fromat\""),
            Map.entry("\"step\" : 23", "\"step\" : 22"),
            Map.entry("\"step\" : 23,", ""),
            Map.entry("\"phase\" : 1", "\"phase\" : \"1\""),
            Map.entry("\"earlier\" : 11", "\"earlier\" : -11"),
            Map.entry("[ 0.5", "[ \"half\""),
            Map.entry("\"LINEAR\"\n  }", "\"LINEAR\"\n  "),
            Map.entry("}\n}\n", "}\n}\n{}"),
            Map.entry(good, ""),
            Map.entry(good.substring(1), ""));
    damages.forEach(
        (what, with) -> {
          write(saved.resolve("state.json"), good.replace(what, with));
          assertThatThrownBy(() -> checkpoints.latest())
              .as(what)
              .isInstanceOf(UserException.class)
              .hasMessageContaining("state.json: ")
              .hasMessageContaining("to go on from the checkpoint before it")
              .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        });
    write(saved.resolve("state.json"), good.replace("LINEAR", "LINIAR"));
    assertThatThrownBy(() -> checkpoints.latest())
        .hasMessage(
            "%s: has the layout 'LINIAR' for 'fc.weight', which this version does not know; delete"
                + " %s to go on from the checkpoint before it",
            saved.resolve("state.json"), saved);
    write(saved.resolve("state.json"), good.replace("\"format\" : 1", "\"format\" : 2"));
    assertThatThrownBy(() -> checkpoints.latest())
        .hasMessageContaining("its format is 2, and this version of Juxta reads format 1");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFailedWriteSaysWhereAndWhatIsLeft() throws IOException {
    Path good = checkpoints.save(store(1), at(0, 1));
    Path file = folder.resolve("blocked");
    Files.writeString(file, "a file");
    assertThatThrownBy(() -> new Checkpoints(file).save(store(2), at(0, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write checkpoint " + file)
        .hasMessageEndingWith("none before it");
    assertThat(checkpoints.newest()).contains(good);
    Value kept = checkpoints.latest().orElseThrow().store().value("fc.weight");
    assertThat(Tensors.floats(kept)).containsExactly(1);
  }
}
