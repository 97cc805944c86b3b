package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.launcher.fetch.Fetcher;
import juxta.launcher.fetch.Fetcher.Wanted;
import juxta.launcher.fetch.MavenRepositories;
import juxta.launcher.fetch.Source;
import juxta.launcher.fetch.Zips;
import juxta.launcher.plugins.PluginInstaller.Proposal;
import juxta.toolkit.io.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins come whole or not at all, and nothing of them runs before the user has seen them. */
class PluginInstallerTest {
  @TempDir static Path made;
  @TempDir Path root;

  @BeforeAll
  static void make() {
    for (String version : List.of("1.0", "1.1")) {
      PluginJars.module("mine", version)
          .methodClass("mine.Mine", "mine", "")
          .methodClass("mine.Made", "", "public String id() { return \"comp\".concat(\"uted\"); }")
          .directive("provides juxta.api.Method with mine.Mine, mine.Made;")
          .manifest(ApiRange.ATTRIBUTE, "[0,99)")
          .writeTo(made.resolve("mine-" + version + ".jar"));
    }
  }

  @Test
  void aZipIsShownThenInstalledThenUpdatedToAJarThenRemoved() throws IOException {
    Path library = PluginJars.library("lib", "2").writeTo(root.resolve("lib-2.jar"));
    Path api = PluginJars.reversion("juxta.api", version(), root.resolve("api.jar"));
    Path zip = root.resolve("mine-1.0.zip");
    Zips.write(
        zip,
        "mine/mine.jar",
        mine("1.0", root.resolve("mine.jar")),
        "mine/lib-2.jar",
        library,
        "mine/api.jar",
        api);

    try (PluginInstaller installer = installer();
        Proposal proposal = installer.propose(wanted(zip), fetcher())) {
      Bundle bundle = proposal.bundle();
      assertThat(bundle.path()).isEqualTo("mine");
      assertThat(bundle.modules()).containsExactly("mine@1.0");
      assertThat(bundle.services())
          .isEqualTo(Map.of("method", List.of("mine", "(mine.Made)"))); // one is computed
      assertThat(bundle.api()).contains("[0,99)");
      assertThat(bundle.builtFor()).contains(version());
      assertThat(bundle.files())
          .extracting(Bundle.File::path)
          .containsExactly("mine/lib-2.jar", "mine/mine.jar");
      assertThat(bundle.leftOut()).containsExactly("api.jar: Juxta brings juxta.api");
      assertThat(load().plugins()).isEmpty();
      assertThat(proposal.install()).isEqualTo(Map.of("method", List.of("mine", "computed")));
    }
    assertThat(inFolder()).containsExactly("mine");
    assertThat(locked().keySet()).containsExactly("mine/lib-2.jar", "mine/mine.jar");
    assertThat(load().faults()).isEmpty();
    assertThat(load().states(lock()).get(0).source()).contains(Source.of(zip.toString()));

    // without the library it is one jar
    Zips.write(zip, "mine/mine.jar", mine("1.1", root.resolve("mine.jar")));
    try (PluginInstaller installer = installer();
        Proposal proposal = installer.update(installer.require("mine"), wanted(zip), fetcher())) {
      assertThat(proposal.former().keySet()).containsExactly("mine/lib-2.jar", "mine/mine.jar");
      proposal.install();
    }
    assertThat(inFolder()).containsExactly("mine.jar");
    assertThat(locked().keySet()).containsExactly("mine.jar");
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.1");

    try (PluginInstaller installer = installer()) {
      assertThatThrownBy(() -> installer.require("nine"))
          .hasMessageContaining("no plug-in 'nine'")
          .hasMessageContaining("'mine'");
      installer.remove(installer.require("mine"));
    }
    assertThat(inFolder()).isEmpty();
    assertThat(locked()).isEmpty();
    assertThat(PluginSources.read(PluginSources.beside(lock())).sources()).isEmpty();
  }

