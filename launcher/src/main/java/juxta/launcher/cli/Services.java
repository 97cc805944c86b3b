package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DataKind;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Method;
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

  /** Words for the kinds of data that a component takes, or of a data set that it holds. */
  static Set<String> kinds(Component component) {
    List<DataKind> kinds = new ArrayList<>();
    if (component instanceof Method m) {
      kinds.addAll(m.kinds());
    } else if (component instanceof Encoder e) {
      kinds.addAll(e.kinds());
    } else if (component instanceof Augmentation a) {
      kinds.addAll(a.kinds());
    } else if (component instanceof DatasetProvider d) {
      kinds.add(d.kind());
    }
    Set<String> words = new TreeSet<>();
    kinds.forEach(k -> words.add(k.toString()));
    return words;
  }
}
