package juxta.engine.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardsTest {
  @TempDir Path root;

  private FakeMachine machine;

  @BeforeEach
  void make() {
    machine = FakeMachine.of(root, FakeMachine.AVX2);
  }

  @Test
  void areWhatTheDriversToolSays() {
    Cards cards = Cards.of(machine.cards(FakeMachine.H100 + FakeMachine.T4).host());
    assertThat(cards.driver()).contains("550.54.15");
    assertThat(cards.cards())
        .containsExactly(
            new Card(0, "NVIDIA H100 80GB HBM3", OptionalDouble.of(9), 81559L << 20),
            new Card(1, "Tesla T4", OptionalDouble.of(7.5), 15360L << 20));
  }

  @Test
  void areNumberedAsTheVariableSays() {
    machine.cards(FakeMachine.H100 + FakeMachine.T4);
    machine.variable("CUDA_VISIBLE_DEVICES", "1,0");
    assertThat(Cards.of(machine.host()).cards())
        .extracting(Card::name)
        .containsExactly("Tesla T4", "NVIDIA H100 80GB HBM3");
    machine.variable("CUDA_VISIBLE_DEVICES", "GPU-3c");
    assertThat(Cards.of(machine.host()).cards())
        .extracting(Card::number, Card::name)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(0, "Tesla T4"));
    machine.variable("CUDA_VISIBLE_DEVICES", "0,7,1"); // ends at the first that is not there
    assertThat(Cards.of(machine.host()).cards()).hasSize(1);
    machine.variable("CUDA_VISIBLE_DEVICES", "");
    assertThat(Cards.of(machine.host()).cards()).isEmpty();
  }

  @Test
  void areNamedByTheDriverWhereItsToolIsNotThere() {
    machine
        .broken("nvidia-smi")
        .file(
            "/proc/driver/nvidia/version",
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12\nGCC 12.2.0\n")
        .file(
            "/proc/driver/nvidia/gpus/0000:01:00.0/information",
            "Model: \t\t NVIDIA A10\nIRQ: 1\nGPU UUID: \t GPU-5e6f\n");
    Cards cards = Cards.of(machine.host());
    assertThat(cards.driver()).contains("535.183.01");
    assertThat(cards.cards()).containsExactly(new Card(0, "NVIDIA A10", OptionalDouble.empty(), 0));
  }

  @Test
  void noneIsNoFault() {
    assertThat(Cards.of(machine.host()))
        .isEqualTo(new Cards(java.util.List.of(), java.util.Optional.empty()));
  }
}
