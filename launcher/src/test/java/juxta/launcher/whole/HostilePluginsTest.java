package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.launcher.plugins.PluginJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of strangers that end the process, never come to an end, or take what is taken. */
class HostilePluginsTest {
  private static final String REMEDY = "; report it to the plug-in's author, or remove the jar";

  @TempDir Path root;

  @Test
  void jarsThatExitHaltOrHangAreNamedAndTheOthersWork() {
    Shell shell = Shell.in(root);
    with(shell, "exits", "static { System.exit(3); }");
    with(shell, "halts", "public Mine() { Runtime.getRuntime().halt(4); }");
    with(shell, "hangs", "static { while (System.nanoTime() != 0) Thread.onSpinWait(); }");
    with(
        shell,
        "waits",
        "public Mine() { synchronized (this) { try { wait(); }"
            + " catch (InterruptedException e) {} } }");
    with(
        shell,
        "threads",
        "public Mine() { new Thread(() -> { while (true) Thread.onSpinWait(); })"
            + " { { setDaemon(true); } }.start(); }");
    with(
        shell,
        "interrupts",
        "static { for (Thread t : Thread.getAllStackTraces().keySet()) t.interrupt(); }");
    try (Child child = shell.launch("-Djuxta.plugin-seconds=4", "list methods")) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).as(outcome.err()).isZero();
      String never = " does not come to an end within 4 s" + REMEDY;
      assertThat(outcome.errLines())
          .containsExactly(
              "plug-in not loaded: exits.jar: the constructor of method exits.Mine ended the"
                  + " process with status 3"
                  + REMEDY,
              "plug-in not loaded: halts.jar: the constructor of method halts.Mine ended the"
                  + " process with status 4"
                  + REMEDY,
              "plug-in not loaded: hangs.jar: the constructor of method hangs.Mine" + never,
              "plug-in not loaded: waits.jar: the constructor of method waits.Mine" + never);
      assertThat(outcome.out())
          .contains("simclr", "threads", "interrupts")
          .doesNotContain("exits", "waits");
    }
    assertThat(shell.plugins().resolveSibling("plugins.lock"))
        .content()
        .contains("threads.jar")
        .doesNotContain("exits.jar", "halts.jar", "hangs.jar", "waits.jar");
  }

  @Test
  void whatNeverEndsAtTheEndIsEndedAndNamed() {
    Shell shell = Shell.in(root);
    with(
        shell,
        "lingers",
        "static { Runtime.getRuntime().addShutdownHook(new Thread(() -> {"
            + " while (System.nanoTime() != 0) Thread.onSpinWait(); })); }");
    try (Child child = shell.launch("-Djuxta.plugin-seconds=4", "list methods")) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("simclr", "lingers");
      assertThat(outcome.errLines())
          .singleElement()
          .asString()
          .startsWith(
              "juxta: lingers: what it does when the process ends does not come to an end within"
                  + " 4 s, at lingers.Mine.")
          .endsWith(REMEDY);
    }
  }

  /** One that was trusted while it behaved. */
  @Test
  void aTrustedJarThatHangsIsNamedToo() {
    Shell shell = Shell.in(root);
    with(
        shell,
        "fickle",
        "static { while (System.getenv(\"FICKLE\") != null) Thread.onSpinWait(); }");
    assertThat(shell.run("list methods").out()).contains("fickle");
    try (Child child =
        shell.startWith(
            Map.of("FICKLE", "1", "JDK_JAVA_OPTIONS", "-Djuxta.plugin-seconds=2"),
            "list methods")) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).contains("simclr").doesNotContain("fickle");
      assertThat(outcome.err())
          .contains(
              "plug-in not loaded: fickle.jar: the constructor of method fickle.Mine does not come"
                  + " to an end within 2 s");
    }
  }

  @Test
  void idsThatCameWithJuxtaStayItsOwn() {
    Shell shell = Shell.in(root);
    PluginJars.module("aaa", "1.0")
        .method("aaa.Mine", "simclr", "public String summary() { return \"a stranger\"; }")
        .writeTo(shell.plugins().resolve("aaa.jar"));
    Outcome outcome = shell.run("list methods");
    assertThat(outcome.out()).contains("simclr").doesNotContain("a stranger");
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .startsWith("plug-in not loaded: aaa.jar: method 'simclr' is taken by plug-in juxta.plugin")
        .endsWith(
            "(plugin-baselines.jar), which came with Juxta; have the id changed by the plug-in's"
                + " author, or remove the jar");
  }

  @Test
  void aRebuiltJarIsTrustedWhileItIsDeveloped() {
    Shell shell = Shell.in(root);
    Path lock = shell.plugins().resolveSibling("plugins.lock");
    build(shell, "1.0");
    assertThat(shell.run("list methods").out()).contains("mine 1.0");
    List<String> before = lines(lock);
    build(shell, "1.1");
    assertThat(shell.run("list methods").out()).doesNotContain("mine 1.");
    try (Child child = shell.startWith(Map.of("JUXTA_DEV", "1"), "list methods")) {
      Outcome outcome = child.await();
      assertThat(outcome.out()).contains("mine 1.1");
      assertThat(outcome.errLines()).isEmpty();
    }
    List<String> after = lines(lock);
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.stream().filter(line -> !before.contains(line)))
        .singleElement()
        .asString()
        .endsWith("  mine.jar");
  }

  @Test
  void oneThatClosesTheStreamsSilencesNobody() {
    Shell shell = Shell.in(root);
    with(shell, "closing", "static { System.out.close(); System.err.close(); }");
    try (Child child = shell.start("list methods")) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).contains("simclr").contains("closing");
    }
    try (Child child = shell.start("train simcrl")) {
      assertThat(child.await().err()).contains("no method 'simcrl'");
    }
  }

  /** Nothing is thrown, and the process would end as if all were well, or wait for the run. */
  @Test
  void oneThatExitsWhileItTrainsIsNamed() {
    Shell shell = Shell.in(root);
    Toy.addTo(shell, "task.log(\"halved\", half.length);", "System.exit(0);");
    try (Child child = shell.start(Toy.TRAIN + " --out %s", root.resolve("run"))) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.errLines())
          .filteredOn(line -> line.contains("toy.jar"))
          .singleElement()
          .asString()
          .matches(
              "juxta: toy.jar: method 'toy' ended the process, at"
                  + " toy.Toy.halve\\(Toy.java:\\d+\\)"
                  + REMEDY);
      assertThat(outcome.err()).doesNotContain("stopping after this step");
    }
  }

  /** A class that is first used long after the plug-in was loaded. */
  @Test
  void anInitialiserThatHangsAtFirstUseIsNamed() {
    Shell shell = Shell.in(root);
    Toy.addTo(
        shell,
        "task.log(\"halved\", half.length);",
        "Late.use(); }\n"
            + "private static final class Late {\n"
            + "  static { while (System.nanoTime() != 0) Thread.onSpinWait(); }\n"
            + "  static void use() {} }\n"
            + "private static void rest(TaskContext task, float[] half) {");
    try (Child child =
        shell.launch("-Djuxta.plugin-seconds=4", Toy.TRAIN + " --out %s", root.resolve("run"))) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .containsPattern(
              "juxta: toy.jar: method 'toy' does not come to the end of a static initialiser"
                  + " within 4 s, at toy.Toy\\$Late.<clinit>\\(Toy.java:\\d+\\)"
                  + REMEDY);
    }
  }

  private static void build(Shell shell, String version) {
    PluginJars.module("mine", version)
        .method("mine.Mine", "mine")
        .writeTo(shell.plugins().resolve("mine.jar"));
  }

  private static List<String> lines(Path file) {
    try {
      return java.nio.file.Files.readAllLines(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void with(Shell shell, String name, String members) {
    PluginJars.module(name, "1.0")
        .method(name + ".Mine", name, members)
        .writeTo(shell.plugins().resolve(name + ".jar"));
  }
}
