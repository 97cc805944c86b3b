package juxta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.launcher.cli.Home;
import juxta.launcher.cli.Juxta;
import juxta.launcher.cli.Terminal;
import juxta.testkit.PluginContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A new plug-in, from the command that makes it to a trained run, as a newcomer would go. */
class ExamplePluginTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin-example");

  @TempDir Path folder;
  private Path project;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path built = Path.of("target", "test-plugins");
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = plugins.resolve(built.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    project = folder.resolve("project");
    run("new-plugin", "strange-one", "--package", "org.strange", "--out", project.toString());
    jar = plugins.resolve("strange-one.jar");
    compile(project.resolve("src/main"), jar);
  }

  private void compile(Path sources, Path packed) throws IOException {
    Path classes = folder.resolve("classes-of-" + packed.getFileName());
    List<String> words = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror"));
    words.addAll(List.of("--module-version", "1.0", "--module-path", toolkit()));
    words.addAll(List.of("-d", classes.toString()));
    words.addAll(sources(sources));
    tool("javac", words);
    tool("jar", List.of("--create", "--file", packed.toString(), "-C", classes.toString(), "."));
  }

  @Test
  void isListedAndTrains() {
    assertThat(run("list", "methods")).contains("strange-one").contains("org.strange 1.0");
    Path out = folder.resolve("run");
    String line =
        "train strange-one --data shapes --set data.train-size=64 --set data.test-size=32"
            + " --set encoder.width=4 --batch 16 --epochs 1 --out "
            + out;
    assertThat(run(line.split(" "))).contains("trained strange-one");
    assertThat(out.resolve("run.json")).exists();
    assertThat(run("evaluate", out.toString(), "--evaluators", "knn")).contains("accuracy");
  }

  /** The commands of the README, where Juxta's folder is named as seen from the caller's. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theScriptBuildsIntoTheFolderThatIsNamed() throws IOException, InterruptedException {
    Path lib = Files.createDirectories(folder.resolve("juxta/lib"));
    for (String module : toolkit().split(File.pathSeparator)) {
      Path path = Path.of(module).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) { // not packed yet
        Path packed = lib.resolve(path.getName(path.getNameCount() - 3) + ".jar");
        tool("jar", List.of("--create", "--file", packed.toString(), "-C", path.toString(), "."));
      } else {
        Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
      }
    }
    Path built = Files.createDirectories(folder.resolve("juxta/plugins"));
    assertThat(script("project/build", "juxta")).isZero();
    assertThat(built.resolve("strange-one.jar")).exists();
    assertThat(script("project/build")).isNotZero();
  }

  private int script(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).inheritIO();
    String tools = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator;
    builder.environment().merge("PATH", tools, (path, bin) -> bin + path);
    return builder.start().waitFor();
  }

  @Test
  void theExampleIsWhatTheCommandMakes() throws IOException {
    Path made = folder.resolve("made");
    run("new-plugin", "simsiam-lite", "--package", "example", "--out", made.toString());
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = EXAMPLE.relativize(file);
        if (!path.startsWith("target")) {
          String home = "<juxta.home>.*</juxta.home>";
          assertThat(made.resolve(path))
              .content()
              .asString()
              .isEqualTo(
                  Files.readString(file)
                      .replaceFirst(home, "<juxta.home>" + folder + "</juxta.home>"));
        }
      }
    }
    assertThat(made.resolve("mvnw")).isExecutable().hasSameBinaryContentAs(Path.of("../mvnw"));
    assertThat(made.resolve(".gitignore")).hasContent("target/");
  }

  @Test
  void aFolderThatIsThereIsLeftAsItIsAndATakenIdIsNamed() throws IOException {
    Files.writeString(project.resolve("mine"), "kept");
    assertThat(refused("new-plugin", "another", "--out", project.toString()))
        .contains(project + " is already there")
        .hasLineCount(1);
    assertThat(project.resolve("mine")).hasContent("kept");
    assertThat(refused("new-plugin", "simclr", "--out", folder.resolve("no").toString()))
        .contains("juxta.plugin.baselines has the method 'simclr' already")
        .hasLineCount(1);
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void isShort() throws IOException {
    long lines = 0;
    for (String source : sources(EXAMPLE.resolve("src/main"))) {
      lines += Files.readAllLines(Path.of(source)).size();
    }
    assertThat(lines).as("lines of the example").isLessThan(60);
  }

  /** Its own test class, with the access that a build tool would give it. */
  @TestFactory
  @SuppressWarnings("unchecked") // the method's type stands in the example
  Stream<DynamicTest> keepsTheContract() throws ReflectiveOperationException, IOException {
    Path tests = folder.resolve("tests");
    String path =
        String.join(
            File.pathSeparator,
            jar.toString(),
            System.getProperty("java.class.path"),
            System.getProperty("jdk.module.path"));
    List<String> words =
        new ArrayList<>(List.of("-proc:none", "-cp", path, "-d", tests.toString()));
    words.addAll(sources(project.resolve("src/test")));
    tool("javac", words);

    ModuleLayer.Controller layer = layer(jar, "org.strange");
    Module example = layer.layer().findModule("org.strange").orElseThrow();
    URL[] urls = {tests.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, example.getClassLoader())) {
      layer.addExports(example, "org.strange", loader.getUnnamedModule());
      Class<?> type = loader.loadClass("org.strange.ContractTest");
      var constructor = type.getDeclaredConstructor();
      var contract = type.getDeclaredMethod("contract");
      constructor.setAccessible(true);
      contract.setAccessible(true);
      return (Stream<DynamicTest>) contract.invoke(constructor.newInstance());
    }
  }

  /** What projects of the other kinds are made of. */
  @TestFactory
  Stream<DynamicTest> partsKeepTheContract() throws IOException {
    Path parts = folder.resolve("parts.jar");
    compile(Path.of("..", "examples", "plugin-parts", "src", "main"), parts);
    return PluginContract.ofModule(
        layer(parts, "example").layer().findModule("example").orElseThrow());
  }

  private ModuleLayer.Controller layer(Path plugin, String module) {
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(ModuleFinder.of(plugin), ModuleFinder.of(), Set.of(module));
    return ModuleLayer.defineModulesWithOneLoader(
        configuration, List.of(ModuleLayer.boot()), getClass().getClassLoader());
  }

  private String run(String... words) {
    return run(Juxta.DONE, words);
  }

  private String refused(String... words) {
    return run(Juxta.MISTAKE, words);
  }

  private String run(int expected, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Home home =
        new Home(
            folder.resolve("plugins"), folder.resolve("plugins.lock"), folder.resolve("cache"));
    int status = new Juxta(new Terminal(stream, stream, false), home).run(words);
    String said = out.toString(StandardCharsets.UTF_8);
    assertThat(status).as(said).isEqualTo(expected);
    return said;
  }

  /** The module path of a plug-in: the toolkit and what it requires, no launcher. */
  private static String toolkit() {
    Set<String> found = new TreeSet<>();
    collect(ModuleLayer.boot().configuration().findModule("juxta.toolkit").orElseThrow(), found);
    return String.join(File.pathSeparator, found);
  }

  private static void collect(ResolvedModule module, Set<String> found) {
    module
        .reference()
        .location()
        .filter(uri -> uri.getScheme().equals("file") && found.add(Path.of(uri).toString()))
        .ifPresent(uri -> module.reads().forEach(read -> collect(read, found)));
  }

  private static List<String> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .collect(Collectors.toList());
    }
  }

  private static void tool(String name, List<String> words) {
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);
    int status =
        ToolProvider.findFirst(name).orElseThrow().run(out, out, words.toArray(String[]::new));
    assertThat(status).as(output.toString()).isZero();
  }
}
