package juxta.engine.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;

/** The services of the api, and who provides them. */
public final class Services {
  /** What users call the components of each service. */
  static final Map<Class<? extends Component>, String> NOUNS = nouns();

  private Services() {}

  private static Map<Class<? extends Component>, String> nouns() {
    Map<Class<? extends Component>, String> nouns = new LinkedHashMap<>();
    nouns.put(Method.class, "method");
    nouns.put(Encoder.class, "encoder");
    nouns.put(Augmentation.class, "augmentation");
    nouns.put(Loss.class, "loss");
    nouns.put(Evaluator.class, "evaluator");
    nouns.put(DatasetProvider.class, "data set");
    return Collections.unmodifiableMap(nouns);
  }

  /**
   * The services that a component is of.
   *
   * @param component the component
   * @return interfaces of {@code juxta.api}, perhaps several
   */
  public static List<Class<? extends Component>> of(Component component) {
    List<Class<? extends Component>> services = new ArrayList<>(NOUNS.keySet());
    services.removeIf(service -> !service.isInstance(component));
    return services;
  }

  /**
   * The components that a module of this program provides, made as the platform makes those of
   * plug-ins. With {@link Catalogue#of} a plug-in's tests find its own parts.
   *
   * @param module a named module
   * @return service by service; nothing keeps two of them from having one id
   */
  public static List<Component> providedBy(Module module) {
    List<Component> components = new ArrayList<>();
    for (Class<? extends Component> service : NOUNS.keySet()) {
      providers(service, module).stream()
          // a provider method may say no more than which service it makes
          .filter(p -> p.type().getModule().equals(module) || p.type().equals(service))
          .map(ServiceLoader.Provider::get)
          .filter(component -> component.getClass().getModule().equals(module))
          .forEach(components::add);
    }
    return components;
  }

  private static <C extends Component> List<ServiceLoader.Provider<C>> providers(
      Class<C> service, Module module) {
    return ServiceLoader.load(module.getLayer(), service).stream().toList();
  }
}
