package juxta.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  static final String ENCODER = "encoder";
  static final String AUGMENTATION = "augmentation";

  private Parts() {}

  /** Those that a component has. */
  static Map<String, String> of(Component component, Map<String, String> run) {
    Map<String, String> own = new LinkedHashMap<>();
    for (Setting<?> setting : component.settings()) {
      String value = run.get(prefix(component) + setting.key());
      if (value != null) {
        own.put(setting.key(), value);
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
        ? ENCODER + "."
        : component instanceof Augmentation ? AUGMENTATION + "." : "";
  }

  /** The part of a plug-in that a run names. */
  static <C extends Component> Optional<TinyVolumeSetup.Part<C>> named(
      Class<C> type, String part, Module plugin, Map<String, String> run) {
    Stream<Component> own =
        plugin.isNamed() ? PluginContract.components(plugin).stream() : Stream.empty();
    return own.filter(type::isInstance)
        .map(type::cast)
        .filter(c -> c.id().equals(run.get(part)))
        .findFirst()
        .map(c -> new TinyVolumeSetup.Part<>(c, settings(c, run)));
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
