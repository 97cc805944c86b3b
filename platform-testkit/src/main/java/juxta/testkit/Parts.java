package juxta.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Setting;
import juxta.api.Settings;

/**
 * The settings of components among those of a run: keys of a method stand as they are, those of an
 * encoder after {@code encoder.}, those of an augmentation after {@code augmentation.}, those of an
 * evaluator after its id.
 */
final class Parts {
  private Parts() {}

  /** Those that a component has, by its own keys. */
  private static Map<String, String> of(Component component, Map<String, String> run) {
    Map<String, String> own = new LinkedHashMap<>();
    String prefix = prefix(component);
    keyed(component, run).forEach((key, value) -> own.put(key.substring(prefix.length()), value));
    return own;
  }

  /** Those that a component has, by the keys of a run. */
  static Map<String, String> keyed(Component component, Map<String, String> run) {
    Map<String, String> own = new LinkedHashMap<>();
    for (Setting<?> setting : component.settings()) {
      String key = prefix(component) + setting.key();
      if (run.containsKey(key)) {
        own.put(key, run.get(key));
      }
    }
    return own;
  }

  static Settings settings(Component component, Map<String, String> run) {
    return Settings.of(of(component, run));
  }

  private static String prefix(Component component) {
    if (component instanceof Evaluator) {
      return component.id() + ".";
    }
    return component instanceof Encoder
        ? "encoder."
        : component instanceof Augmentation ? "augmentation." : "";
  }

  /** Refuses a key that none of the components has: a mistyped one would change nothing. */
  static void check(List<Component> components, Map<String, String> run) {
    for (String key : run.keySet()) {
      boolean known =
          components.stream()
              .anyMatch(c -> c.settings().stream().anyMatch(s -> key.equals(prefix(c) + s.key())));
      if (!known) {
        throw new IllegalArgumentException("no component has a setting '" + key + "'");
      }
    }
  }
}
