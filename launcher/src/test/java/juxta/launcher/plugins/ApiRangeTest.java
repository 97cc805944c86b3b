package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import juxta.engine.catalogue.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRangeTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [0.1,0.2)  | 0.1.0 0.1 0.1.9 0.1.7-SNAPSHOT | 0.0.9 0.2.0 0.2 0.2.0-SNAPSHOT 1.1
          (0.1,0.2]  | 0.1.1 0.2.0 0.2                | 0.1.0 0.1 0.2.1
          [1.2,)     | 1.2 1.10 2.0.0                 | 1.1.9 0.9
          (,1.0)     | 0.1.0                          | 1.0.0 1.0.0-rc1
          [0.1]      | 0.1 0.1.0                      | 0.1.1
          [ 1 , 2 ]  | 1.0 2.0.0                      | 2.0.1
          0.1        | 0.1.0 7                        | 0.0.9
          [0.9,0.10] | 0.9.5 0.10.0                   | 0.1.0 0.11
          """)
  void holds(String range, String within, String outside) {
    ApiRange parsed = ApiRange.parse(range).orElseThrow();
    assertThat(within.strip().split(" +")).allMatch(parsed::holds);
    assertThat(outside.strip().split(" +")).noneMatch(parsed::holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "[", "[]", "[0.2,0.1)", "[1,1)", "[1,2", "1,2", "[1,2),[3,4)", "[a,b]"})
  void isNone(String text) {
    assertThat(ApiRange.parse(text)).isEmpty();
  }

  /** Classes are never reached: the constructors would end in errors of their own. */
  @Test
  void isCheckedBeforeAnythingIsLoaded() {
    jar("outside", "[7.1,7.2)");
    jar("nonsense", "any");
    assertThat(load().faults())
        .map(Fault::toString)
        .containsExactly(
            "nonsense.jar: declares Juxta-Api 'any', which is no range; have its author write one"
                + " such as [0.1,0.2)",
            "outside.jar: is for juxta.api [7.1,7.2), this is "
                + version()
                + "; get a build of it for Juxta "
                + version()
                + ", or a Juxta in that range");
  }

  /** Its author has tried it with versions that a guess from the build would refuse. */
  @Test
  void whatIsDeclaredCountsMoreThanWhatItWasBuiltFor() {
    Path api = PluginJars.reversion("juxta.api", "0.0.7", root.resolve("other-api.jar"));
    PluginJars.module("wide", "1.0")
        .method("wide.Mine", "wide")
        .instead(api)
        .manifest(ApiRange.ATTRIBUTE, "[0.0.7," + version() + "]")
        .writeTo(root.resolve("plugins/wide.jar"));
    PluginJars.module("bare", "1.0")
        .method("bare.Mine", "bare")
        .instead(api)
        .writeTo(root.resolve("plugins/bare.jar"));
    List<Fault> faults = load().faults();
    assertThat(faults).extracting(Fault::jar).containsExactly("bare.jar");
  }

  private void jar(String name, String range) {
    PluginJars.module(name, "1.0")
        .method(name + ".Mine", name, "public Mine() { throw new Error(\"reached\"); }")
        .manifest(ApiRange.ATTRIBUTE, range)
        .writeTo(root.resolve("plugins/" + name + ".jar"));
  }

  private PluginRegistry load() {
    return PluginRegistry.load(root.resolve("plugins"), root.resolve("plugins.lock"));
  }

  private static String version() {
    return Platform.current().version(Platform.API).orElseThrow();
  }
}
