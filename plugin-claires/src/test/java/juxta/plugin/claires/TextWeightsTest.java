package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import juxta.api.Dataset;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StandInTask;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextWeightsTest {
  private static final TextPlan PLAN = new TextPlan(7, 5, 4, 2, 2, 6, 0);
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String LIN1 = "transformer.layer.1.ffn.lin1.weight";

  @TempDir Path folder;

  private Path file;
  private Map<String, Value> weights;

  @BeforeEach
  void write() {
    file = folder.resolve("weights.safetensors");
    weights = new TreeMap<>(Bench.drawn(TextWeights.parameters(PLAN), 1));
    TextWeights.write(file, PLAN, weights::get);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(TextWeights.read(file, PLAN)).isEqualTo(weights);
  }

  /** PyTorch keeps [out, in]. */
  @Test
  void filesAreLaidOutAsPyTorchHasThem() {
    Map<String, Value> stored = Safetensors.read(file);
    assertThat(stored.keySet()).isEqualTo(weights.keySet());
    assertThat(stored.get(LIN1).shape()).isEqualTo(List.of(6L, 4L));
    assertThat(stored.get(WORDS).shape()).isEqualTo(List.of(7L, 4L));
    float[] ours = Tensors.floats(weights.get(LIN1)); // [4, 6]
    float[] theirs = Tensors.floats(stored.get(LIN1)); // [6, 4]
    assertThat(theirs[5 * 4 + 3]).isEqualTo(ours[3 * 6 + 5]);
    assertThat(theirs[1]).isEqualTo(ours[6]);
  }

  @Test
  void modelsWithAHeadAreReadWithoutIt() {
    Map<String, Value> prefixed = new LinkedHashMap<>();
    Safetensors.read(file).forEach((name, value) -> prefixed.put("distilbert." + name, value));
    prefixed.put("vocab_projector.bias", Tensors.floats(new long[] {7}, new float[7]));
    Safetensors.writeValues(file, prefixed, Map.of());
    assertThat(TextWeights.read(file, PLAN)).isEqualTo(weights);
  }

  @Test
  void filesThatDoNotFitAreRefused() {
    refused(new TextPlan(8, 5, 4, 2, 2, 6, 0), WORDS, "set vocabulary to the vocab.txt");
    refused(new TextPlan(7, 5, 4, 2, 2, 9, 0), "ffn.lin1", "set text-width, text-hidden");
    refused(new TextPlan(7, 5, 4, 3, 2, 6, 0), "lacks 16 of 52 weights", "transformer.layer.2");
  }

  private void refused(TextPlan plan, String... words) {
    assertThatThrownBy(() -> TextWeights.read(file, plan))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("text-weights")
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void wholeNumbersAreNoWeights() {
    Map<String, Value> wrong = new LinkedHashMap<>(Safetensors.read(file));
    wrong.put(WORDS, Tensors.ints(new long[] {7, 4}, new int[28]));
    Safetensors.writeValues(file, wrong, Map.of());
    refused(PLAN, WORDS, "holds no floats");
  }

  /** Cut off or with bytes turned over at random: a file is read or refused, nothing else. */
  @Test
  void damagedFilesAreRefusedInOneLine() throws IOException {
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = i < 100 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
      for (int k = 0; k < (i < 100 ? 0 : 3); k++) {
        bytes[random.nextInt(3000)] ^= (byte) (1 << random.nextInt(8)); // in the header
      }
      Files.write(file, bytes);
      try {
        TextWeights.read(file, PLAN);
      } catch (UserException e) {
        assertThat(e.problems()).hasSize(1);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  @Test
  void aRunTakesWeightsAndLeavesItsOwn() throws IOException {
    Path vocabulary = folder.resolve("own.txt");
    Files.writeString(vocabulary, "[PAD]\n[UNK]\n[CLS]\n[SEP]\nshadow\nupper\nlower\n");
    Dataset films = TinyFilms.of(8, 0, 4);
    Setup setup =
        Trials.setup(
            films,
            folder,
            "vocabulary=" + vocabulary,
            "text-weights=" + file,
            "text-layers=2",
            "text-width=4",
            "text-hidden=6",
            "text-positions=5",
            "max-tokens=5");
    StandInTask context = new StandInTask(films, folder);
    Trials.task(setup, "vocabulary").body().accept(context);
    assertThat(context.written().keySet()).allMatch(name -> name.startsWith("text."));
    assertThat(context.written().get("text." + LIN1)).isEqualTo(weights.get(LIN1));
    Trials.task(setup, "text-encoder").body().accept(context);
    assertThat(Safetensors.read(folder.resolve("text-encoder.safetensors")))
        .isEqualTo(Safetensors.read(file));
  }
}
