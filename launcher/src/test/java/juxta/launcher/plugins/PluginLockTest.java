package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Registered;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PluginLockTest {
  @TempDir static Path made;
  @TempDir Path root;

  private Path plugins;
  private Path lock;

  @BeforeAll
  static void make() {
    write("two", "first", made.resolve("two.jar"));
    write("one", "first", made.resolve("one.jar"));
    PluginJars.library("lib", "1").writeTo(made.resolve("lib.jar"));
  }

  @BeforeEach
  void twoPlugins() throws IOException {
    plugins = root.resolve("plugins");
    lock = root.resolve("plugins.lock");
    Files.createDirectories(plugins.resolve("folder"));
    Files.copy(made.resolve("two.jar"), plugins.resolve("two.jar"));
    Files.copy(made.resolve("one.jar"), plugins.resolve("folder/one.jar"));
    Files.copy(made.resolve("lib.jar"), plugins.resolve("folder/lib.jar"));
  }

  @Test
  void firstSightIsRecordedAsSha256sumPrintsIt() throws IOException {
    PluginRegistry registry = load();

    assertThat(Files.readAllLines(lock))
        .hasSize(3)
        .allMatch(line -> line.matches("[0-9a-f]{64}  \\S+"))
        .extracting(line -> line.substring(66))
        .containsExactly("folder/lib.jar", "folder/one.jar", "two.jar");
    assertThat(Files.readString(lock))
        .contains(registry.require(Method.class, "two").plugin().sha256().get("two.jar"));
    assertThat(root.toFile().list()).containsExactlyInAnyOrder("plugins", "plugins.lock");
  }

  @Test
  void aLockThatSaysAllIsNotWrittenAgain() throws IOException {
    load();
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(lock, past);

    load();

    assertThat(Files.getLastModifiedTime(lock)).isEqualTo(past);
  }

  @Test
  void aJarThatChangedIsRefusedUntilItIsTrusted() throws IOException {
    load();
    write("two", "second", plugins.resolve("two.jar"));
    String before = Files.readString(lock);

    PluginRegistry refused = load();
    assertThat(refused.faults())
        .map(Fault::toString)
        .containsExactly(
            "two.jar: has changed since it was trusted; run 'juxta plugins trust two' if that was"
                + " meant");
    assertThat(refused.all(Method.class)).extracting(Registered::id).containsExactly("one");
    assertThat(Files.readString(lock)).isEqualTo(before);

    assertThat(PluginTrust.trust(plugins, lock, "two")).containsExactly("two.jar");
    PluginRegistry trusted = load();
    assertThat(trusted.faults()).isEmpty();
    assertThat(trusted.require(Method.class, "two").component().summary()).isEqualTo("second");
  }

  @Test
  void aLibraryThatChangedRefusesItsPlugin() {
    load();
    PluginJars.library("lib", "2").writeTo(plugins.resolve("folder/lib.jar"));

    assertThat(load().faults())
        .map(Fault::toString)
        .containsExactly(
            "folder/lib.jar: has changed since it was trusted; run 'juxta plugins trust folder' if"
                + " that was meant");

    assertThat(PluginTrust.trust(plugins, lock, "folder"))
        .containsExactly("folder/lib.jar", "folder/one.jar");
    assertThat(load().faults()).isEmpty();
  }

  @Test
  void aJarThatIsGoneStaysKnownUntilItsPluginIsTrustedAgain() throws IOException {
    load();
    Files.delete(plugins.resolve("folder/lib.jar"));

    assertThat(load().faults()).isEmpty();
    assertThat(Files.readString(lock)).contains("folder/lib.jar");

    PluginTrust.trust(plugins, lock, "folder");
    assertThat(Files.readString(lock)).doesNotContain("lib.jar").contains("one.jar", "two.jar");
  }

  /** As 'juxta plugins' shows it: a module's name and version. */
  @Test
  void theVersionMayBeLeftOutWhereItIsClear() throws IOException {
    write("mine", "first", plugins.resolve("mine-1.0.jar"));
    assertThat(PluginTrust.trust(plugins, lock, "mine")).containsExactly("mine-1.0.jar");
    write("mine", "second", plugins.resolve("mine-1.1.jar"));
    assertThatThrownBy(() -> PluginTrust.trust(plugins, lock, "mine"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no plug-in 'mine'");
  }

  @Test
  void aBrokenJarIsNotTrustedSoItsRepairNeedsNoCommand() throws IOException {
    Files.writeString(plugins.resolve("three.jar"), "half of it");
    assertThat(load().faults()).hasSize(1);

    write("three", "whole", plugins.resolve("three.jar"));

    assertThat(load().faults()).isEmpty();
  }

  @Test
  void aLockFileThatMakesNoSenseIsAnError() throws IOException {
    Files.writeString(lock, "0".repeat(64) + "  two.jar\n\nnonsense\n");

    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessage(
            lock
                + ", line 3: is not '<sha256>  <jar>'; restore the file, or delete it to trust the"
                + " jars that are there now");
  }

  @Test
  void aLockFileThatIsNotTextIsAnError() throws IOException {
    Files.write(lock, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(lock + ": cannot be read")
        .message()
        .hasLineCount(1);
  }

  /** Reading a pipe would wait for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLockFileThatIsNoFileIsAnError() throws Exception {
    pipe(lock);
    assertNoFile();
    Files.delete(lock);
    Files.createDirectory(lock);
    assertNoFile();
  }

  private void assertNoFile() {
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessage(
            lock + ": is no ordinary file, where Juxta notes which jars are trusted; remove it");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void jarsThatAreNoFilesOfTheFolderAreRefusedByName() throws Exception {
    pipe(plugins.resolve("pipe.jar"));
    Files.createSymbolicLink(plugins.resolve("device.jar"), Path.of("/dev/zero"));
    Path outside = root.resolve("outside.jar");
    write("outside", "elsewhere", outside);
    Files.createSymbolicLink(plugins.resolve("link.jar"), outside);
    Files.createSymbolicLink(plugins.resolve("gone.jar"), root.resolve("nowhere"));
    Path folder = Files.createDirectories(root.resolve("other"));
    Files.copy(outside, folder.resolve("a.jar"));
    Files.createSymbolicLink(plugins.resolve("linked"), folder);
    Files.createSymbolicLink(plugins.resolve("within.jar"), Path.of("two.jar"));

    PluginRegistry registry = load();

    String out = ": is a link that leads out of the plug-in folder; copy the jar to that place";
    assertThat(registry.faults())
        .map(Fault::toString)
        .contains(
            "device.jar: is no ordinary file; remove it",
            "gone.jar: is a link that leads nowhere; remove it",
            "link.jar" + out,
            "linked/a.jar" + out,
            "pipe.jar: is no ordinary file; remove it");
    assertThat(registry.all(Method.class)).hasSize(2);
    assertThatThrownBy(() -> PluginTrust.trust(plugins, lock, "pipe"))
        .isInstanceOf(UserException.class)
        .hasMessage("pipe.jar: is no ordinary file; remove it");
  }

  private static void pipe(Path file) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  @Test
  void aLockThatCannotBeWrittenIsReportedAndNothingElse() throws IOException {
    Path nowhere = Files.createSymbolicLink(root.resolve("link"), root.resolve("nowhere"));
    lock = nowhere.resolve("plugins.lock");

    PluginRegistry registry = load();

    assertThat(registry.all(Method.class)).hasSize(2);
    assertThat(registry.faults())
        .map(Fault::toString)
        .containsExactly(
            "plugins.lock: cannot be written (FileAlreadyExistsException: %s); make its folder"
                    .formatted(nowhere)
                + " writable, so that a jar that changes is noticed");
    assertThatThrownBy(() -> PluginTrust.trust(plugins, lock, "two"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(lock + ": cannot be written");
  }

  @Test
  void trustingWhatIsNotThereNamesTheNearest() {
    assertThatThrownBy(() -> PluginTrust.trust(plugins, lock, "foldr"))
        .isInstanceOf(UserException.class)
        .hasMessage("no plug-in 'foldr' in %s; did you mean 'folder'? known: folder, two", plugins);
    assertThat(PluginTrust.trust(plugins, lock, "two.jar")).isEqualTo(List.of("two.jar"));
  }

  private PluginRegistry load() {
    return PluginRegistry.load(plugins, lock);
  }

  private static void write(String module, String summary, Path jar) {
    String member = "public String summary() { return \"" + summary + "\"; }";
    PluginJars.module(module, "1").method(module + ".Mine", module, member).writeTo(jar);
  }
}
