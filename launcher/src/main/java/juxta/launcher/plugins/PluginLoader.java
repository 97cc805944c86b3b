package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.Component;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.NaturalOrder;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import juxta.toolkit.text.ShellWords;

/** Loads all plug-ins of a folder, once. */
final class PluginLoader {
  private final Path shown;
  private final Path folder;
  private final Path lockFile;
  private final Platform platform = Platform.current();
  private final List<Fault> faults = new ArrayList<>();
  private final List<LoadedPlugin> plugins = new ArrayList<>();
  private final Map<Class<?>, Map<String, Registered<?>>> components = new HashMap<>();

  PluginLoader(Path folder, Path lockFile) {
    this.shown = folder;
    this.folder = folder.toAbsolutePath().normalize();
    this.lockFile = lockFile;
  }

  PluginRegistry load() {
    PluginLock lock = PluginLock.read(lockFile);
    List<Inspection> inspections =
        Candidate.scan(folder).stream()
            .map(candidate -> inspect(candidate, lock))
            .flatMap(Optional::stream)
            .sorted(
                Comparator.comparing(Inspection::name)
                    .thenComparing(inspection -> inspection.candidate().name()))
            .toList();
    List<Jar> trusted = new ArrayList<>();
    for (Inspection inspection : distinct(inspections)) {
      if (load(inspection)) {
        trusted.addAll(inspection.jars());
      }
    }
    record(lock, trusted);
    return new PluginRegistry(shown, platform, plugins, faults, components);
  }

  private Optional<Inspection> inspect(Candidate candidate, PluginLock lock) {
    try {
      List<Jar> jars = candidate.files().stream().map(file -> Jar.read(folder, file)).toList();
      for (Jar jar : jars) {
        if (lock.changed(jar)) {
          throw new Refusal(
              jar.path(),
              "has changed since it was trusted",
              "run 'juxta plugins trust "
                  + ShellWords.word(candidate.name())
                  + "' if that was meant");
        }
      }
      Inspection inspection = Inspection.of(candidate, jars);
      new Compatibility(platform).check(inspection);
      return Optional.of(inspection);
    } catch (Refusal refusal) {
      faults.add(refusal.fault());
      return Optional.empty();
    }
  }

  /** Without those that have a module of the same name as one before. */
  private List<Inspection> distinct(List<Inspection> inspections) {
    Map<String, Jar> seen = new HashMap<>();
    List<Inspection> distinct = new ArrayList<>();
    for (Inspection inspection : inspections) {
      Optional<Jar> twin =
          inspection.providers().stream()
              .filter(j -> seen.containsKey(module(inspection, j)))
              .findFirst();
      if (twin.isPresent()) {
        String module = module(inspection, twin.get());
        faults.add(Inspection.twins(twin.get().path(), module, seen.get(module).path()).fault());
      } else {
        inspection.providers().forEach(jar -> seen.put(module(inspection, jar), jar));
        distinct.add(inspection);
      }
    }
    return distinct;
  }

  private static String module(Inspection inspection, Jar jar) {
    return inspection.modules().get(jar).name();
  }

  /** Whether anything of the plug-in can be used. */
  private boolean load(Inspection inspection) {
    List<Found<?>> found;
    ModuleLayer layer;
    try {
      layer = Layers.layer(inspection, platform);
      found = new Providers(inspection, layer, platform, faults::add).find();
    } catch (Refusal refusal) {
      faults.add(refusal.fault());
      return false;
    }
    List<Found<?>> free = once(found).stream().filter(this::isFree).toList();
    if (free.isEmpty()) {
      return false;
    }
    Plugin plugin = plugin(inspection, free);
    plugins.add(new LoadedPlugin(plugin, layer));
    free.forEach(component -> register(component, plugin));
    return true;
  }

  /** Without those that have the id of one before in the same plug-in. */
  private List<Found<?>> once(List<Found<?>> found) {
    Set<List<String>> seen = new HashSet<>();
    List<Found<?>> once = new ArrayList<>();
    for (Found<?> one : found) {
      String noun = one.service().noun();
      if (seen.add(List.of(noun, one.id()))) {
        once.add(one);
      } else {
        faults.add(
            new Fault(
                one.jar(),
                "has %s '%s' twice, as %s too"
                    .formatted(noun, one.id(), one.component().getClass().getName()),
                "report it to the plug-in's author, the first is used"));
      }
    }
    return once;
  }

  private boolean isFree(Found<?> found) {
    Registered<?> holder = ids(found.service()).get(found.id());
    if (holder == null) {
      return true;
    }
    faults.add(
        new Fault(
            found.jar(),
            "%s '%s' is taken by plug-in %s (%s)"
                .formatted(
                    found.service().noun(),
                    found.id(),
                    holder.plugin().label(),
                    Jar.path(folder, holder.plugin().location())),
            "remove one of the two jars, or have the id changed"));
    return false;
  }

  private <C extends Component> void register(Found<C> found, Plugin plugin) {
    ids(found.service()).put(found.id(), new Registered<>(found.component(), plugin));
  }

  private Map<String, Registered<?>> ids(Service<?> service) {
    return components.computeIfAbsent(service.type(), type -> new TreeMap<>(NaturalOrder.NATURAL));
  }

  private static Plugin plugin(Inspection inspection, List<Found<?>> components) {
    return new Plugin(
        inspection.name(),
        inspection.version(),
        inspection.candidate().location(),
        new TreeMap<>(inspection.jars().stream().collect(Collectors.toMap(Jar::path, Jar::sha256))),
        new TreeMap<>(
            components.stream()
                .collect(
                    Collectors.groupingBy(
                        found -> found.service().noun(),
                        Collectors.mapping(Found::id, Collectors.toList())))));
  }

  private void record(PluginLock lock, List<Jar> trusted) {
    PluginLock grown = lock.with(trusted);
    if (grown.hashes().equals(lock.hashes())) {
      return;
    }
    try {
      grown.write(lockFile);
    } catch (IOException e) {
      faults.add(
          new Fault(
              lockFile.getFileName().toString(),
              "cannot be written (" + Failures.name(e) + ")",
              "make its folder writable, so that a jar that changes is noticed"));
    }
  }
}
