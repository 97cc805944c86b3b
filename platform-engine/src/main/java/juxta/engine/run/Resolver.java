package juxta.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;

/**
 * Turns what a user asked for into checked choices: command line over file over preset over
 * defaults. All mistakes are reported together.
 */
public final class Resolver {
  private static final List<String> PARTS = List.of("encoder", "augmentation", "loss");

  private final Catalogue registry;

  /**
   * A resolver.
   *
   * @param registry the components
   */
  public Resolver(Catalogue registry) {
    this.registry = registry;
  }

  /**
   * Checks a request.
   *
   * @param request what the user asked for
   * @param data the data in brief
   * @return the choices
   * @throws UserException naming every mistake
   */
  public Choices resolve(Request request, DataSummary data) {
    Registered<Method> method = registry.require(Method.class, request.method());
    String preset = request.preset().orElse(Method.PAPER);
    Set<String> presets = method.component().presets();
    if (!presets.contains(preset)) {
      throw new UserException(
          "method '"
              + method.id()
              + "' has no preset '"
              + preset
              + "'"
              + Nearest.hint(preset, presets)
              + "; it has "
              + String.join(", ", new TreeSet<>(presets)));
    }
    Map<String, String> values = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    Map<String, String> chosen = new LinkedHashMap<>(request.config());
    chosen.putAll(request.given());
    layer(
        values,
        origins,
        fitting(method.component().preset(preset, data), chosen),
        "preset " + preset);
    layer(values, origins, request.config(), "file");
    layer(values, origins, request.given(), "command line");
    List<String> problems = new ArrayList<>();
    boolean uses = method.component().usesEncoder();
    if (!method.component().kinds().contains(data.kind())) {
      problems.add(unfit("method", method.id(), method.component().kinds(), data));
    }
    Optional<Registered<Encoder>> encoder =
        uses ? part(Encoder.class, "encoder", values, problems) : Optional.empty();
    encoder
        .filter(e -> !e.component().kinds().contains(data.kind()))
        .ifPresent(e -> problems.add(unfit("encoder", e.id(), e.component().kinds(), data)));
    Optional<Registered<Augmentation>> augmentation =
        uses ? part(Augmentation.class, "augmentation", values, problems) : Optional.empty();
    augmentation
        .filter(a -> !a.component().kinds().contains(data.kind()))
        .ifPresent(a -> problems.add(unfit("augmentation", a.id(), a.component().kinds(), data)));
    Optional<Registered<Loss>> loss = part(Loss.class, "loss", values, problems);
    Map<String, Component> byPart = new LinkedHashMap<>();
    byPart.put("method", method.component());
    encoder.ifPresent(e -> byPart.put("encoder", e.component()));
    augmentation.ifPresent(a -> byPart.put("augmentation", a.component()));
    loss.ifPresent(l -> byPart.put("loss", l.component()));
    Map<String, Settings> settings = check(method.id(), values, byPart, problems);
    budget(values, data, problems);
    if (problems.isEmpty()
        && loss.isPresent()
        && !origins.get("loss").startsWith("preset")
        && !method.component().usesLoss(settings.getOrDefault("method", Settings.of(Map.of())))) {
      problems.add(
          "loss: method '"
              + method.id()
              + "' trains with an objective of its own, set as it is; leave --loss out");
    }
    if (values.containsKey(RunSettings.EPOCHS.key())
        && setting(method.component(), Choices.ITERATIONS).isPresent()) {
      problems.add(
          "epochs: method '" + method.id() + "' counts steps; set iterations instead of epochs");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new Choices(method, encoder, augmentation, loss, preset, values, origins, settings);
  }

  /**
   * Finds mistakes that need no data to be found, so that they can be reported beside those of the
   * data, and before data are downloaded. What a preset chooses is not known yet: a key of such a
   * part may be that of any part of its kind.
   *
   * @param request what the user asked for
   * @return one line for each, perhaps none
   */
  public List<String> mistakes(Request request) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new TreeMap<>(request.config());
    values.putAll(request.given());
    Map<String, Component> parts = new LinkedHashMap<>();
    try {
      parts.put("method", registry.require(Method.class, request.method()).component());
    } catch (UserException e) {
      return e.problems(); // whose keys they are is not known
    }
    part(Encoder.class, "encoder", values, problems)
        .ifPresent(e -> parts.put("encoder", e.component()));
    part(Augmentation.class, "augmentation", values, problems)
        .ifPresent(a -> parts.put("augmentation", a.component()));
    part(Loss.class, "loss", values, problems).ifPresent(l -> parts.put("loss", l.component()));
    Map<String, String> certain = new TreeMap<>(values);
    certain
        .keySet()
        .removeIf(
            key -> {
              String part = key.substring(0, Math.max(0, key.indexOf('.')));
              return PARTS.contains(part) && !parts.containsKey(part);
            });
    check(request.method(), certain, parts, problems);
    return problems;
  }

