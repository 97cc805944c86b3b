package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that users start, in a distribution put together from what the build made. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  private static final Path SCRIPT =
      Path.of("..", "distribution", "src", "main", "bin", "juxta").toAbsolutePath().normalize();

  @TempDir private static Path libraries;

  @TempDir private Path root;

  private Path home;
  private Path lib;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void collect() throws IOException {
    Libraries.collect(libraries, false);
  }

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(root.resolve("juxta home"));
    lib = Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("plugins"));
    Files.copy(SCRIPT, Files.createDirectories(home.resolve("bin")).resolve("juxta"));
  }

  /** TensorFlow names the jar after the platform and the module in it without the rest. */
  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, tensorflow.nativelib.linux.x86_64",
    "linux-x86_64-gpu, tensorflow.nativelib.linux.x86_64",
    "linux-arm64, tensorflow.nativelib.linux.arm64",
    "macosx-arm64, tensorflow.nativelib.macosx.arm64",
    "windows-x86_64, tensorflow.nativelib.windows.x86_64",
    "linux-x86_64-some-day, tensorflow.another.name"
  })
  void startsWithTheNativeJarOfEveryPlatform(String classifier, String module) throws IOException {
    Path jar = lib.resolve("tensorflow-core-native-1.1.0-" + classifier + ".jar");
    nativeJar(jar, classifier, module);
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path one : jars.toList()) {
        Files.createLink(lib.resolve(one.getFileName()), one);
      }
    }
    environment.put("JUXTA_JAVA_OPTIONS", "-Xmx256m --show-module-resolution");
    String said = start("version");
    assertThat(said).contains("juxta ").doesNotContain("Exception", "Error occurred");
    assertThat(said.lines().filter(line -> line.contains(jar.getFileName().toString())))
        .as(said)
        .anyMatch(line -> line.contains(module));
  }

  @Test
  void oneDnnIsOnWhereItIsFasterUnlessTheUserSaysOtherwise() throws IOException {
    pretendToBe("Linux x86_64");
    assertThat(environmentOfJava()).contains("TF_ENABLE_ONEDNN_OPTS=1");
    environment.put("TF_ENABLE_ONEDNN_OPTS", "0");
    assertThat(environmentOfJava()).contains("TF_ENABLE_ONEDNN_OPTS=0");
    environment.remove("TF_ENABLE_ONEDNN_OPTS");
    pretendToBe("Linux aarch64");
    assertThat(environmentOfJava()).noneMatch(line -> line.startsWith("TF_ENABLE_ONEDNN_OPTS="));
    pretendToBe("Darwin arm64");
    assertThat(environmentOfJava()).noneMatch(line -> line.startsWith("TF_ENABLE_ONEDNN_OPTS="));
  }

  @Test
  void aGpuBuildFindsTheLibrariesOfCudaBesideItFirst() throws IOException {
    Path toolkit = root.resolve("toolkit/lib64");
    Files.createDirectories(toolkit);
    Files.createFile(toolkit.resolve("libcudart.so.12"));
    environment.put("JUXTA_CUDA", root.resolve("toolkit").toString());
    assertThat(environmentOfJava()).noneMatch(line -> line.startsWith("LD_LIBRARY_PATH="));
    Files.createFile(lib.resolve("tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar"));
    assertThat(environmentOfJava())
        .contains("LD_LIBRARY_PATH=" + toolkit, "CUDA_DEVICE_ORDER=PCI_BUS_ID");
    Path own = Files.createDirectories(home.resolve("cuda"));
    environment.put("LD_LIBRARY_PATH", "/of/the/user");
    assertThat(environmentOfJava()).contains("LD_LIBRARY_PATH=" + own + ":/of/the/user");
    environment.put("TF_SYNC_ON_FINISH", "1");
    assertThat(environmentOfJava()).contains("TF_SYNC_ON_FINISH=1");
  }

  /**
   * Java names files in the encoding of the locale, and that of C has no letters but English ones.
   */
  @Test
  void aLocaleOfUtf8TakesThePlaceOfOneOfAscii() throws IOException {
    environment.put("LC_ALL", "C");
    locales("ANSI_X3.4-1968", "C", "C.utf8", "POSIX", "en_US.utf8");
    assertThat(environmentOfJava()).contains("LC_ALL=C.UTF-8");
    locales("ANSI_X3.4-1968", "C", "POSIX", "fr_FR", "en_US.utf8");
    assertThat(environmentOfJava()).contains("LC_ALL=en_US.utf8");
    locales("US-ASCII", "C", "POSIX", "de_DE.UTF-8"); // as macOS has it
    assertThat(environmentOfJava()).contains("LC_ALL=de_DE.UTF-8");
    environment.put("LC_ALL", "de_DE.UTF-8");
    locales("UTF-8", "C.utf8", "de_DE.utf8");
    assertThat(environmentOfJava()).contains("LC_ALL=de_DE.UTF-8");
  }

  /** Some have no letter for many bytes of a name in UTF-8. */
  @Test
  void aLocaleOfUtf8TakesThePlaceOfOneOfAnOldEncoding() throws IOException {
    environment.put("LC_ALL", "ar_EG");
    locales("ISO-8859-6", "C.utf8", "ar_EG", "ar_EG.utf8");
    assertThat(environmentOfJava()).contains("LC_ALL=C.UTF-8");
    environment.put("LC_ALL", "de_DE");
    locales("ISO-8859-1", "C", "POSIX", "de_DE", "de_DE.utf8");
    assertThat(environmentOfJava()).contains("LC_ALL=de_DE.utf8");
  }

  private void locales(String charmap, String... installed) throws IOException {
    executable(
        root.resolve("tools/locale"),
        "[ \"$1\" = -a ] && printf '%s\\n' "
            + String.join(" ", installed)
            + " || echo "
            + charmap
            + "\n");
    environment.put("PATH", root.resolve("tools") + File.pathSeparator + System.getenv("PATH"));
  }

  @Test
  void whatIsNoTextIsNotHeldBackWithTensorFlowsMessages() throws IOException {
    Path java = root.resolve("jdk/bin/java");
    executable(
        java,
        "[ \"$1\" = -version ] && exit\n"
            + "printf 'first\\0\\377\\nI0000 00:00 noise\\nsecond \\303\\274\\n' >&2\n");
    environment.put("JAVA_HOME", root.resolve("jdk").toString());
    assertThat(start("version")).isEqualTo("first\0\u00ff\nsecond \u00c3\u00bc\n");
  }

  /** What stands in for Java in these tests sees the variables that Java would. */
  private List<String> environmentOfJava() throws IOException {
    Path java = root.resolve("jdk/bin/java");
    executable(java, "[ \"$1\" = -version ] || env\n");
    environment.put("JAVA_HOME", root.resolve("jdk").toString());
    return start("version").lines().toList();
  }

  private void pretendToBe(String system) throws IOException {
    executable(root.resolve("tools/uname"), "echo " + system + "\n");
    environment.put("PATH", root.resolve("tools") + File.pathSeparator + System.getenv("PATH"));
  }

  private static void executable(Path file, String commands) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + commands);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void nativeJar(Path file, String classifier, String module) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", module);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(
          new ZipEntry("org/tensorflow/internal/c_api/" + classifier + "/libjnitensorflow.so"));
    }
  }

  private String start(String... words) throws IOException {
    // cat ends with the last that writes: what filters messages outlives the script
    List<String> command = new ArrayList<>(List.of("sh", "-c", "sh \"$@\" 2>&1 | cat", "through"));
    command.add(home.resolve("bin/juxta").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("TF_.*|CUDA_.*|LD_LIBRARY_PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
