package juxta.launcher.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.engine.run.Choices;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSettings;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.PluginRegistry;

/** Rows that show what no training gives. */
public final class References {
  private static final String PIXELS = "pixels";
  private static final String UNTRAINED = "untrained";

  private final PluginRegistry registry;

  /**
   * Looks for reference methods.
   *
   * @param registry the plug-ins
   */
  public References(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Raw pixels, and each encoder as it is before training, where such methods are there, fit the
   * data and have what the evaluators need. They have the seed of the row they stand beside.
   *
   * @param methods ids of the methods that are compared
   * @param trained what was chosen for them
   * @param dataName the data as the user named them
   * @param data the open data set
   * @param evaluators what scores them
   * @return rows to stand before those of the methods
   */
  public List<Choices> beside(
      List<String> methods,
      List<Choices> trained,
      String dataName,
      Dataset data,
      List<Scoring.Chosen> evaluators) {
    List<Choices> rows = new ArrayList<>();
    if (!methods.contains(PIXELS) && takes(PIXELS, data)) {
      Choices first = trained.get(0);
      rows.add(reference(PIXELS, dataName, data, first, some(first, with("data")), evaluators));
    }
    if (!methods.contains(UNTRAINED) && takes(UNTRAINED, data)) {
      Set<String> seen = new LinkedHashSet<>();
      for (Choices choices : trained) {
        if (choices.encoder().isPresent() && seen.add(choices.encoderName())) {
          Overrides same = some(choices, with("data", "encoder", "augmentation"));
          rows.add(reference(UNTRAINED, dataName, data, choices, same, evaluators));
        }
      }
    }
    // raw pixels have no maps to be segmented, for example
    return rows.stream()
        .filter(row -> Scoring.lacks(row, data, Path.of("."), evaluators).isEmpty())
        .toList();
  }

  private Choices reference(
      String method,
      String dataName,
      Dataset data,
      Choices beside,
      Overrides given,
      List<Scoring.Chosen> evaluators) {
    Choices alone =
        new Resolver(registry)
            .resolve(
                new Request(method, dataName, Optional.empty(), List.of(), given),
                DataSummary.of(data));
    Choices paired =
        beside.seed() == alone.seed() ? alone : alone.withSeed(beside.seed(), Origin.COMPARISON);
    return paired.scoredBy(evaluators);
  }

  /** Parts of settings, and where sessions run: the first of a process decides for all others. */
  private static Set<String> with(String... parts) {
    Set<String> keys = new LinkedHashSet<>(List.of(parts));
    Stream.of(RunSettings.DEVICE, RunSettings.DEVICES, RunSettings.THREADS)
        .forEach(setting -> keys.add(setting.key()));
    return keys;
  }

  /** What a comparison gives to all of its rows. */
  private static Overrides some(Choices choices, Set<String> parts) {
    Overrides shared =
        choices
            .resolution()
            .training()
            .only((key, entry) -> parts.contains(key.replaceFirst("\\..*", "")));
    Map<String, Overrides.Entry> imposed = new LinkedHashMap<>();
    shared
        .entries()
        .forEach(
            (key, entry) ->
                imposed.put(
                    key,
                    entry.origin().users()
                        ? entry
                        : new Overrides.Entry(entry.text(), Origin.COMPARISON)));
    return new Overrides(imposed);
  }

  /** Whether there is such a method and it fits the kind of data. */
  private boolean takes(String method, Dataset data) {
    return registry
        .find(Method.class, method)
        .filter(found -> found.component().kinds().contains(data.kind()))
        .isPresent();
  }
}
