package juxta.plugin.datasets;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import juxta.api.DatasetProvider.Request;
import juxta.api.Settings;

/** What a user would ask for, for tests. */
public final class Requests {
  private Requests() {}

  public static Request of(Path path, String... keysAndValues) {
    return new Request(
        Optional.of(path), path.resolve("no-cache"), settings(keysAndValues), (text, share) -> {});
  }

  public static Request cached(Path path, Path cache, String... keysAndValues) {
    return new Request(Optional.of(path), cache, settings(keysAndValues), (text, share) -> {});
  }

  public static Request without(Path cache, String... keysAndValues) {
    return new Request(Optional.empty(), cache, settings(keysAndValues), (text, share) -> {});
  }

  private static Settings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Settings.of(values);
  }
}
