package juxta.launcher.plugins;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks from the descriptors alone that a candidate fits the platform. */
final class Compatibility {
  private static final Pattern MAJOR_MINOR = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");

  private final Platform platform;

  Compatibility(Platform platform) {
    this.platform = platform;
  }

  void check(Inspection inspection) {
    Set<String> own =
        inspection.modules().values().stream()
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    inspection.modules().forEach((jar, module) -> checkCopies(jar.path(), module));
    inspection.modules().forEach(this::checkVersions);
    inspection.modules().forEach((jar, module) -> checkPresence(jar.path(), module, own));
  }

  private void checkCopies(String jar, ModuleDescriptor module) {
    if (platform.shared().containsKey(module.name())) {
      throw copy(jar, "module " + module.name(), "remove the jar from the folder");
    }
    for (String name : new TreeSet<>(module.packages())) {
      String owner = platform.owners().get(name);
      if (owner != null) {
        throw copy(
            jar,
            "package " + name + " of " + owner,
            "leave it out of the jar, or rename the package");
      }
    }
  }

  private static Refusal copy(String jar, String what, String remedy) {
    return new Refusal(jar, "clashes with Juxta: has its own copy of " + what, remedy);
  }

  /** What a plug-in declares counts; else what it was built for. */
  private void checkVersions(Jar jar, ModuleDescriptor module) {
    if (module.requires().stream().noneMatch(Compatibility::isOfPlatform)) {
      return; // a library, whose manifest is none of ours
    }
    Optional<String> declared = Inspection.declared(jar);
    if (declared.isPresent()) {
      checkRange(jar.path(), declared.get());
      return;
    }
    for (Requires requires : module.requires()) {
      String built = requires.rawCompiledVersion().orElse("");
      String running = platform.version(requires.name()).orElse("");
      if (isOfPlatform(requires) && !fits(built, running)) {
        throw new Refusal(
            jar.path(),
            "was built for " + requires.name() + " " + built + ", this is " + running,
            "get a build of it for Juxta " + running);
      }
    }
  }

  private static boolean isOfPlatform(Requires requires) {
    return List.of(Platform.API, Platform.TOOLKIT).contains(requires.name());
  }

  private void checkRange(String jar, String declared) {
    String running = platform.version(Platform.API).orElse("");
    ApiRange range =
        ApiRange.parse(declared)
            .orElseThrow(
                () ->
                    new Refusal(
                        jar,
                        "declares " + ApiRange.ATTRIBUTE + " '" + declared + "', which is no range",
                        "have its author write one such as [0.1,0.2)"));
    if (!range.holds(running)) {
      throw new Refusal(
          jar,
          "is for " + Platform.API + " " + range + ", this is " + running,
          "get a build of it for Juxta " + running + ", or a Juxta in that range");
    }
  }

  /**
   * Whether what was built for one version runs on another: same major version and no newer minor
   * version; before 1.0 each minor version stands alone. What states no version is let through.
   */
  static boolean fits(String built, String running) {
    Matcher builtFor = MAJOR_MINOR.matcher(built);
    Matcher here = MAJOR_MINOR.matcher(running);
    if (!builtFor.matches() || !here.matches()) {
      return true;
    }
    Version builtMajor = Version.parse(builtFor.group(1));
    Version builtMinor = minor(builtFor);
    boolean sameMajor = builtMajor.equals(Version.parse(here.group(1)));
    int order = builtMinor.compareTo(minor(here));
    return sameMajor && (order == 0 || order < 0 && !builtMajor.equals(Version.parse("0")));
  }

  private static Version minor(Matcher version) {
    return Version.parse(version.group(2) == null ? "0" : version.group(2));
  }

  private void checkPresence(String jar, ModuleDescriptor module, Set<String> own) {
    List<String> absent =
        module.requires().stream()
            .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
            .map(Requires::name)
            .filter(name -> !own.contains(name) && platform.layer().findModule(name).isEmpty())
            .sorted()
            .toList();
    if (absent.isEmpty()) {
      return;
    }
    Map<Boolean, List<String>> byKind =
        absent.stream()
            .collect(
                Collectors.partitioningBy(name -> ModuleFinder.ofSystem().find(name).isPresent()));
    String remedy =
        byKind.get(false).isEmpty()
            ? "start Java with --add-modules " + String.join(",", absent)
            : "put the plug-in and the jars it needs into a folder of their own under plugins";
    throw new Refusal(jar, "requires what is absent: module " + String.join(", ", absent), remedy);
  }
}
