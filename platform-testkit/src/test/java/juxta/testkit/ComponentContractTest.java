package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Component;
import juxta.api.Reference;
import juxta.api.Setting;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ComponentContractTest {
  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.Part(),
        ComponentContract::promises,
        Map.of(
            ComponentContract.ID, List.of(named("Upper"), named("")),
            ComponentContract.SUMMARY, List.of(summed("one.\n"), summed("a\nb"), summed(" ")),
            ComponentContract.CONSTRUCTOR, List.of(named("anonymous"), new Closed()),
            ComponentContract.KEYS, List.of(with(Good.RATE, Good.RATE)),
            ComponentContract.DESCRIPTIONS,
                List.of(
                    with(Setting.integer("k", 0).source("here")),
                    with(Setting.integer("k").describe("number of neighbours")),
                    with(Setting.integer("k", 0).describe("number of neighbours"))),
            ComponentContract.REFERENCE, List.of(citing("", 2020), citing("A", 0))));
  }

  @TestFactory
  Stream<DynamicTest> module() {
    Module none = String.class.getModule();
    return Stream.of(
            new Promise(
                "ids are told apart",
                () -> ModuleContract.ids(List.of(new Good.Part(), new Good.GoodLoss()))),
            breaks(ModuleContract.promises(getClass().getClassLoader().getUnnamedModule()).get(0)),
            breaks(ModuleContract.promises(none).get(1)),
            breaks(
                new Promise(
                    ModuleContract.IDS,
                    () -> ModuleContract.ids(List.of(new Good.GoodLoss(), new Good.GoodLoss())))))
        .map(p -> p.test("module"));
  }

  private static Promise breaks(Promise promise) {
    return new Promise(
        "breaks: " + promise.words(),
        () ->
            org.assertj.core.api.Assertions.assertThatThrownBy(
                    () -> promise.test("bad").getExecutable().execute())
                .hasMessageStartingWith("bad promises that " + promise.words()));
  }

  private static final class Closed extends Good.Part {}

  private static Component named(String id) {
    return new Good.Part() {
      @Override
      public String id() {
        return id;
      }
    };
  }

  private static Component summed(String summary) {
    return new Good.Part() {
      @Override
      public String summary() {
        return summary;
      }
    };
  }

  private static Component with(Setting<?>... settings) {
    return new Good.Part() {
      @Override
      public List<Setting<?>> settings() {
        return List.of(settings);
      }
    };
  }

  private static Component citing(String authors, int year) {
    return new Good.Part() {
      @Override
      public Optional<Reference> reference() {
        return Optional.of(new Reference(authors, "title", year, "https://example.org"));
      }
    };
  }
}
