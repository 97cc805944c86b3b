package juxta.engine.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  @TempDir Path root;

  private Processor with(String flags) {
    return Processor.of(FakeMachine.of(root, flags).host());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sse2 sse4_2                             | SSE4.2  | false | false
          sse2 sse4_2 avx                         | AVX     | false | true
          sse2 sse4_2 avx avx2                    | AVX2    | false | true
          sse2 sse4_2 avx avx2 avx_vnni           | AVX2    | true  | true
          sse2 sse4_2 avx avx2 avx512f            | AVX-512 | false | true
          sse2 sse4_2 avx avx2 avx512f avx512_vnni| AVX-512 | true  | true
          sse2 sse4_2 avx avx2 avx512f amx_bf16   | AMX     | true  | true
          asimd bf16                              | NEON    | false | true
          asimd sve                               | SVE     | false | true
          """)
  void isKnownByItsInstructions(String flags, String best, boolean oneDnn, boolean runs) {
    Processor processor = with(flags);
    assertThat(processor.model()).isEqualTo("Some CPU @ 2.00GHz");
    assertThat(processor.best()).isEqualTo(best);
    assertThat(processor.usesOneDnn(Optional.empty())).isEqualTo(oneDnn);
    assertThat(processor.runsTensorFlow()).isEqualTo(runs);
  }

  @Test
  void theVariableCountsMoreAsTensorFlowReadsIt() {
    assertThat(with(FakeMachine.AVX2).usesOneDnn(Optional.of("1"))).isTrue();
    assertThat(with(FakeMachine.AVX2).usesOneDnn(Optional.of("TRUE"))).isTrue();
    assertThat(with(FakeMachine.AMX).usesOneDnn(Optional.of("false"))).isFalse();
    assertThat(with(FakeMachine.AMX).usesOneDnn(Optional.of("yes"))).isTrue(); // TensorFlow warns
    assertThat(with("asimd").usesOneDnn(Optional.of("1"))).isFalse();
  }

  @Test
  void bf16NeedsInstructionsOfItsOwn() {
    assertThat(with(FakeMachine.AMX).lacksForBf16()).isEmpty();
    assertThat(with(FakeMachine.VNNI + " avx512_bf16").lacksForBf16()).isEmpty();
    assertThat(with(FakeMachine.VNNI).lacksForBf16()).contains("avx512_bf16 and amx_bf16");
    assertThat(with(FakeMachine.AVX2).lacksForBf16()).isPresent();
  }

  @Test
  void aSystemThatSaysNothingIsNoFault() {
    Processor unknown = Processor.of(new Host(root, java.util.Map.of()));
    assertThat(unknown.best()).isEqualTo(System.getProperty("os.arch"));
    assertThat(unknown.instructions()).isEmpty();
    assertThat(unknown.runsTensorFlow()).isTrue();
  }
}
