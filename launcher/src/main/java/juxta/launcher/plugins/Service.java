package juxta.launcher.plugins;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;

/** One of the services that a plug-in can provide, and what users call it. */
record Service<C extends Component>(Class<C> type, String noun, String plural) {
  static final List<Service<?>> ALL =
      List.of(
          new Service<>(Method.class, "method", "methods"),
          new Service<>(Encoder.class, "encoder", "encoders"),
          new Service<>(Augmentation.class, "augmentation", "augmentations"),
          new Service<>(Loss.class, "loss", "losses"),
          new Service<>(Evaluator.class, "evaluator", "evaluators"),
          new Service<>(DatasetProvider.class, "data set", "data sets"));

  static Service<?> of(Class<?> type) {
    return ALL.stream()
        .filter(service -> service.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type.getName() + " is no service"));
  }

  /** What users call a component. */
  static String nounOf(Component component) {
    return ALL.stream()
        .filter(service -> service.type().isInstance(component))
        .findFirst()
        .map(Service::noun)
        .orElse("component");
  }

  /** Whether a module declares providers of this service. */
  boolean isIn(ModuleDescriptor module) {
    return module.provides().stream().anyMatch(p -> p.service().equals(type.getName()));
  }
}