  /** All of these are found out without running anything. */
  @Test
  void whatCannotBeAPluginIsRefusedAndChangesNothing() throws IOException {
    trusted();
    PluginRegistry before = load();
    assertThat(before.plugins()).hasSize(1);
    byte[] lock = Files.readAllBytes(lock());
    PluginJars.module("other", "1").method("other.Mine", "mine").writeTo(jar("other"));
    mine("1.1", jar("mine"));
    mine("1.1", jar("again"));
    one("plain").withoutDescriptor().writeTo(jar("plain"));
    PluginJars.library("lib", "1").writeTo(jar("lib"));
    one("newer").manifest(ApiRange.ATTRIBUTE, "[9,10)").writeTo(jar("newer"));
    one("shader").entry("org/tensorflow/op/Ops.class", new byte[0]).writeTo(jar("shader"));
    one("escaping").entry("../../evil.class", new byte[0]).writeTo(jar("escaping"));
    one("absolute").entry("/etc/evil.class", new byte[0]).writeTo(jar("absolute"));
    one("bomb").entry("META-INF/services/x.Y", new byte[5 << 20]).writeTo(jar("bomb"));
    Map<String, String> reasons =
        Map.of(
            "other", "method 'mine' is taken by plug-in mine 1.0 (mine.jar); remove that first",
            "mine", "mine.jar is there already; run 'juxta plugins update mine'",
            "again", "again.jar: has module mine, as has mine.jar",
            "plain", "has no module descriptor",
            "lib", "provides no service of juxta.api",
            "newer", "is for juxta.api [9,10), this is " + version(),
            "shader", "clashes with Juxta: has its own copy of package org.tensorflow.op",
            "escaping", "has the entry '../../evil.class', which leads elsewhere",
            "absolute", "has the entry '/etc/evil.class', which leads elsewhere",
            "bomb", "has a META-INF/services/x.Y of more than 4 MB");
    try (PluginInstaller installer = PluginInstaller.open(folder(), lock(), before)) {
      reasons.forEach(
          (name, reason) ->
              assertThatThrownBy(() -> installer.propose(wanted(jar(name)), fetcher()))
                  .as(name)
                  .isInstanceOf(UserException.class)
                  .hasMessageContaining(reason));
      Path link = Zips.write(root.resolve("link.zip"), "a/a.jar", "../../b.jar".getBytes());
      assertThatThrownBy(() -> installer.propose(wanted(link), fetcher()))
          .hasMessageContaining("is not a whole jar");
      assertThatThrownBy(() -> PluginInstaller.open(folder(), lock(), before))
          .hasMessageContaining("another juxta plugins is at work");
    }
    assertThat(inFolder()).containsExactly("mine.jar");
    assertThat(leftovers()).isEmpty();
    assertThat(Files.readAllBytes(lock())).isEqualTo(lock);
  }

  @Test
  void theFormerStaysWhereTheNewCannotBeLoaded() throws IOException {
    trusted();
    Map<String, String> before = locked();
    Path jar = jar("mine");
    PluginJars.module("mine", "1.1")
        .method("mine.Mine", "mine", "public Mine() { throw new Error(\"mean\"); }")
        .writeTo(jar);
    try (PluginInstaller installer = installer();
        Proposal proposal = installer.update("mine.jar", wanted(jar), fetcher())) {
      assertThatThrownBy(proposal::install)
          .hasMessage(
              "mine.jar: the constructor of method mine.Mine threw Error: mean; report it to the"
                  + " plug-in's author, or remove the jar");
    }
    assertThat(leftovers()).isEmpty();
    assertThat(locked()).isEqualTo(before);
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.0");
  }

  /** A process that was killed after the change was written down. */
  @Test
  void theNextStartFinishesAChange() throws IOException {
    Change change = update();
    Files.write(folder().resolve(".change.json"), Json.bytes(change));

    PluginRegistry registry = load();

    assertThat(registry.faults()).isEmpty();
    assertThat(registry.require(Method.class, "mine").plugin().version()).isEqualTo("1.1");
    assertThat(leftovers()).isEmpty();
    assertThat(locked()).isEqualTo(change.locked());
  }

