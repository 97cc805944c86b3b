package juxta.launcher.plugins;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Component;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import juxta.engine.catalogue.Service;
import juxta.engine.train.ComponentFault;

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
   * differs from its record is refused until {@link PluginTrust} is told otherwise.
   *
   * @param pluginsFolder the plug-in folder; need not exist
   * @param lockFile the lock file, by custom {@code plugins.lock} beside the folder
   * @return the registry
   * @throws UserException if the folder or the lock file cannot be read
   */
  public static PluginRegistry load(Path pluginsFolder, Path lockFile) {
    return load(pluginsFolder, lockFile, false);
  }

  /**
   * The same for whoever develops a plug-in.
   *
   * @param pluginsFolder the plug-in folder; need not exist
   * @param lockFile the lock file
   * @param trusting whether a jar that differs from its record is trusted as it is now
   * @return the registry
   * @throws UserException if the folder or the lock file cannot be read
   */
  public static PluginRegistry load(Path pluginsFolder, Path lockFile, boolean trusting) {
    return new PluginLoader(pluginsFolder, lockFile, trusting).load();
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
   * What there is to say about every jar and folder of the plug-in folder.
   *
   * @param lockFile the lock file
   * @return in alphabetical order of paths
   */
  public List<PluginState> states(Path lockFile) {
    Path absolute = folder.toAbsolutePath().normalize();
    PluginSources sources = PluginSources.read(PluginSources.beside(lockFile));
    return new PluginStates(absolute, PluginLock.read(lockFile), sources, this).all();
  }

  /**
   * Version of the api that is here.
   *
   * @return such as {@code 0.1.0}
   */
  public String api() {
    return platform.version(Platform.API).orElse("development");
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
   * Explains what surfaced anywhere: a user's mistake, a fault of a plug-in, which is named with
   * the component and what was asked of it, or a fault of ours.
   *
   * @param thrown what was thrown
   * @return the explanation
   */
  public Explanation explain(Throwable thrown) {
    if (thrown instanceof UserException mistake) {
      return Explanation.of(mistake);
    }
    Optional<Explanation> name = Explanation.ofName(thrown);
    if (name.isPresent()) {
      return name.get();
    }
    Optional<Explanation> blamed =
        thrown instanceof LinkageError error ? outdated(error) : Optional.empty();
    if (thrown instanceof OutOfMemoryError) {
      return Explanation.ofOurs(thrown);
    }
    return blamed.or(() -> fault(thrown)).orElseGet(() -> Explanation.ofOurs(thrown));
  }

  List<LoadedPlugin> loaded() {
    return plugins;
  }

  /** The jar whose code runs in a frame. */
  Optional<String> jar(StackTraceElement frame) {
    return plugins.stream()
        .filter(plugin -> plugin.owns(frame))
        .findFirst()
        .flatMap(plugin -> plugin.jar(frame.getClassName()))
        .map(this::shown);
  }

  /** Whether code that did not come with Juxta runs in a frame. */
  boolean isStrangers(StackTraceElement frame) {
    return plugins.stream().anyMatch(plugin -> !plugin.isShipped() && plugin.owns(frame));
  }

  /** A jar that was built for other versions. */
  private Optional<Explanation> outdated(LinkageError error) {
    return Blame.classes(error).stream()
        .flatMap(name -> plugins.stream().flatMap(plugin -> plugin.jar(name).stream()))
        .findFirst()
        .map(jar -> Failures.fault(shown(jar), "call of its code", error, platform))
        .map(fault -> Explanation.of(new UserException(fault.toString(), error)));
  }

  private String shown(Path jar) {
    return Jar.path(folder.toAbsolutePath().normalize(), jar);
  }

  /** What the code of a plug-in threw, or a wrong answer of a component. */
  private Optional<Explanation> fault(Throwable thrown) {
    Optional<ComponentFault> known =
        thrown instanceof ComponentFault fault ? Optional.of(fault) : Optional.empty();
    Optional<Registered<?>> component = known.flatMap(ComponentFault::component);
    Throwable cause = known.<Throwable>map(Throwable::getCause).orElse(thrown);
    boolean nonsense = known.filter(ComponentFault::isNonsense).isPresent();
    Optional<Blame.Culprit> culprit = // the one who got the nonsense is on the stack, too
        nonsense && component.isPresent() ? Optional.empty() : new Blame(plugins).culprit(cause);
    Optional<LoadedPlugin> plugin =
        culprit.map(Blame.Culprit::plugin).or(() -> component.flatMap(this::owner));
    if (plugin.isEmpty()) {
      return Optional.empty();
    }
    String jar =
        culprit
            .flatMap(c -> c.plugin().jar(c.frame().getClassName()))
            .or(() -> component.flatMap(c -> plugin.get().jar(c.component().getClass().getName())))
            .map(this::shown)
            .orElse(plugin.get().plugin().name());
    String where = known.map(fault -> " in " + fault.where()).orElse("");
    String who =
        component
            .filter(c -> c.plugin().equals(plugin.get().plugin()))
            .map(c -> Service.nounOf(c.component()) + " '" + c.id() + "'")
            .orElse("it");
    if (culprit.isEmpty() && !nonsense) { // in a graph that the plug-in has built
      return Optional.of(
          Explanation.ofOurs(
              "internal fault"
                  + where
                  + " of "
                  + who
                  + " ("
                  + jar
                  + "), please report it with"
                  + " these lines:",
              cause));
    }
    String what = known.map(ComponentFault::what).orElse("threw " + Failures.name(cause));
    boolean ours = plugin.get().isShipped();
    Fault fault =
        new Fault(
            jar,
            who + " " + what + where,
            (ours ? "please report it" : "report it to the plug-in's author")
                + (nonsense ? "" : " with these lines:"));
    return Optional.of(
        nonsense
            ? new Explanation(List.of(fault.toString()), List.of(), false)
            : ours
                ? Explanation.ofOurs(fault.toString(), cause)
                : new Explanation(
                    List.of(fault.toString()), Blame.own(cause, plugin.get()), false));
  }

  private Optional<LoadedPlugin> owner(Registered<?> component) {
    return plugins.stream().filter(p -> p.plugin().equals(component.plugin())).findFirst();
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
