package juxta.launcher.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.engine.catalogue.Registered;
import juxta.launcher.plugins.PluginRegistry;

/** The services by the word that a user types. */
final class Services {
  private static final Map<String, Class<? extends Component>> BY_WORD = byWord();

  private Services() {}

  private static Map<String, Class<? extends Component>> byWord() {
    Map<String, Class<? extends Component>> map = new LinkedHashMap<>();
    map.put("methods", Method.class);
    map.put("encoders", Encoder.class);
    map.put("augmentations", Augmentation.class);
    map.put("losses", Loss.class);
    map.put("evaluators", Evaluator.class);
    map.put("datasets", DatasetProvider.class);
    return map;
  }

  static List<String> words() {
    return List.copyOf(BY_WORD.keySet());
  }

  static Optional<Class<? extends Component>> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** All components of the service that a word names. */
  static List<Registered<?>> all(PluginRegistry registry, String word) {
    return List.copyOf(registry.all(of(word).orElseThrow()));
  }
}