  /**
   * Finds files that a training would read first and that are not there.
   *
   * @param request what the user asked for
   * @return one line for each, perhaps none
   */
  public List<String> missing(Request request) {
    Map<String, String> values = new TreeMap<>(request.config());
    values.putAll(request.given());
    List<String> missing = new ArrayList<>();
    registry
        .find(Method.class, request.method())
        .ifPresent(
            method ->
                values.forEach(
                    (key, value) ->
                        setting(method.component(), key)
                            .flatMap(setting -> setting.missing(value))
                            .ifPresent(line -> missing.add(key + ": " + line))));
    return missing;
  }

  /** Without what a preset says of an encoder, augmentation or loss that is not the one chosen. */
  private static Map<String, String> fitting(
      Map<String, String> preset, Map<String, String> chosen) {
    Map<String, String> fitting = new LinkedHashMap<>(preset);
    for (String part : PARTS) {
      if (chosen.containsKey(part) && !chosen.get(part).equals(preset.get(part))) {
        fitting.keySet().removeIf(key -> key.startsWith(part + "."));
      }
    }
    return fitting;
  }

  private static void layer(
      Map<String, String> values,
      Map<String, String> origins,
      Map<String, String> above,
      String origin) {
    above.forEach(
        (key, value) -> {
          values.put(key, value);
          origins.put(key, origin);
        });
  }

  private static String unfit(String what, String id, Set<DataKind> kinds, DataSummary data) {
    return what
        + " '"
        + id
        + "' takes "
        + String.join(" or ", kinds.stream().map(DataKind::toString).sorted().toList())
        + ", but data set '"
        + data.id()
        + "' holds "
        + data.kind()
        + "; choose another";
  }

  private <C extends Component> Optional<Registered<C>> part(
      Class<C> service, String key, Map<String, String> values, List<String> problems) {
    String id = values.get(key);
    if (id == null || id.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(registry.require(service, id));
    } catch (UserException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Sorts values by part and checks that each key exists and each value is allowed. */
  private Map<String, Settings> check(
      String method,
      Map<String, String> values,
      Map<String, Component> parts,
      List<String> problems) {
    Map<String, Map<String, String>> sorted = new LinkedHashMap<>();
    Set<String> known = known(parts);
    values.forEach(
        (key, value) -> {
          Optional<Setting<?>> run =
              RunSettings.ALL.stream().filter(s -> s.key().equals(key)).findFirst();
          int dot = key.indexOf('.');
          String part = dot < 0 ? "method" : key.substring(0, dot);
          String own = key.substring(dot + 1);
          if (run.isPresent()) {
            allowed(key, run.get(), value, problems);
          } else if (part.equals("data")) {
            return; // checked by whoever opens the data
          } else if (registry.find(Evaluator.class, part).isPresent()) {
            Component evaluator = registry.require(Evaluator.class, part).component();
            setting(evaluator, own)
                .ifPresentOrElse(
                    setting -> allowed(key, setting, value, problems),
                    () -> problems.add(unknown(key, known)));
          } else if (parts.containsKey(part)) {
            Optional<Setting<?>> setting = setting(parts.get(part), own);
            if (setting.isEmpty()) {
              problems.add(unknown(key, known));
            } else {
              allowed(key, setting.get(), value, problems);
              sorted.computeIfAbsent(part, p -> new LinkedHashMap<>()).put(own, value);
            }
          } else if (!PARTS.contains(part)) {
            problems.add(unknown(key, known));
          } else if (part.equals("loss") && values.getOrDefault("loss", "").isEmpty()) {
            problems.add(
                key + ": method '" + method + "' has no loss to set; pass --loss, or leave it out");
          }
        });
    Map<String, Settings> settings = new LinkedHashMap<>();
    sorted.forEach((part, map) -> settings.put(part, Settings.of(map)));
    return settings;
  }

  private static Optional<Setting<?>> setting(Component component, String key) {
    for (Setting<?> setting : component.settings()) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  private static void allowed(String key, Setting<?> setting, String value, List<String> problems) {
    try {
      setting.parse(value);
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
    }
  }

  private static String unknown(String key, Set<String> known) {
    return "unknown key '"
        + key
        + "'"
        + Nearest.hint(key, known)
        + " ('juxta describe' shows the keys of each part)";
  }

  private Set<String> known(Map<String, Component> parts) {
    Set<String> known = new TreeSet<>();
    RunSettings.ALL.forEach(s -> known.add(s.key()));
    parts.forEach(
        (part, component) ->
            component
                .settings()
                .forEach(s -> known.add(part.equals("method") ? s.key() : part + "." + s.key())));
    registry
        .all(Evaluator.class)
        .forEach(e -> e.component().settings().forEach(s -> known.add(e.id() + "." + s.key())));
    return known;
  }

  private static void budget(Map<String, String> values, DataSummary data, List<String> problems) {
    try {
      int batch = Integer.parseInt(values.getOrDefault("batch", "1").strip());
      if (batch > data.trainSize()) {
        problems.add(
            "batch: "
                + batch
                + " is larger than the training data ("
                + data.trainSize()
                + " records of '"
                + data.id()
                + "'); pass --batch "
                + data.trainSize()
                + " or less");
      }
    } catch (NumberFormatException e) {
      return; // reported with the other values
    }
  }
}
