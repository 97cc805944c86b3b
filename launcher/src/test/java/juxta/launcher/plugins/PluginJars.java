package juxta.launcher.plugins;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Compiles a plug-in from source against the modules of the running test and makes a jar of it:
 *
 * <pre>{@code
 * PluginJars.module("a.stranger", "1.2").method("a.stranger.Mine", "mine").writeTo(jar);
 * }</pre>
 */
public final class PluginJars {
  private static final String MODULE_INFO = "module-info.class";

  private final String module;
  private final String version;
  private final StringBuilder directives = new StringBuilder();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> extras = new TreeMap<>();
  private final Map<String, Integer> classVersions = new TreeMap<>();
  private final List<String> left = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> replaced = new ArrayList<>();
  private final Manifest manifest = new Manifest();

  private PluginJars(String module, String version) {
    this.module = module;
    this.version = version;
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** A module that requires the api; an empty version leaves it unversioned. */
  public static PluginJars module(String module, String version) {
    return library(module, version).directive("requires juxta.api;");
  }

  /** A module that requires nothing. */
  public static PluginJars library(String module, String version) {
    return new PluginJars(module, version);
  }

  /** Adds a directive to the descriptor, such as {@code requires a.b;}. */
  public PluginJars directive(String directive) {
    directives.append("  ").append(directive).append('\n');
    return this;
  }

  /** Adds a source file. */
  public PluginJars source(String className, String source) {
    sources.put(className.replace('.', '/') + ".java", source);
    return this;
  }

  /** Adds a method of the given id and provides it. */
  public PluginJars method(String className, String id) {
    return method(className, id, "");
  }

  /** Adds a method of the given id and provides it; members replace or add to the usual ones. */
  public PluginJars method(String className, String id, String members) {
    return provider("juxta.api.Method", className).methodClass(className, id, members);
  }

  /** Adds a class that is a method of the given id and does not provide it. */
  public PluginJars methodClass(String className, String id, String members) {
    return source(className, methodSource(className, id, members));
  }

  /** Declares a provider. */
  public PluginJars provider(String service, String className) {
    return directive("provides " + service + " with " + className + ";");
  }

  /** Compiles against the jar of a library. */
  public PluginJars against(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** Compiles against the jar in place of the module of the same name in the running test. */
  public PluginJars instead(Path jar) {
    replaced.add(jar);
    return this;
  }

  /** Adds a file that is not compiled. */
  public PluginJars entry(String name, byte[] content) {
    extras.put(name, content.clone());
    return this;
  }

  /** Leaves a compiled class out of the jar. */
  public PluginJars without(String entry) {
    left.add(entry);
    return this;
  }

  /** Leaves the module descriptor out of the jar. */
  public PluginJars withoutDescriptor() {
    return without(MODULE_INFO);
  }

  /** Marks a class file as compiled for another Java: 65 is Java 21. */
  public PluginJars classVersion(String entry, int classFileVersion) {
    classVersions.put(entry, classFileVersion);
    return this;
  }

  /** Adds an attribute to the manifest. */
  public PluginJars manifest(String key, String value) {
    manifest.getMainAttributes().putValue(key, value);
    return this;
  }

  /** Compiles and writes the jar, making its folder where needed. */
  public Path writeTo(Path jar) {
    try {
      Path work = Files.createTempDirectory("plugin-jars");
      try {
        SortedMap<String, byte[]> entries = new TreeMap<>(compile(work));
        left.forEach(entries::remove);
        classVersions.forEach((name, value) -> patch(entries.get(name), value));
        entries.putAll(extras);
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
          for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            out.putNextEntry(new JarEntry(entry.getKey()));
            out.write(entry.getValue());
            out.closeEntry();
          }
        }
        return jar;
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of a module of the running test under another version. */
  public static Path reversion(String module, String version, Path jar) {
    Path location =
        Path.of(
            ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow());
    try {
      Files.createDirectories(jar.toAbsolutePath().getParent());
      List<String> make = new ArrayList<>(List.of("--module-version", version));
      if (Files.isDirectory(location)) {
        make.addAll(0, List.of("--create", "--file", jar.toString()));
        make.addAll(List.of("-C", location.toString(), "."));
      } else {
        Files.copy(location, jar);
        make.addAll(0, List.of("--update", "--file", jar.toString()));
      }
      run("jar", make);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, byte[]> compile(Path work) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    Map<String, String> all = new LinkedHashMap<>(sources);
    all.put("module-info.java", "module " + module + " {\n" + directives + "}\n");
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-nowarn"));
    arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("--module-path", modulePath()));
    if (!version.isEmpty()) {
      arguments.addAll(List.of("--module-version", version));
    }
    for (Map.Entry<String, String> source : all.entrySet()) {
      Path file = work.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    run("javac", arguments);
    return entries(classes);
  }

  private String modulePath() {
    List<String> path = new ArrayList<>();
    replaced.forEach(jar -> path.add(jar.toString()));
    libraries.forEach(jar -> path.add(jar.toString()));
    path.add(System.getProperty("jdk.module.path"));
    return String.join(System.getProperty("path.separator"), path);
  }

  private static Map<String, byte[]> entries(Path classes) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(Jar.path(classes, file), Files.readAllBytes(file));
      }
    }
    return entries;
  }

  private static void patch(byte[] classFile, int version) {
    classFile[6] = (byte) (version >> 8);
    classFile[7] = (byte) version;
  }

  private static void run(String tool, List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);
    int status =
        ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalArgumentException(tool + " failed:\n" + output);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String methodSource(String className, String id, String members) {
    int dot = className.lastIndexOf('.');
    StringBuilder body = new StringBuilder(members).append('\n');
    addUnless(members, " id()", "public String id() { return \"" + id + "\"; }", body);
    addUnless(members, " summary()", "public String summary() { return \"a method\"; }", body);
    return """
        package %s;
        import juxta.api.*;
        public final class %s implements Method {
        %s
          @Override public java.util.Map<String, String> preset(String name, DataSummary data) {
            return java.util.Map.of();
          }
          @Override public Plan plan(Setup setup) { throw new UnsupportedOperationException(); }
        }
        """
        .formatted(className.substring(0, dot), className.substring(dot + 1), body);
  }

  private static void addUnless(String members, String signature, String member, StringBuilder to) {
    if (!members.contains(signature)) {
      to.append("  @Override ").append(member).append('\n');
    }
  }
}
