package juxta.engine.catalogue;

import java.util.List;
import java.util.Optional;
import juxta.api.Component;
import juxta.api.UserException;

/** The components that a run may be put together from, and the plug-ins that provide them. */
public interface Catalogue {
  /**
   * A catalogue of some components, as their public constructors make them. The plug-in of each is
   * the module that its class is in.
   *
   * @param components the components; one that is of several services is found as each of them
   * @return the catalogue
   * @throws IllegalArgumentException if two of one service have the same id
   */
  static Catalogue of(List<? extends Component> components) {
    return new ListedCatalogue(components);
  }

  /**
   * The plug-ins of which at least one component can be used.
   *
   * @return in alphabetical order of names
   */
  List<Plugin> plugins();

  /**
   * The components of a service.
   *
   * @param service one of the service interfaces
   * @param <C> the service
   * @return in natural order of ids
   */
  <C extends Component> List<Registered<C>> all(Class<C> service);

  /**
   * The component of an id.
   *
   * @param service one of the service interfaces
   * @param id what the user asked for
   * @param <C> the service
   * @return the component, empty where there is none
   */
  <C extends Component> Optional<Registered<C>> find(Class<C> service, String id);

  /**
   * The component of an id.
   *
   * @param service one of the service interfaces
   * @param id what the user asked for
   * @param <C> the service
   * @return the component
   * @throws UserException if there is none, naming the nearest and all known
   */
  <C extends Component> Registered<C> require(Class<C> service, String id);
}
