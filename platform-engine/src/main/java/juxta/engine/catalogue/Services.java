package juxta.engine.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import juxta.api.Component;

/** Who provides the services of the api. */
public final class Services {
  private Services() {}

  /**
   * The components that a module of this program provides, made as the platform makes those of
   * plug-ins. With {@link Catalogue#of} a plug-in's tests find its own parts.
   *
   * @param module a named module
   * @return service by service; nothing keeps two of them from having one id
   */
  public static List<Component> providedBy(Module module) {
    List<Component> components = new ArrayList<>();
    for (Service<?> service : Service.ALL) {
      providers(service.type(), module).stream()
          // a provider method may say no more than which service it makes
          .filter(p -> p.type().getModule().equals(module) || p.type().equals(service.type()))
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
