package juxta.launcher.plugins;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import juxta.api.Component;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;

/** The plug-ins that were loaded, their components, and what could not be loaded. */
public final class PluginRegistry implements juxta.engine.catalogue.Catalogue {
  private final Path folder;
  private final Platform platform;
  private final List<LoadedPlugin> plugins;
  private final List<Fault> faults;
  private final Map<Class<?>, Map<String, Registered<?>>> components;

  PluginRegistry(
      Path folder,
      Platform platform,
      List<LoadedPlugin> plugins,
      List<Fault> faults,
      Map<Class<?>, Map<String, Registered<?>>> components) {
    this.folder = folder;
    this.platform = platform;
    this.plugins = List.copyOf(plugins);
    this.faults = faults.stream().distinct().sorted(Comparator.comparing(Fault::jar)).toList();
    this.components = new HashMap<>();
    components.forEach((type, byId) -> this.components.put(type, new LinkedHashMap<>(byId)));
  }

  /**
   * Loads every plug-in of a folder: each jar in it, and each folder of jars in it. A plug-in that
   * cannot be loaded becomes a fault; the others work.
   *
   * <p>A jar that is seen for the first time and works is recorded in the lock file; one that
   * differs from its record is refused until {@link PluginTrust} is told otherwise. A distribution
   * ships a lock file that its build made with {@link PluginTrust#trustAll}.
   *
   * @param pluginsFolder the plug-in folder; need not exist
   * @param lockFile the lock file, by custom {@code plugins.lock} beside the folder
   * @return the registry
   * @throws UserException if the folder or the lock file cannot be read
   */
  public static PluginRegistry load(Path pluginsFolder, Path lockFile) {
    return new PluginLoader(pluginsFolder, lockFile).load();
  }

  /**
   * The plug-ins of which at least one component can be used.
   *
   * @return in alphabetical order of names
   */
  public List<Plugin> plugins() {
    return plugins.stream().map(LoadedPlugin::plugin).toList();
  }

  /**
   * What could not be loaded.
   *
   * @return faults in alphabetical order of jars, perhaps none
   */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * The components of a service.
   *
   * @param service one of the service interfaces
   * @param <C> the service
   * @return in natural order of ids
   */
  public <C extends Component> List<Registered<C>> all(Class<C> service) {
    return byId(service).values().stream()
        .map(registered -> this.<C>typed(service, registered))
        .toList();
  }

  /**
   * The component of an id.
   *
   * @param service one of the service interfaces
   * @param id what the user asked for
   * @param <C> the service
   * @return the component, empty where there is none
   */
  public <C extends Component> Optional<Registered<C>> find(Class<C> service, String id) {
    return Optional.ofNullable(byId(service).get(id)).map(r -> this.<C>typed(service, r));
  }

  /**
   * The component of an id.
   *
   * @param service one of the service interfaces
   * @param id what the user asked for
   * @param <C> the service
   * @return the component
   * @throws UserException if there is none, naming the nearest, all known, and where to put a jar
   */
  public <C extends Component> Registered<C> require(Class<C> service, String id) {
    return find(service, id).orElseThrow(() -> new UserException(absent(Service.of(service), id)));
  }

  /**
   * Calls into plug-ins and explains a LinkageError as what it is: a jar built for other versions.
   *
   * @param call what to do
   * @param <R> the result
   * @return the result
   * @throws UserException in place of a LinkageError of a plug-in, naming the jar and the remedy
   */
  public <R> R guard(Supplier<R> call) {
    try {
      return call.get();
    } catch (LinkageError e) {
      throw explain(e).orElseThrow(() -> e);
    }
  }

  /**
   * Explains a LinkageError that surfaced anywhere, if it arose in the code of a plug-in.
   *
   * @param error the error
   * @return the explanation, empty where no plug-in is to blame
   */
  public Optional<UserException> explain(LinkageError error) {
    return Blame.classes(error).stream()
        .flatMap(name -> plugins.stream().flatMap(plugin -> plugin.jar(name).stream()))
        .findFirst()
        .map(jar -> Jar.path(folder.toAbsolutePath().normalize(), jar))
        .map(jar -> Failures.fault(jar, "call of its code", error, platform))
        .map(fault -> new UserException(fault.toString(), error));
  }

  private String absent(Service<?> service, String id) {
    List<String> known = List.copyOf(byId(service.type()).keySet());
    String elsewhere =
        Service.ALL.stream()
            .filter(other -> byId(other.type()).containsKey(id))
            .findFirst()
            .map(other -> " (it is one of the " + other.plural() + ")")
            .orElse("");
    return "no %s '%s'%s%s; put the jar that has it into %s"
        .formatted(service.noun(), id, elsewhere, Nearest.among(id, known), folder);
  }

  private Map<String, Registered<?>> byId(Class<?> service) {
    Service.of(service);
    return components.getOrDefault(service, Map.of());
  }

  private <C extends Component> Registered<C> typed(Class<C> service, Registered<?> registered) {
    return new Registered<>(service.cast(registered.component()), registered.plugin());
  }
}
