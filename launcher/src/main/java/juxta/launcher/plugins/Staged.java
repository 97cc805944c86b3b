package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.engine.catalogue.Service;
import juxta.launcher.fetch.Fetched;

/**
 * A plug-in that lies beside the plug-in folder's others, where nothing loads it.
 *
 * @param inspection what its jars say
 * @param bundle the same for a person
 */
record Staged(Inspection inspection, Bundle bundle) {
  /** Lays fetched files as they will lie and looks into them; none of their code runs. */
  static Staged of(Fetched fetched, Path plugins, Platform platform) throws IOException {
    List<String> leftOut = new ArrayList<>(fetched.leftOut());
    List<Fetched.File> kept = own(fetched, platform, leftOut);
    boolean single = kept.size() == 1;
    String path = single ? fetched.name() + ".jar" : fetched.name();
    Path place = plugins.resolve(path);
    Files.createDirectories(single ? plugins : place);
    Map<Path, String> from = new HashMap<>();
    for (Fetched.File one : kept) {
      Path to = single ? place : place.resolve(one.file().getFileName());
      from.put(Files.move(one.file(), to), one.from());
    }
    Candidate candidate = Candidate.scan(plugins).get(0);
    List<Jar> jars = candidate.files().stream().map(file -> Jar.read(plugins, file)).toList();
    jars.forEach(Bounds::check);
    Inspection inspection = Inspection.of(candidate, jars);
    new Compatibility(platform).check(inspection);
    List<Bundle.File> files = new ArrayList<>();
    for (Jar jar : jars) {
      files.add(
          new Bundle.File(jar.path(), Files.size(jar.file()), jar.sha256(), from.get(jar.file())));
    }
    return new Staged(
        inspection,
        new Bundle(
            fetched.name(),
            path,
            inspection.provided(),
            inspection.version(),
            services(inspection),
            inspection.builtFor(),
            inspection.declared(),
            files,
            leftOut,
            licence(fetched, inspection),
            fetched.source(),
            fetched.checked()));
  }

  /** Without libraries that are modules of the platform: those come from it alone. */
  private static List<Fetched.File> own(Fetched fetched, Platform platform, List<String> leftOut) {
    if (fetched.files().isEmpty()) {
      throw new UserException(fetched.source() + ": holds no jar; name that of a plug-in");
    }
    List<Fetched.File> kept = new ArrayList<>();
    for (Fetched.File one : fetched.files()) {
      String name = String.valueOf(one.file().getFileName());
      Jar jar = new Jar(name, one.file(), "");
      Bounds.check(jar);
      String module = Inspection.descriptor(jar).name();
      if (fetched.files().size() > 1 && platform.shared().containsKey(module)) {
        leftOut.add(name + ": Juxta brings " + module);
      } else {
        kept.add(one);
      }
    }
    if (kept.isEmpty()) {
      throw new UserException(
          fetched.source() + ": has only what Juxta brings itself; name that of a plug-in");
    }
    return kept;
  }

  /** Ids where the class files tell them, else names of classes. */
  static SortedMap<String, List<String>> services(Inspection inspection) {
    SortedMap<String, List<String>> services = new TreeMap<>();
    for (Jar jar : inspection.providers()) {
      for (Service<?> service : Service.ALL) {
        inspection.modules().get(jar).provides().stream()
            .filter(provides -> provides.service().equals(service.type().getName()))
            .flatMap(provides -> provides.providers().stream())
            .forEach(
                name ->
                    services
                        .computeIfAbsent(service.noun(), noun -> new ArrayList<>())
                        .add(ClassIds.of(jar.file(), name).orElse("(" + name + ")")));
      }
    }
    return services;
  }

  private static String licence(Fetched fetched, Inspection inspection) {
    return fetched.licences().isEmpty()
        ? inspection.providers().stream()
            .flatMap(jar -> Inspection.attribute(jar, "Bundle-License").stream())
            .distinct()
            .collect(Collectors.joining(", "))
        : String.join(", ", fetched.licences());
  }
}
