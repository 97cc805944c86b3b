package juxta.launcher.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import juxta.api.Component;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Service;

/** Finds and makes the components of one plug-in; a provider that fails leaves the others alone. */
final class Providers {
  private final Inspection inspection;
  private final ModuleLayer layer;
  private final Platform platform;
  private final Consumer<Fault> faults;
  private final Consumer<String> making;

  /**
   * Prepares.
   *
   * @param faults takes what is wrong
   * @param making is told of each component before it is made, such as {@code method a.B}
   */
  Providers(
      Inspection inspection,
      ModuleLayer layer,
      Platform platform,
      Consumer<Fault> faults,
      Consumer<String> making) {
    this.inspection = inspection;
    this.layer = layer;
    this.platform = platform;
    this.faults = faults;
    this.making = making;
  }

  /** The components that could be made and that describe themselves properly. */
  List<Found<?>> find() {
    List<Found<?>> found = new ArrayList<>();
    Service.ALL.stream()
        .filter(service -> inspection.modules().values().stream().anyMatch(service::isIn))
        .forEach(service -> found.addAll(find(service)));
    return found;
  }

  private <C extends Component> List<Found<C>> find(Service<C> service) {
    List<Found<C>> found = new ArrayList<>();
    for (Provider<C> provider : providers(service)) {
      String jar = jar(provider.type().getName());
      String what = service.noun() + " " + provider.type().getName();
      making.accept(what);
      try {
        C component = provider.get();
        String id = new SelfDescription(jar, what, platform).check(component);
        found.add(new Found<>(service, id, component, jar));
      } catch (Refusal refusal) {
        faults.accept(refusal.fault());
      } catch (Throwable thrown) {
        Failures.rethrowFatal(thrown);
        faults.accept(Failures.fault(jar, "constructor of " + what, thrown, platform));
      }
    }
    return found;
  }

  private <C extends Component> List<Provider<C>> providers(Service<C> service) {
    Set<String> inherited = inherited(service);
    List<Provider<C>> providers = new ArrayList<>();
    Spliterator<Provider<C>> all = ServiceLoader.load(layer, service.type()).stream().spliterator();
    boolean more = true;
    while (more) {
      try {
        more = all.tryAdvance(providers::add);
      } catch (ServiceConfigurationError e) {
        String jar = jar(String.valueOf(e.getMessage()));
        faults.accept(Failures.fault(jar, "loading of a " + service.noun(), e, platform));
      }
    }
    providers.removeIf(
        provider ->
            provider.type().getModule().getLayer() != layer
                && inherited.contains(provider.type().getName()));
    return providers;
  }

  /** Classes that provide the service in the platform's own layer. */
  private Set<String> inherited(Service<?> service) {
    return platform.layer().modules().stream()
        .flatMap(module -> module.getDescriptor().provides().stream())
        .filter(provides -> provides.service().equals(service.type().getName()))
        .flatMap(provides -> provides.providers().stream())
        .collect(Collectors.toSet());
  }

  /** The jar that declares a provider whose name occurs in a text; the first where none does. */
  private String jar(String text) {
    List<Jar> jars = inspection.providers();
    return jars.stream()
        .filter(
            jar ->
                inspection.modules().get(jar).provides().stream()
                    .flatMap(provides -> provides.providers().stream())
                    .anyMatch(text::contains))
        .findFirst()
        .orElse(jars.get(0))
        .path();
  }
}
