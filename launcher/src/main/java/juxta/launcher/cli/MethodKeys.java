package juxta.launcher.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings for several methods, of which some are for one only: {@code patchmix.images-mixed}. */
final class MethodKeys {
  private MethodKeys() {}

  /** Keys for all methods, and those with this method's name before them. */
  static Map<String, String> of(
      String method, Collection<String> methods, Map<String, String> values) {
    Map<String, String> own = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String prefix = dot < 0 ? "" : key.substring(0, dot);
          if (!methods.contains(prefix)) {
            own.put(key, value);
          }
        });
    values.forEach(
        (key, value) -> {
          if (key.startsWith(method + ".")) {
            own.put(key.substring(method.length() + 1), value);
          }
        });
    return own;
  }
}
