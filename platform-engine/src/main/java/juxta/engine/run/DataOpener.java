package juxta.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;

/** Opens the data that a user named as {@code id} or {@code id:path}. */
public final class DataOpener {
  private static final String PREFIX = "data.";

  private final Catalogue registry;
  private final Path cache;

  /**
   * An opener.
   *
   * @param registry the data set providers
   * @param cache folder for downloads
   */
  public DataOpener(Catalogue registry, Path cache) {
    this.registry = registry;
    this.cache = cache;
  }

  /**
   * Opens data.
   *
   * @param name {@code id} or {@code id:path}
   * @param values all values given; keys that begin with {@code data.} are the provider's
   * @param progress told what is being done
   * @return the open data set
   */
  public Dataset open(
      String name, Map<String, String> values, BiConsumer<String, Double> progress) {
    int colon = name.indexOf(':');
    String id = colon < 0 ? name : name.substring(0, colon);
    Optional<Path> path =
        colon < 0 ? Optional.empty() : Optional.of(Path.of(name.substring(colon + 1)));
    List<String> problems = mistakes(name, values);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Registered<DatasetProvider> provider = registry.require(DatasetProvider.class, id);
    Map<String, String> own = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            own.put(key.substring(PREFIX.length()), value);
          }
        });
    return provider
        .component()
        .open(new DatasetProvider.Request(path, cache.resolve(id), Settings.of(own), progress));
  }

  /**
   * Finds mistakes without opening the data.
   *
   * @param name {@code id} or {@code id:path}
   * @param values all values given
   * @return one line for each, perhaps none
   */
  public List<String> mistakes(String name, Map<String, String> values) {
    int colon = name.indexOf(':');
    String id = colon < 0 ? name : name.substring(0, colon);
    Registered<DatasetProvider> provider;
    try {
      provider = registry.require(DatasetProvider.class, id);
    } catch (UserException e) {
      return e.problems();
    }
    List<String> problems = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            check(provider, key, value, problems);
          }
        });
    return problems;
  }

  private static void check(
      Registered<DatasetProvider> provider, String key, String value, List<String> problems) {
    List<String> known = new ArrayList<>();
    for (Setting<?> setting : provider.component().settings()) {
      known.add(PREFIX + setting.key());
      if (key.equals(PREFIX + setting.key())) {
        try {
          setting.parse(value);
        } catch (IllegalArgumentException e) {
          problems.add(key + ": " + e.getMessage());
        }
        return;
      }
    }
    problems.add(
        "data set '" + provider.id() + "' has no key '" + key + "'" + Nearest.among(key, known));
  }
}
