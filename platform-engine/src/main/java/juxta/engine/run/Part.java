package juxta.engine.run;

import java.util.List;
import java.util.Optional;
import juxta.api.Component;
import juxta.api.Setting;

/**
 * Something that has settings in a run.
 *
 * @param name {@code run}, {@code method}, {@code encoder}, {@code augmentation}, {@code loss},
 *     {@code data}, or an evaluator's id
 * @param settings its settings
 */
record Part(String name, List<Setting<?>> settings) {
  static final String RUN = "run";
  static final String METHOD = "method";
  static final String DATA = "data";

  /** The parts that a method is put together from. */
  static final List<String> PIECES = List.of("encoder", "augmentation", "loss");

  static Part of(String name, Component component) {
    return new Part(name, component.settings());
  }

  /** The key as users write it. */
  String key(Setting<?> setting) {
    return prefix() + setting.key();
  }

  private String prefix() {
    return name.equals(RUN) || name.equals(METHOD) ? "" : name + ".";
  }

  /** The setting that users mean by a key. */
  Optional<Setting<?>> setting(String key) {
    for (Setting<?> setting : settings) {
      if (key.equals(key(setting))) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** What comes before the dot of a key. */
  static String named(String key) {
    return key.substring(0, Math.max(0, key.indexOf('.')));
  }
}
