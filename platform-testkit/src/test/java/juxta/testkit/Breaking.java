package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** A contract that cannot fail is worth nothing: every promise is broken by some component. */
final class Breaking {
  private Breaking() {}

  /**
   * Tests of a contract.
   *
   * @param good keeps all promises, none of which is skipped
   * @param contract makes the promises of a component
   * @param breakers components by the promise that they break
   */
  static <C> Stream<DynamicTest> tests(
      C good, Function<C, List<Promise>> contract, Map<String, List<C>> breakers) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "each promise is broken by some component",
            () ->
                assertThat(contract.apply(good).stream().map(Promise::words))
                    .containsExactlyInAnyOrderElementsOf(breakers.keySet())));
    contract.apply(good).forEach(promise -> tests.add(kept(promise)));
    breakers.forEach(
        (words, list) -> list.forEach(c -> tests.add(broken(words, contract.apply(c)))));
    return tests.stream();
  }

  private static DynamicTest kept(Promise promise) {
    return DynamicTest.dynamicTest(
        "kept: " + promise.words(),
        () -> {
          try {
            promise.test("good").getExecutable().execute();
          } catch (TestAbortedException skipped) {
            throw new AssertionError("skipped", skipped);
          }
        });
  }

  private static DynamicTest broken(String words, List<Promise> promises) {
    Promise promise =
        promises.stream().filter(p -> p.words().equals(words)).findFirst().orElseThrow();
    return DynamicTest.dynamicTest(
        "broken: " + words,
        () ->
            assertThatThrownBy(() -> promise.test("bad").getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("bad promises that " + words + "; found: "));
  }
}
