package juxta.launcher.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.engine.run.Overrides;

/** Settings for several methods, of which some are for one only: {@code patchmix.images-mixed}. */
final class MethodKeys {
  private MethodKeys() {}

  /** Keys for all methods, and those with this method's name before them. */
  static Overrides of(String method, Collection<String> methods, Overrides values) {
    Map<String, Overrides.Entry> own = new LinkedHashMap<>();
    values
        .entries()
        .forEach(
            (key, entry) -> {
              if (!methods.contains(key.replaceFirst("\\..*", "")) || !key.contains(".")) {
                own.put(key, entry);
              }
            });
    values
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(method + ".")) {
                own.put(key.substring(method.length() + 1), entry);
              }
            });
    return new Overrides(own);
  }
}
