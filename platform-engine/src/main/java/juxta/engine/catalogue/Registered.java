package juxta.engine.catalogue;

import juxta.api.Component;

/**
 * A component and where it came from.
 *
 * @param component the component
 * @param plugin the plug-in that provides it
 * @param <C> the service
 */
public record Registered<C extends Component>(C component, Plugin plugin) {
  /**
   * The component's id.
   *
   * @return the id
   */
  public String id() {
    return component.id();
  }
}
