package juxta.launcher.plugins;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import juxta.engine.catalogue.Service;

/**
 * What the jars of a candidate say about themselves, before any of their code runs.
 *
 * @param candidate the candidate
 * @param jars its jars
 * @param modules module of each jar, in the order of {@code jars}
 */
record Inspection(Candidate candidate, List<Jar> jars, Map<Jar, ModuleDescriptor> modules) {
  private static final String DESCRIPTOR = "module-info.class";
  private static final int CLASS_FILE = 0xCAFEBABE;
  private static final int JAVA_OF_CLASS_FILE = 44;

  /** Reads the descriptors; refuses jars that cannot be a plug-in or its libraries. */
  static Inspection of(Candidate candidate, List<Jar> jars) {
    Map<Jar, ModuleDescriptor> modules = new LinkedHashMap<>();
    Map<String, Jar> byName = new LinkedHashMap<>();
    for (Jar jar : jars) {
      ModuleDescriptor descriptor = descriptor(jar);
      Jar twin = byName.putIfAbsent(descriptor.name(), jar);
      if (twin != null) {
        throw twins(jar.path(), descriptor.name(), twin.path());
      }
      modules.put(jar, descriptor);
    }
    Inspection inspection = new Inspection(candidate, jars, modules);
    inspection.requireProvider();
    return inspection;
  }

  static Refusal twins(String jar, String module, String twin) {
    return new Refusal(jar, "has module " + module + ", as has " + twin, "remove one of the two");
  }

  /** Whether a module is one of Juxta's own plug-ins: the names below this are theirs. */
  static boolean isOurs(String module) {
    return module.startsWith("juxta.plugin.");
  }

  /** Whether it came with Juxta. */
  boolean isShipped() {
    return providers().stream().allMatch(jar -> isOurs(modules.get(jar).name()));
  }

  /** Name of the plug-in: that of its folder, or of the one module. */
  String name() {
    return candidate.isFolder() ? candidate.path() : modules.get(jars.get(0)).name();
  }

  /** The jars that provide services of the api; the others are private libraries. */
  List<Jar> providers() {
    return jars.stream()
        .filter(jar -> !modules.get(jar).isAutomatic())
        .filter(this::servesJuxta)
        .toList();
  }

  /** The module's version, else the manifest's, else {@code development}. */
  String version() {
    Jar jar = providers().get(0);
    return modules
        .get(jar)
        .rawVersion()
        .or(() -> attribute(jar, Attributes.Name.IMPLEMENTATION_VERSION.toString()))
        .orElse("development");
  }

  /** Version of the api that it was compiled against; empty where it does not say. */
  Optional<String> builtFor() {
    return providers().stream()
        .flatMap(jar -> modules.get(jar).requires().stream())
        .filter(requires -> List.of(Platform.API, Platform.TOOLKIT).contains(requires.name()))
        .flatMap(requires -> requires.rawCompiledVersion().stream())
        .findFirst();
  }

  /** The modules that provide services, with their versions. */
  List<String> provided() {
    return providers().stream().map(jar -> modules.get(jar).toNameAndVersion()).toList();
  }

  /** The range of api versions that it declares, as it stands there. */
  Optional<String> declared() {
    return providers().stream().flatMap(jar -> declared(jar).stream()).findFirst();
  }

  /** The range of api versions that a jar declares, as it stands there. */
  static Optional<String> declared(Jar jar) {
    return attribute(jar, ApiRange.ATTRIBUTE);
  }

  private void requireProvider() {
    if (!providers().isEmpty()) {
      return;
    }
    for (Jar jar : jars) {
      boolean plugin = !candidate.isFolder() || servesJuxta(jar);
      if (modules.get(jar).isAutomatic() && plugin) {
        throw new Refusal(
            jar.path(),
            "has no module descriptor",
            "add a module-info.java that requires juxta.api and provides its services; a library"
                + " belongs into a folder with the plug-in that needs it");
      }
    }
    throw new Refusal(
        candidate.path(),
        jars.isEmpty() ? "holds no jar" : "provides no service of juxta.api",
        candidate.isFolder()
            ? "put the plug-in's jar into the folder, or remove the folder"
            : "put a library into a folder with the plug-in that needs it, or remove the jar");
  }

  private boolean servesJuxta(Jar jar) {
    return Service.ALL.stream().anyMatch(service -> service.isIn(modules.get(jar)));
  }

  /** The module of a jar; refuses what is none. */
  static ModuleDescriptor descriptor(Jar jar) {
    requireReadable(jar);
    try {
      return ModuleFinder.of(jar.file()).findAll().iterator().next().descriptor();
    } catch (RuntimeException e) { // damaged descriptors and manifests throw all kinds
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new Refusal(
          jar.path(),
          "is no valid module (" + reason.getMessage() + ")",
          "have the jar built again by its author");
    }
  }

  private static void requireReadable(Jar jar) {
    int classFile;
    try (JarFile file = open(jar.file())) {
      ZipEntry entry = file.getEntry(DESCRIPTOR);
      classFile = entry == null ? 0 : classFile(file, entry);
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          jar.path(), "is not a whole jar (" + Failures.name(e) + ")", "copy or download it again");
    }
    if (classFile > Runtime.version().feature() + JAVA_OF_CLASS_FILE) {
      throw new Refusal(Failures.newerJava(jar.path(), classFile));
    }
  }

  private static int classFile(JarFile file, ZipEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
      int magic = in.readInt();
      in.readUnsignedShort();
      int version = in.readUnsignedShort();
      return magic == CLASS_FILE ? version : 0;
    }
  }

  /** An attribute of a jar's manifest. */
  static Optional<String> attribute(Jar jar, String name) {
    try (JarFile file = open(jar.file())) {
      return Optional.ofNullable(file.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue(name));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static JarFile open(Path file) throws IOException {
    return new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
  }
}
