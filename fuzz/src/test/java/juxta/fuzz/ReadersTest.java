package juxta.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first inputs of every reader's long run. Each ends with success or with a mistake of a user,
 * within ten seconds and the memory of this process, which is 256 MB.
 */
class ReadersTest {
  private static final int INPUTS = Integer.getInteger("juxta.fuzz-inputs", 80);
  private static final Path FAILURES = Path.of("target", "failures");

  @TempDir private Path work;

  static Stream<Target> targets() {
    return Targets.all().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void endAsTheyMust(Target target) {
    List<Escape> escapes =
        new Trials(new Inputs(target, 1), FAILURES, work).run(0, INPUTS, done -> {});
    assertThat(escapes).isEmpty();
  }

  @Test
  void anInputIsMadeFromItsNumberAlone() {
    for (Target target : Targets.all().subList(0, 3)) {
      for (int number : List.of(0, 17, 9_999)) {
        assertThat(new Inputs(target, 5).make(number))
            .isEqualTo(new Inputs(target, 5).make(number));
      }
      assertThat(new Inputs(target, 5).make(9_999)).isNotEqualTo(new Inputs(target, 6).make(9_999));
    }
  }

  /** What holds readers to their promise sees what breaks it. */
  @Test
  void whatEscapesIsCaught() {
    assertThat(escape(input -> List.of(input).get(1))).contains("IndexOutOfBounds");
    assertThat(escape(input -> new byte[1 << 29][0])).contains("OutOfMemoryError");
    assertThat(escape(ReadersTest::deeper)).contains("StackOverflowError");
    assertThat(
            escape(
                input -> {
                  throw new juxta.api.UserException(" ");
                }))
        .contains("an empty line");
  }

  private interface Reader {
    Object read(byte[] input);
  }

  private static Object deeper(Object of) {
    return List.of(deeper(of));
  }

  private String escape(Reader reader) {
    Target target =
        new Target("broken", List.of(new byte[9]), b -> b, (folder, in) -> reader.read(in));
    return new Trials(new Inputs(target, 1), work.resolve("failures"), work)
        .run(1, 2, done -> {})
        .get(0)
        .toString();
  }
}
