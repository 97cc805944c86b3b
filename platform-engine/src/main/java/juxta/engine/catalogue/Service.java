package juxta.engine.catalogue;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;

/**
 * One of the services that a plug-in can provide, and what users call it.
 *
 * @param <C> the service
 * @param type its interface in {@code juxta.api}
 * @param noun what one component is called
 * @param plural what several are called
 */
public record Service<C extends Component>(Class<C> type, String noun, String plural) {
  /** All of them, in the order in which lists show them. */
  public static final List<Service<?>> ALL =
      List.of(
          new Service<>(Method.class, "method", "methods"),
          new Service<>(Encoder.class, "encoder", "encoders"),
          new Service<>(Augmentation.class, "augmentation", "augmentations"),
          new Service<>(Loss.class, "loss", "losses"),
          new Service<>(Evaluator.class, "evaluator", "evaluators"),
          new Service<>(DatasetProvider.class, "data set", "data sets"));

  /**
   * The service of an interface.
   *
   * @param type the interface
   * @return the service
   * @throws IllegalArgumentException if it is no service
   */
  public static Service<?> of(Class<?> type) {
    return ALL.stream()
        .filter(service -> service.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type.getName() + " is no service"));
  }

  /**
   * The services that a component is of.
   *
   * @param component the component
   * @return perhaps several
   */
  public static List<Service<?>> of(Component component) {
    return ALL.stream()
        .<Service<?>>filter(service -> service.type().isInstance(component))
        .toList();
  }

  /**
   * What users call a component.
   *
   * @param component the component
   * @return such as {@code method}
   */
  public static String nounOf(Component component) {
    return of(component).stream().findFirst().<String>map(Service::noun).orElse("component");
  }

  /**
   * Whether a module declares providers of this service.
   *
   * @param module the module
   * @return true if it does
   */
  public boolean isIn(ModuleDescriptor module) {
    return module.provides().stream().anyMatch(p -> p.service().equals(type.getName()));
  }
}
