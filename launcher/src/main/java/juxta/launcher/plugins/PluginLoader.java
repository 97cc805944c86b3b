package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import juxta.api.Component;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.NaturalOrder;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import juxta.engine.catalogue.Service;
import juxta.toolkit.text.ShellWords;

/** Loads all plug-ins of a folder, once. */
final class PluginLoader {
  /** How long making the components of a plug-in may take. */
  static final Duration PATIENCE =
      Duration.ofSeconds(Math.max(1, Integer.getInteger("juxta.plugin-seconds", 30)));

  private static final long CHANGE_MILLIS = 10_000;

  private final Path shown;
  private final Path folder;
  private final Path lockFile;
  private final boolean trusting;
  private final Platform platform = Platform.current();
  private final List<Fault> faults = new ArrayList<>();
  private final List<LoadedPlugin> plugins = new ArrayList<>();
  private final Map<Class<?>, Map<String, Registered<?>>> components = new HashMap<>();

  PluginLoader(Path folder, Path lockFile, boolean trusting) {
    this.shown = folder;
    this.folder = folder.toAbsolutePath().normalize();
    this.lockFile = lockFile;
    this.trusting = trusting;
  }

  PluginRegistry load() {
    finishChange();
    PluginLock lock = PluginLock.read(lockFile);
    List<Inspection> inspections =
        Candidate.scan(folder).stream()
            .map(candidate -> inspect(candidate, lock))
            .flatMap(Optional::stream)
            .sorted(order(lock))
            .toList();
    List<Inspection> distinct = distinct(inspections);
    Map<String, Fault> tried =
        new Trial(folder, PATIENCE)
            .of(distinct.stream().filter(i -> !i.isShipped() && !lock.knows(i.jars())).toList());
    faults.addAll(tried.values());
    List<Jar> trusted = new ArrayList<>();
    for (Inspection inspection : distinct) {
      if (!tried.containsKey(inspection.candidate().path()) && load(inspection)) {
        trusted.addAll(inspection.jars());
      }
    }
    introduce();
    record(lock, trusted);
    plugins.sort(Comparator.comparing(loaded -> loaded.plugin().name()));
    return new PluginRegistry(shown, platform, plugins, faults, components);
  }

  /** Of an installation that was killed. */
  private void finishChange() {
    if (!Change.isPending(folder)) {
      return;
    }
    try (FolderLock held = FolderLock.take(folder, CHANGE_MILLIS).orElse(null)) {
      if (held != null) { // else it is under way
        Change.finishPending(folder, lockFile);
      }
    } catch (IOException e) {
      faults.add(
          new Fault(
              "plug-in folder",
              "a change that was interrupted cannot be finished (" + Failures.name(e) + ")",
              "make the folder writable, or remove the files in it that begin with a dot"));
    }
  }

  /**
   * Who comes first keeps an id that another has too: plug-ins that came with Juxta, then those
   * that have been here before, then the others by name.
   */
  private static Comparator<Inspection> order(PluginLock lock) {
    return Comparator.comparing((Inspection inspection) -> !inspection.isShipped())
        .thenComparing(inspection -> !lock.knows(inspection.jars()))
        .thenComparing(Inspection::name)
        .thenComparing(inspection -> inspection.candidate().name());
  }

  private Optional<Inspection> inspect(Candidate candidate, PluginLock lock) {
    try {
      List<Jar> jars = candidate.files().stream().map(file -> Jar.read(folder, file)).toList();
      for (Jar jar : jars) {
        if (lock.changed(jar) && !trusting) {
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
      found = find(inspection, layer);
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

  /** Makes the components; strangers' on another thread, since they may never come to an end. */
  private List<Found<?>> find(Inspection inspection, ModuleLayer layer) {
    if (inspection.isShipped()) {
      return new Providers(inspection, layer, platform, faults::add, what -> {}).find();
    }
    List<Fault> met = new ArrayList<>();
    AtomicReference<String> making = new AtomicReference<>("a component");
    Providers providers = new Providers(inspection, layer, platform, met::add, making::set);
    FutureTask<List<Found<?>>> task = new FutureTask<>(providers::find);
    Thread thread = new Thread(task, "plug-in " + inspection.name());
    thread.setDaemon(true);
    thread.start();
    try {
      List<Found<?>> found = patiently(task);
      faults.addAll(met);
      return found;
    } catch (TimeoutException e) {
      throw new Refusal(
          inspection.candidate().path(),
          "the constructor of "
              + making.get()
              + " does not come to an end within "
              + PATIENCE.toSeconds()
              + " s",
          "report it to the plug-in's author, or remove the jar");
    } catch (ExecutionException e) {
      Failures.rethrowFatal(e.getCause());
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  /** Nobody interrupts this thread but a plug-in, which is waited for all the same. */
  private static <T> T patiently(FutureTask<T> task) throws TimeoutException, ExecutionException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        T made = task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        Thread.interrupted(); // or the next file that is written is closed
        return made;
      } catch (InterruptedException e) {
        System.getLogger(PluginLoader.class.getName())
            .log(System.Logger.Level.DEBUG, "a plug-in interrupted what loads it", e);
      }
    }
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
    boolean ours = owner(holder).isShipped();
    faults.add(
        new Fault(
            found.jar(),
            "%s '%s' is taken by plug-in %s (%s)%s"
                .formatted(
                    found.service().noun(),
                    found.id(),
                    holder.plugin().label(),
                    Jar.path(folder, holder.plugin().location()),
                    ours ? ", which came with Juxta" : ""),
            ours
                ? "have the id changed by the plug-in's author, or remove the jar"
                : "remove one of the two jars, or have the id changed"));
    return false;
  }

  private LoadedPlugin owner(Registered<?> holder) {
    return plugins.stream()
        .filter(loaded -> loaded.plugin().equals(holder.plugin()))
        .findFirst()
        .orElseThrow();
  }

  private <C extends Component> void register(Found<C> found, Plugin plugin) {
    ids(found.service()).put(found.id(), new Registered<>(found.component(), plugin));
  }

  private Map<String, Registered<?>> ids(Service<?> service) {
    return components.computeIfAbsent(service.type(), type -> new TreeMap<>(NaturalOrder.NATURAL));
  }

  /** Lets methods that train as another one does know the others, and all of them the encoders. */
  private void introduce() {
    Map<String, Registered<?>> methods = ids(Service.of(Method.class));
    List<Method> all = methods.values().stream().map(r -> (Method) r.component()).toList();
    List<Encoder> encoders =
        ids(Service.of(Encoder.class)).values().stream().map(r -> (Encoder) r.component()).toList();
    methods.replaceAll(
        (id, registered) -> {
          Method method = (Method) registered.component();
          String jar = Jar.path(folder, registered.plugin().location());
          String what = "method " + method.getClass().getName();
          String step = "among()";
          try {
            Method among = method.among(all);
            if (among == null) { // said by name, not as a fault of the next call
              throw new IllegalStateException("it became nothing");
            }
            step = "withEncoders()";
            Method known = among.withEncoders(encoders);
            step = known == among ? "among()" : "withEncoders()";
            String same = new SelfDescription(jar, what, platform).check(known);
            if (!same.equals(id)) {
              throw new IllegalStateException("it became '" + same + "'");
            }
            return new Registered<>(known, registered.plugin());
          } catch (Refusal refusal) {
            faults.add(refusal.fault());
          } catch (Throwable thrown) {
            Failures.rethrowFatal(thrown);
            faults.add(Failures.fault(jar, step + " of " + what, thrown, platform));
          }
          return registered;
        });
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
