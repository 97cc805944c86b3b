package juxta.engine.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.Component;
import juxta.api.UserException;

/** Components that a program names itself, each of the module that its class is in. */
final class ListedCatalogue implements Catalogue {
  private final Map<String, Plugin> plugins = new TreeMap<>();
  private final Map<Class<? extends Component>, Map<String, Registered<?>>> byService =
      new LinkedHashMap<>();

  ListedCatalogue(List<? extends Component> components) {
    Service.ALL.forEach(
        service -> byService.put(service.type(), new TreeMap<>(NaturalOrder.NATURAL)));
    for (Component component : components) {
      Plugin plugin = plugin(component.getClass().getModule());
      Service.of(component)
          .forEach(service -> register(service.type(), new Registered<>(component, plugin)));
    }
    byService.forEach(this::tell);
  }

  private void register(Class<? extends Component> service, Registered<?> registered) {
    if (byService.get(service).putIfAbsent(registered.id(), registered) != null) {
      throw new IllegalArgumentException(
          "two components of "
              + service.getSimpleName()
              + " with the id '"
              + registered.id()
              + "'");
    }
  }

  /** Adds to each plug-in what it has. */
  private void tell(Class<? extends Component> service, Map<String, Registered<?>> byId) {
    byId.forEach(
        (id, registered) -> {
          Plugin known = plugins.get(registered.plugin().name());
          TreeMap<String, List<String>> all = new TreeMap<>(known.components());
          List<String> ids =
              new ArrayList<>(all.getOrDefault(Service.of(service).noun(), List.of()));
          ids.add(id);
          all.put(Service.of(service).noun(), ids);
          plugins.put(
              known.name(),
              new Plugin(known.name(), known.version(), known.location(), known.sha256(), all));
        });
  }

  private Plugin plugin(Module module) {
    String name = module.isNamed() ? module.getName() : "class path";
    String version =
        Optional.ofNullable(module.getDescriptor())
            .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
            .orElse("development");
    return plugins.computeIfAbsent(
        name, n -> new Plugin(n, version, Path.of("."), new TreeMap<>(), new TreeMap<>()));
  }

  @Override
  public List<Plugin> plugins() {
    return List.copyOf(plugins.values());
  }

  @Override
  public <C extends Component> List<Registered<C>> all(Class<C> service) {
    return byService.get(service).values().stream().map(r -> typed(service, r)).toList();
  }

  @Override
  public <C extends Component> Optional<Registered<C>> find(Class<C> service, String id) {
    return Optional.ofNullable(byService.get(service).get(id)).map(r -> typed(service, r));
  }

  @Override
  public <C extends Component> Registered<C> require(Class<C> service, String id) {
    return find(service, id)
        .orElseThrow(
            () ->
                new UserException(
                    "no "
                        + Service.of(service).noun()
                        + " '"
                        + id
                        + "'"
                        + Nearest.among(id, byService.get(service).keySet())));
  }

  private <C extends Component> Registered<C> typed(Class<C> service, Registered<?> registered) {
    return new Registered<>(
        service.cast(registered.component()), plugins.get(registered.plugin().name()));
  }
}
