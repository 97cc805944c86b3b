package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import juxta.engine.hardware.Card;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Processor;
import juxta.engine.run.Overrides;
import org.junit.jupiter.api.Test;

/** What is refused before a run begins, on machines that a build need not have. */
class RunsOnTest {
  /** TensorFlow for cards, some cards, and a processor with AVX2 alone. */
  private record Fake(List<Card> cards, boolean toolkit) implements Devices {
    @Override
    public Device.OnProcessor processor() {
      Set<String> flags = new LinkedHashSet<>(List.of("sse2", "avx", "avx2"));
      return new Device.OnProcessor(new Processor("some", flags), 4, true);
    }

    @Override
    public boolean gpuBuild() {
      return true;
    }

    @Override
    public int cardCount() {
      return cards.size();
    }

    @Override
    public void openTogether(List<Integer> numbers) {}

    @Override
    public Optional<Card> card(int number) {
      return cards.stream().skip(number).findFirst();
    }

    @Override
    public String lack(int number) {
      return "there is none; buy one";
    }

    @Override
    public Optional<String> objectionToXla() {
      return toolkit ? Optional.empty() : Optional.of("a part is missing; install it");
    }
  }

  private static final Card CARD = new Card(0, "NVIDIA A100", OptionalDouble.of(8), 1L << 36);

  private static List<String> mistakes(Fake machine, String... values) {
    Map<String, String> given = new HashMap<>();
    for (String value : values) {
      given.put(value.replaceFirst("=.*", ""), value.replaceFirst(".*=", ""));
    }
    return RunsOn.mistakes(Overrides.typed(given), machine);
  }

  @Test
  void whatTheMachineCannotDoIsRefused() {
    Fake with = new Fake(List.of(CARD), true);
    Fake without = new Fake(List.of(), true);
    assertThat(mistakes(with)).isEmpty();
    assertThat(mistakes(without)).isEmpty();
    assertThat(mistakes(with, "device=gpu:0", "precision=bf16", "xla=true")).isEmpty();
    assertThat(mistakes(with, "device=gpu:1"))
        .containsExactly(
            "device: gpu:1 was asked for, but there is none; buy one, or use --device cpu");
    assertThat(mistakes(without, "precision=bf16"))
        .singleElement()
        .asString()
        .contains("this processor lacks avx512_bf16 and amx_bf16", "use --precision float32");
    assertThat(mistakes(with, "precision=bf16", "device=cpu")).hasSize(1);
    assertThat(mistakes(with, "precision=auto", "device=cpu")).isEmpty();
    assertThat(mistakes(without, "xla=true"))
        .singleElement()
        .asString()
        .contains("it is for cards", "leave --xla out");
    assertThat(mistakes(new Fake(List.of(CARD), false), "xla=true"))
        .singleElement()
        .asString()
        .contains("a part is missing; install it; else leave --xla out");
    assertThat(mistakes(with, "device=cup"))
        .singleElement()
        .asString()
        .contains("'cup' is none of auto, cpu, gpu:N");
  }
}
