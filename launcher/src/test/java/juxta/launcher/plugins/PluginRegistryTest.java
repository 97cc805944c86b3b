package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class PluginRegistryTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path root;

  private Path plugins;

  @BeforeEach
  void name() {
    plugins = root.resolve("plugins");
  }

  private PluginRegistry load() {
    return PluginRegistry.load(plugins, root.resolve("plugins.lock"));
  }

  @Test
  void noFolderMeansNoPlugins() {
    PluginRegistry registry = load();

    assertThat(registry.plugins()).isEmpty();
    assertThat(registry.faults()).isEmpty();
    assertThatThrownBy(() -> registry.require(Method.class, "simclr"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "no method 'simclr'; known: none; put the jar that has it into %s".formatted(plugins));
  }

  @Test
  void jarIsListedWithVersionHashAndIds() {
    Path jar = PluginJars.module("good.one", "1.2").method("good.Mine", "mine").writeTo(good());

    PluginRegistry registry = load();

    assertThat(registry.faults()).isEmpty();
    assertThat(registry.plugins())
        .singleElement()
        .satisfies(
            plugin -> {
              assertThat(plugin.label()).isEqualTo("good.one 1.2");
              assertThat(plugin.location()).isEqualTo(jar);
              assertThat(plugin.sha256()).containsOnlyKeys("good.jar");
              assertThat(plugin.components()).isEqualTo(Map.of("method", List.of("mine")));
            });
    assertThat(registry.require(Method.class, "mine").component().summary()).isEqualTo("a method");
  }

  @Test
  void versionComesFromTheManifestWhereTheModuleHasNone() {
    PluginJars.module("a.one", "").method("a.One", "one").writeTo(plugins.resolve("a.jar"));
    PluginJars.module("b.two", "")
        .method("b.Two", "two")
        .manifest("Implementation-Version", "7.1")
        .writeTo(plugins.resolve("b.jar"));

    assertThat(load().plugins()).extracting(Plugin::version).containsExactly("development", "7.1");
  }

  @Test
  void pluginsCarryDifferentVersionsOfOneLibrary() {
    for (String version : List.of("1.0", "2.0")) {
      String plugin = "plugin" + version.charAt(0);
      Path library =
          PluginJars.library("a.library", version)
              .directive("exports a.library;")
              .source(
                  "a.library.Version",
                  "package a.library; public class Version {"
                      + " public static String get() { return \"%s\"; } }".formatted(version))
              .writeTo(plugins.resolve(plugin).resolve("library.jar"));
      PluginJars.module(plugin, "0.1")
          .directive("requires a.library;")
          .against(library)
          .method(
              plugin + ".Mine",
              plugin,
              "public String summary() { return a.library.Version.get(); }")
          .writeTo(plugins.resolve(plugin).resolve("mine.jar"));
    }

    PluginRegistry registry = load();

    assertThat(registry.faults()).isEmpty();
    assertThat(registry.all(Method.class))
        .extracting(method -> method.component().summary())
        .containsExactly("1.0", "2.0");
    assertThat(registry.plugins().get(0).sha256())
        .containsOnlyKeys("plugin1/library.jar", "plugin1/mine.jar");
  }

  @Test
  void aProviderMethodServesToo() {
    PluginJars.module("good.one", "1")
        .method("good.Mine", "mine", "public static Method provider() { return new Mine(); }")
        .writeTo(good());

    assertThat(load().faults()).isEmpty();
    assertThat(load().require(Method.class, "mine").component().summary()).isEqualTo("a method");
  }

  @Test
  void aMethodMayKnowTheOthers() {
    String among =
        """
        private String summary = "alone";
        public String summary() { return summary; }
        public Method among(java.util.List<Method> all) {
          Wrapper known = new Wrapper();
          known.summary = String.join(" ", all.stream().map(Method::id).toList());
          return known;
        }
        """;
    PluginJars.module("a.wrapper", "1")
        .method("a.Wrapper", "wrapper", among)
        .writeTo(plugins.resolve("a.jar"));
    PluginJars.module("b.other", "1").method("b.Other", "other").writeTo(good());

    PluginRegistry registry = load();

    assertThat(registry.faults()).isEmpty();
    assertThat(registry.require(Method.class, "wrapper").component().summary())
        .isEqualTo("other wrapper");
    assertThat(registry.require(Method.class, "wrapper").plugin().name()).isEqualTo("a.wrapper");
    assertThat(registry.require(Method.class, "other").component().summary()).isEqualTo("a method");
  }

  @Test
  void aMethodThatFailsAmongTheOthersStaysAsItWas() {
    Map<String, String> failing =
        Map.of(
            "thrown", "throw new IllegalStateException(\"too many\");",
            "lost", "return null;",
            "other", "return new Good();");
    failing.forEach(
        (name, body) ->
            PluginJars.module("a." + name, "1")
                .method(
                    "a." + name + ".Bad",
                    name,
                    "public Method among(java.util.List<Method> all) { " + body + " }")
                .methodClass("a." + name + ".Good", "good", "")
                .writeTo(plugins.resolve(name + ".jar")));

    PluginRegistry registry = load();

    assertThat(registry.all(Method.class))
        .extracting(Registered::id)
        .containsExactly("lost", "other", "thrown");
    assertThat(registry.faults())
        .extracting(Object::toString)
        .hasSize(3)
        .allMatch(fault -> fault.contains("among() of method a."))
        .anyMatch(fault -> fault.startsWith("thrown.jar") && fault.contains("too many"))
        .anyMatch(fault -> fault.startsWith("other.jar") && fault.contains("it became 'good'"))
        .anyMatch(fault -> fault.startsWith("lost.jar"));
  }

  @Test
  void idsAreInNaturalOrder() {
    PluginJars jar = PluginJars.module("good.one", "1");
    jar.directive("provides juxta.api.Method with good.C, good.A, good.B;");
    for (String id : List.of("C:m101", "A:m18", "B:m9")) {
      String name = "good." + id.charAt(0);
      jar.methodClass(name, id.substring(2), "");
    }
    jar.writeTo(good());

    assertThat(load().all(Method.class))
        .extracting(Registered::id)
        .containsExactly("m9", "m18", "m101");
  }

  @Test
  void anIdThatIsUnknownIsAnsweredWithTheNearestAndAllKnown() {
    PluginJars.module("good.one", "1.2").method("good.Mine", "simclr").writeTo(good());
    PluginRegistry registry = load();

    assertThatThrownBy(() -> registry.require(Method.class, "simclrr"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "no method 'simclrr'; did you mean 'simclr'? known: simclr; put the jar that has it"
                + " into "
                + plugins);
    assertThatThrownBy(() -> registry.require(Encoder.class, "simclr"))
        .hasMessage(
            "no encoder 'simclr' (it is one of the methods); known: none; put the jar that has it"
                + " into "
                + plugins);
  }

  private Path good() {
    return plugins.resolve("good.jar");
  }
}