  /** The same between any two of its steps. */
  @Test
  void alsoWhereItWasHalfDone() throws IOException {
    Change change = update();
    Files.write(folder().resolve(".change.json"), Json.bytes(change));
    new PluginLock(change.locked()).write(lock());
    Files.createDirectories(folder().resolve(change.staging()).resolve("former"));
    Files.move(
        folder().resolve("mine.jar"), folder().resolve(change.staging() + "/former/mine.jar"));
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.1");

    // killed just before its end
    Files.createDirectories(folder().resolve(change.staging()));
    Files.write(folder().resolve(".change.json"), Json.bytes(change));
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.1");
    assertThat(leftovers()).isEmpty();
  }

  /** Killed before anything was written down. */
  @Test
  void whatWasOnlyFetchedIsForgotten() throws IOException {
    update();
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.0");
    installer().close();
    assertThat(leftovers()).isEmpty();
  }

  /** As on a full disk, or where a program holds a file. */
  @Test
  void aChangeThatFailsIsUndone() throws IOException {
    Change change = update();
    Map<String, String> before = locked();
    // in its way: the former jar cannot be put aside
    Files.createFile(folder().resolve(change.staging() + "/former"));

    assertThatThrownBy(() -> change.commit(folder(), lock())).isInstanceOf(IOException.class);

    assertThat(folder().resolve(".change.json")).doesNotExist();
    assertThat(locked()).isEqualTo(before);
    assertThat(load().require(Method.class, "mine").plugin().version()).isEqualTo("1.0");
  }

  /** Mine 1.0 in the folder, 1.1 ready to take its place. */
  private Change update() throws IOException {
    trusted();
    Path coming = folder().resolve(Change.STAGING + "x/" + Change.COMING);
    Path jar = mine("1.1", coming.resolve("mine.jar"));
    TreeMap<String, String> hashes =
        new TreeMap<>(Map.of("mine.jar", Jar.read(coming, jar).sha256()));
    return Change.of(
        lock(),
        Change.STAGING + "x",
        List.of("mine.jar"),
        List.of("mine.jar"),
        hashes,
        new TreeMap<>());
  }

  /** A copy of a version of a plug-in with two methods, whose one id only its code knows. */
  private static Path mine(String version, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.copy(
        made.resolve("mine-" + version + ".jar"), to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Mine 1.0, trusted already: it is not tried in a process of its own. */
  private void trusted() throws IOException {
    Path jar = mine("1.0", folder().resolve("mine.jar"));
    new PluginLock(new TreeMap<>(Map.of("mine.jar", Jar.read(folder(), jar).sha256())))
        .write(lock());
  }

  private static PluginJars one(String name) {
    return PluginJars.module(name, "1.0").method(name + ".Mine", name);
  }

  private Path jar(String name) {
    return root.resolve(name + ".jar");
  }

  private static Wanted wanted(Path file) {
    return new Wanted(Source.of(file.toString()), false, Optional.empty());
  }

  private Fetcher fetcher() {
    return new Fetcher(
        root.resolve("cache"),
        new MavenRepositories(root.resolve("none"), root.resolve("none.xml")),
        64 << 20,
        (what, share) -> {});
  }

  private PluginInstaller installer() {
    return PluginInstaller.open(folder(), lock(), load());
  }

  private PluginRegistry load() {
    return PluginRegistry.load(folder(), lock());
  }

  private Path folder() {
    return root.resolve("plugins");
  }

  private Path lock() {
    return root.resolve("plugins.lock");
  }

  private Map<String, String> locked() {
    return PluginLock.read(lock()).hashes();
  }

  private List<String> inFolder() throws IOException {
    return names().filter(name -> !name.startsWith(".")).toList();
  }

  /** But for the file that is locked. */
  private List<String> leftovers() throws IOException {
    return names().filter(name -> name.startsWith(".") && !name.equals(".lock")).toList();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static String version() {
    return Platform.current().version(Platform.API).orElseThrow();
  }
}
