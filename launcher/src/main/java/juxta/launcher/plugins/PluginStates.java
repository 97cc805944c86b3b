package juxta.launcher.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Plugin;
import juxta.launcher.plugins.PluginState.State;

/**
 * The states of all plug-ins of a folder.
 *
 * @param folder the plug-in folder
 * @param lock what is trusted
 * @param sources where they were installed from
 * @param registry what was loaded
 */
record PluginStates(Path folder, PluginLock lock, PluginSources sources, PluginRegistry registry) {
  /** In alphabetical order of paths. */
  List<PluginState> all() {
    return Candidate.scan(folder).stream().map(this::state).toList();
  }

  private PluginState state(Candidate candidate) {
    List<Jar> jars = jars(candidate);
    Optional<Plugin> plugin =
        registry.plugins().stream()
            .filter(p -> Jar.path(folder, p.location()).equals(candidate.path()))
            .findFirst();
    Optional<Inspection> inspection = inspection(candidate, jars);
    boolean waits = plugin.isEmpty() && jars.stream().anyMatch(lock::changed);
    return new PluginState(
        plugin
            .map(Plugin::name)
            .or(() -> inspection.map(Inspection::name))
            .orElse(candidate.name()),
        candidate.path(),
        plugin.isPresent() ? State.LOADED : waits ? State.WAITING : State.REFUSED,
        problems(candidate),
        inspection.map(Inspection::provided).orElse(List.of()),
        plugin.map(Plugin::version).or(() -> inspection.map(Inspection::version)),
        plugin
            .map(Plugin::components)
            .or(() -> inspection.map(Staged::services))
            .orElse(new TreeMap<>()),
        inspection.flatMap(Inspection::builtFor),
        inspection.flatMap(Inspection::declared),
        new TreeMap<>(jars.stream().collect(Collectors.toMap(Jar::path, Jar::sha256))),
        sources.of(candidate.path()),
        inspection.filter(Inspection::isShipped).isPresent());
  }

  private List<String> problems(Candidate candidate) {
    return registry.faults().stream()
        .filter(
            fault ->
                fault.jar().equals(candidate.path())
                    || fault.jar().startsWith(candidate.path() + "/"))
        .map(Fault::toString)
        .toList();
  }

  private List<Jar> jars(Candidate candidate) {
    List<Jar> jars = new ArrayList<>();
    for (Path file : candidate.files()) {
      try {
        if (Files.isRegularFile(file)) {
          jars.add(Jar.read(folder, file));
        }
      } catch (Refusal refusal) {
        continue; // it stands among the problems
      }
    }
    return jars;
  }

  private static Optional<Inspection> inspection(Candidate candidate, List<Jar> jars) {
    try {
      return Optional.of(Inspection.of(candidate, jars));
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }
}
