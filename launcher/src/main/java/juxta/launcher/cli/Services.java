package juxta.launcher.cli;

import java.util.List;
import java.util.Optional;
import juxta.engine.catalogue.Registered;
import juxta.engine.catalogue.Service;
import juxta.launcher.plugins.PluginRegistry;

/** The services by the word that a user types. */
final class Services {
  private Services() {}

  static List<String> words() {
    return Service.ALL.stream().map(Services::word).toList();
  }

  private static String word(Service<?> service) {
    return service.plural().replace(" ", "");
  }

  static Optional<Service<?>> of(String word) {
    return Service.ALL.stream().filter(service -> word(service).equals(word)).findFirst();
  }

  /** All components of the service that a word names. */
  static List<Registered<?>> all(PluginRegistry registry, String word) {
    return List.copyOf(registry.all(of(word).orElseThrow().type()));
  }
}
