package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes one jar, or folder of jars, of every kind that cannot be used, beside good ones. */
final class BrokenJars {
  private static final String VERSION = Platform.current().version(Platform.API).orElseThrow();

  private final Path plugins;
  private final Path aside;

  BrokenJars(Path plugins, Path aside) {
    this.plugins = plugins;
    this.aside = aside;
  }

  void write() throws IOException {
    Files.createDirectories(plugins);
    notWhole();
    notModules();
    notForHere();
    clashing();
    badProviders();
    throwing();
    badDescriptions();
    outOfStep();
    good("a-good").writeTo(jar("a-good"));
    good("z-good").writeTo(jar("z-good"));
  }

  private void notWhole() throws IOException {
    Files.createFile(jar("empty"));
    Files.writeString(jar("text"), "<html>404</html>");
    byte[] whole = Files.readAllBytes(good("cut").writeTo(aside.resolve("cut.jar")));
    Files.write(jar("cut"), Arrays.copyOf(whole, whole.length / 2));
    good("garbled")
        .without("garbled/Mine.class")
        .entry("garbled/Mine.class", "not a class".getBytes())
        .writeTo(jar("garbled"));
    good("nonsense")
        .withoutDescriptor()
        .entry("module-info.class", "not a module".getBytes())
        .writeTo(jar("nonsense"));
  }

  private void notModules() throws IOException {
    good("plain").withoutDescriptor().writeTo(jar("plain"));
    library("useless", "1.0").writeTo(jar("useless"));
    Files.createDirectories(plugins.resolve("hollow"));
  }

  private void notForHere() {
    Path needed = library("needed", "1.0").writeTo(aside.resolve("needed.jar"));
    good("needy").directive("requires needed;").against(needed).writeTo(jar("needy"));
    good("vector").directive("requires jdk.incubator.vector;").writeTo(jar("vector"));
    Path api = PluginJars.reversion("juxta.api", "0.7.3", aside.resolve("other-api.jar"));
    good("alien").instead(api).writeTo(jar("alien"));
    good("modern").classVersion("module-info.class", 99).writeTo(jar("modern"));
    good("half-modern", "half.modern")
        .classVersion("half/modern/Mine.class", 99)
        .writeTo(jar("half-modern"));
  }

  private void clashing() {
    good("hoarder").entry("juxta/api/Loss.class", new byte[0]).writeTo(jar("hoarder"));
    good("shader").entry("org/tensorflow/op/Ops.class", new byte[0]).writeTo(jar("shader"));
    good("usurper").entry("java/util/List.class", new byte[0]).writeTo(jar("usurper"));
    good("packed").writeTo(jar("packed/plugin"));
    PluginJars.reversion("juxta.api", VERSION, jar("packed/api"));
    good("split").writeTo(jar("split/plugin"));
    PluginJars.library("split.one", "1")
        .source("shared.Thing", "package shared; public class Thing {}")
        .writeTo(jar("split/one"));
    PluginJars.library("split.two", "1")
        .source("shared.Thing", "package shared; public class Thing {}")
        .writeTo(jar("split/two"));
    good("twice").writeTo(jar("twice/a"));
    good("twice").writeTo(jar("twice/b"));
    good("a-good").writeTo(jar("a-good-copy"));
    PluginJars.module("echo", "1.0")
        .methodClass("echo.One", "echo", "")
        .methodClass("echo.Two", "echo", "")
        .directive("provides juxta.api.Method with echo.One, echo.Two;")
        .writeTo(jar("echo"));
    PluginJars.module("taker", "1.0")
        .methodClass("taker.Free", "taker-free", "")
        .methodClass("taker.Taken", "a-good", "")
        .directive("provides juxta.api.Method with taker.Free, taker.Taken;")
        .writeTo(jar("taker"));
  }

  private void badProviders() {
    good("lost")
        .without("lost/Mine.class")
        .entry("lost/Other.class", new byte[0])
        .writeTo(jar("lost"));
    PluginJars.module("vain", "1.0")
        .directive("provides juxta.api.Method with vain.Mine;")
        .methodClass("vain.Mine", "vain", "public static Method provider() { return null; }")
        .writeTo(jar("vain"));
  }

  private void throwing() {
    with("boom", "public Mine() { throw new IllegalStateException(\"no\\nlicence\\u001b[31m\"); }");
    with("initial", "static final int ONE = Integer.parseInt(\"one\");");
    with("deep", "public Mine() { new Mine(); }");
    with("error", "public Mine() { throw new Error(\"mean\"); }");
    PluginJars.module("partial", "1.0")
        .methodClass("partial.Fine", "partial-fine", "")
        .methodClass("partial.Bad", "partial-bad", "public Bad() { throw new Error(\"bad\"); }")
        .directive("provides juxta.api.Method with partial.Bad, partial.Fine;")
        .writeTo(jar("partial"));
  }

  private void badDescriptions() {
    with("shout", "public String id() { return \"SimCLR\"; }");
    with("nameless", "public String id() { return null; }");
    with("wordy", "public String summary() { return \"two\\nlines\"; }");
    with("mute", "public String summary() { throw new UnsupportedOperationException(); }");
    with("unset", "public java.util.List<Setting<?>> settings() { return null; }");
    with(
        "doubled",
        "public java.util.List<Setting<?>> settings() {"
            + " return java.util.List.of(Setting.integer(\"k\", 1), Setting.integer(\"k\", 2)); }");
    with("unreferenced", "public java.util.Optional<Reference> reference() { return null; }");
  }

  private void outOfStep() {
    Path api = oldApi(aside.resolve("old-api.jar"));
    old("stale", "public Mine() { Component.gone(); }", api);
    old("later", "", api);
    PluginJars.module("bare", "1.0")
        .method("bare.Mine", "bare", "public Mine() { new Helper(); }")
        .source("bare.Helper", "package bare; class Helper {}")
        .without("bare/Helper.class")
        .writeTo(jar("bare"));
  }

  /** An api of the right version number that is not the right one. */
  private static Path oldApi(Path jar) {
    return PluginJars.library("juxta.api", VERSION)
        .directive("exports juxta.api;")
        .source(
            "juxta.api.Component",
            "package juxta.api; public interface Component { String id(); String summary();"
                + " static void gone() {} }")
        .source(
            "juxta.api.Method", "package juxta.api; public interface Method extends Component {}")
        .writeTo(jar);
  }

  private void old(String name, String members, Path api) {
    PluginJars.module(name, "1.0")
        .provider("juxta.api.Method", name + ".Mine")
        .source(
            name + ".Mine",
            "package %s; import juxta.api.*; public class Mine implements Method { %s public String"
                    .formatted(name, members)
                + " id() { return \"%s\"; } public String summary() { return \"old\"; } }"
                    .formatted(name))
        .instead(api)
        .writeTo(jar(name));
  }

  private void with(String name, String members) {
    PluginJars.module(name, "1.0").method(name + ".Mine", name, members).writeTo(jar(name));
  }

  private static PluginJars good(String name) {
    return good(name, name.replace("-", ""));
  }

  private static PluginJars good(String name, String module) {
    return PluginJars.module(module, "1.0").method(module + ".Mine", name);
  }

  private static PluginJars library(String module, String version) {
    return PluginJars.library(module, version)
        .source(module + ".Thing", "package " + module + "; public class Thing {}");
  }

  private Path jar(String name) {
    return plugins.resolve(name + ".jar");
  }
}
