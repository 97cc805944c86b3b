package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import juxta.api.Method;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder crowded with jars that cannot be used: each is reported in one line, the rest work. */
class FaultsTest {
  private static final String HERE = Platform.current().versions();
  private static final String VERSION = Platform.current().version(Platform.API).orElseThrow();

  @TempDir static Path root;

  private static PluginRegistry registry;

  @BeforeAll
  static void load() throws IOException {
    new BrokenJars(root.resolve("plugins"), root.resolve("aside")).write();
    registry = PluginRegistry.load(root.resolve("plugins"), root.resolve("plugins.lock"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a-good-copy.jar | has module agood, as has a-good.jar | remove one of the two
          alien.jar | was built for juxta.api 0.7.3, this is VERSION | get a build of it for \
          Juxta VERSION
          bare.jar | lacks class bare.Helper, met by the constructor of method bare.Mine | put \
          the jar that has the class beside it, or get a build of it for HERE
          boom.jar | the constructor of method boom.Mine threw IllegalStateException: no \
          licence [31m | report it to the plug-in's author, or remove the jar
          cut.jar | is not a whole jar (ZipException: zip END header not found) | copy or \
          download it again
          deep.jar | the constructor of method deep.Mine threw StackOverflowError | report it \
          to the plug-in's author, or remove the jar
          doubled.jar | the method doubled.Mine has the setting 'k' twice | report it to the \
          plug-in's author, or remove the jar
          echo.jar | has method 'echo' twice, as echo.Two too | report it to the plug-in's author, \
          the first is used
          empty.jar | is not a whole jar (ZipException: zip file is empty) | copy or download \
          it again
          error.jar | the constructor of method error.Mine threw Error: mean | report it to \
          the plug-in's author, or remove the jar
          garbled.jar | has a damaged class (ClassFormatError: Incompatible magic value \
          1852797984 in class file garbled/Mine) | copy or download it again
          half-modern.jar | was compiled for Java 55, this is Java FEATURE | start Juxta with Java \
          55, or get a build of it for Java FEATURE
          hoarder.jar | clashes with Juxta: has its own copy of package juxta.api of juxta.api \
          | leave it out of the jar, or rename the package
          hollow | holds no jar | put the plug-in's jar into the folder, or remove the folder
          initial.jar | the static initialiser reached by the constructor of method \
          initial.Mine threw NumberFormatException: For input string: "one" | report it to the \
          plug-in's author, or remove the jar
          lost.jar | provides a service wrongly (juxta.api.Method: Provider lost.Mine not \
          found) | a provider is a public class that is in the jar and has a public \
          constructor without parameters
          modern.jar | was compiled for Java 55, this is Java FEATURE | start Juxta with Java 55, \
          or get a build of it for Java FEATURE
          mute.jar | the summary() of method mute.Mine threw UnsupportedOperationException | \
          report it to the plug-in's author, or remove the jar
          nameless.jar | the id() of method nameless.Mine returned null | report it to the \
          plug-in's author, or remove the jar
          needy.jar | requires what is absent: module needed | put the plug-in and the jars it \
          needs into a folder of their own under plugins
          nonsense.jar | is no valid module (Bad magic number) | have the jar built again by \
          its author
          packed/api.jar | clashes with Juxta: has its own copy of module juxta.api | remove \
          the jar from the folder
          partial.jar | the constructor of method partial.Bad threw Error: bad | report it to \
          the plug-in's author, or remove the jar
          plain.jar | has no module descriptor | add a module-info.java that requires \
          juxta.api and provides its services; a library belongs into a folder with the \
          plug-in that needs it
          shader.jar | clashes with Juxta: has its own copy of package org.tensorflow.op of \
          tensorflow | leave it out of the jar, or rename the package
          shout.jar | the method shout.Mine has the invalid id 'SimCLR' | an id is lower-case \
          letters, digits and '-', starts with a letter and has at most 64 characters
          split | does not fit together with the modules it meets (Package shared in more than \
          one module) | remove the library that occurs twice, or get a build of the plug-in \
          for HERE
          stale.jar | was built for other versions, the constructor of method stale.Mine \
          failed with NoSuchMethodError: 'void juxta.api.Component.gone()' | get a build of it \
          for HERE
          taker.jar | method 'a-good' is taken by plug-in agood 1.0 (a-good.jar) | remove one \
          of the two jars, or have the id changed
          text.jar | is not a whole jar (ZipException: zip END header not found) | copy or \
          download it again
          twice/b.jar | has module twice, as has twice/a.jar | remove one of the two
          unreferenced.jar | the reference() of method unreferenced.Mine returned null | \
          report it to the plug-in's author, or remove the jar
          unset.jar | the settings() of method unset.Mine returned null | report it to the \
          plug-in's author, or remove the jar
          useless.jar | provides no service of juxta.api | put a library into a folder with \
          the plug-in that needs it, or remove the jar
          usurper.jar | clashes with Juxta: has its own copy of package java.util of java.base \
          | leave it out of the jar, or rename the package
          vain.jar | provides a service wrongly (juxta.api.Method: public static \
          juxta.api.Method vain.Mine.provider() returned null) | a provider is a public class \
          that is in the jar and has a public constructor without parameters
          vector.jar | requires what is absent: module jdk.incubator.vector | start Java with \
          --add-modules jdk.incubator.vector
          wordy.jar | the method wordy.Mine has a summary() that is not one line | report it \
          to the plug-in's author, or remove the jar
          """)
  void isReportedInOneLine(String jar, String cause, String remedy) {
    assertThat(registry.faults())
        .filteredOn(fault -> fault.jar().equals(jar))
        .map(Fault::toString)
        .containsExactly(filled(jar + ": " + cause + "; " + remedy));
  }

  private static String filled(String line) {
    return line.replace("HERE", HERE)
        .replace("VERSION", VERSION)
        .replace("FEATURE", String.valueOf(Runtime.version().feature()));
  }

  @Test
  void everyFaultIsOneLineAndNoJarHasTwo() {
    assertThat(registry.faults()).hasSize(38);
    assertThat(registry.faults()).extracting(Fault::jar).doesNotHaveDuplicates().isSorted();
    assertThat(registry.faults())
        .allSatisfy(fault -> assertThat(fault.toString()).doesNotContainPattern("\\p{Cntrl}"));
  }

  @Test
  void everythingElseWorks() {
    assertThat(registry.all(Method.class))
        .extracting(Registered::id)
        .containsExactly("a-good", "echo", "later", "partial-fine", "taker-free", "z-good");
    assertThat(registry.require(Method.class, "a-good").plugin().location())
        .isEqualTo(root.resolve("plugins/a-good.jar"));
    assertThat(registry.plugins())
        .extracting(Plugin::name)
        .containsExactly("agood", "echo", "later", "partial", "taker", "zgood");
  }

  @Test
  void onlyWhatWorksIsTrusted() throws IOException {
    assertThat(Files.readAllLines(root.resolve("plugins.lock")))
        .extracting(line -> line.substring(66))
        .containsExactly(
            "a-good.jar", "echo.jar", "later.jar", "partial.jar", "taker.jar", "z-good.jar");
  }

  @Test
  void aLaterLinkageErrorIsExplained() {
    Method later = registry.require(Method.class, "later").component();

    Explanation why = registry.explain(catchThrowable(() -> later.plan(null)));
    assertThat(why.mistake()).isTrue();
    assertThat(why.lines())
        .singleElement()
        .asString()
        .startsWith(
            "later.jar: was built for other versions, the call of its code failed with"
                + " AbstractMethodError: Receiver class later.Mine does not")
        .endsWith("; get a build of it for " + HERE);
  }

  @Test
  void aLinkageErrorOfOursIsNotBlamedOnAPlugin() {
    Explanation why = registry.explain(new NoClassDefFoundError("juxta/launcher/Gone"));

    assertThat(why.lines()).containsExactly("internal fault, please report it with these lines:");
    assertThat(why.trace()).first().asString().contains("juxta/launcher/Gone");
    assertThat(why.mistake()).isFalse();
  }

  @Test
  void whatACallThrowsIsBlamedOnTheJarWhoseCodeThrewIt() {
    Method good = registry.require(Method.class, "a-good").component();
    Explanation why = registry.explain(catchThrowable(() -> good.plan(null)));

    assertThat(why.lines())
        .containsExactly(
            "a-good.jar: it threw UnsupportedOperationException; report it to the plug-in's author"
                + " with these lines:");
    assertThat(why.trace()).hasSize(2).last().asString().contains("agood.Mine.plan");
  }

  @Test
  void loadingAgainFindsTheSame() {
    PluginRegistry again =
        PluginRegistry.load(root.resolve("plugins"), root.resolve("plugins.lock"));

    assertThat(again.plugins()).isEqualTo(registry.plugins());
    assertThat(again.faults()).isEqualTo(registry.faults());
    assertThat(List.copyOf(again.all(Method.class))).hasSameSizeAs(registry.all(Method.class));
  }
}
