package juxta.launcher.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import juxta.api.Component;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.SettingType;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.preview.Fits;

/** Asks components what they are. Data are opened for what methods say of them, each once. */
final class Describing implements AutoCloseable {
  private final PluginRegistry registry;
  private final DataOpener opener;
  private final Terminal terminal;
  private final Optional<String> data;
  private final Overrides given;
  private final Examples examples;
  private final Map<String, Optional<Dataset>> opened = new HashMap<>();
  private final Map<String, Planned> planned = new HashMap<>();

  /**
   * Prepares.
   *
   * @param data the data that presets are shown for, empty for generated ones
   * @param given settings of the data
   */
  Describing(
      PluginRegistry registry,
      DataOpener opener,
      Terminal terminal,
      Optional<String> data,
      Overrides given) {
    this.registry = registry;
    this.examples = new Examples(registry);
    this.opener = opener;
    this.terminal = terminal;
    this.data = data;
    this.given = given;
  }

  /** Describes a component of the service of that word. */
  Description of(String word, Registered<?> one) {
    Component component = one.component();
    Set<String> functions = Set.of();
    Set<String> fields = Set.of();
    Set<String> splits = Set.of();
    Set<String> files = Set.of();
    Optional<Description.Presets> presets = Optional.empty();
    if (component instanceof Method method) {
      String name = data(method);
      Optional<Dataset> open = open(name);
      presets = Optional.of(presets(method, name, open));
      Planned planned = planned(method);
      functions = planned.functions();
      files = planned.files();
    } else if (component instanceof Evaluator evaluator) {
      functions = new TreeSet<>(evaluator.functions());
      fields = new TreeSet<>(evaluator.fields());
      splits = new TreeSet<>(evaluator.splits());
    }
    return new Description(
        word,
        one.id(),
        component.summary(),
        one.plugin().name(),
        one.plugin().version(),
        one.plugin().location().toString(),
        component
            .reference()
            .map(r -> new Description.Paper(r.authors(), r.title(), r.year(), r.url())),
        Services.kinds(component),
        functions,
        fields,
        splits,
        presets,
        settings(prefix(word, one.id()), component),
        component instanceof Evaluator evaluator
            ? scoring(evaluator)
            : examples.of(word, component, files));
  }

  private static String prefix(String word, String id) {
    return switch (word) {
      case "encoders" -> "encoder.";
      case "augmentations" -> "augmentation.";
      case "losses" -> "loss.";
      case "datasets" -> "data.";
      case "evaluators" -> id + ".";
      default -> "";
    };
  }

  private static List<Description.Value> settings(String prefix, Component component) {
    List<Description.Value> values = new ArrayList<>();
    for (Setting<?> setting : component.settings()) {
      values.add(
          new Description.Value(
              prefix + setting.key(),
              setting.form(),
              setting.range(),
              setting.defaultText(),
              setting.description(),
              setting.source()));
    }
    return values;
  }

  /**
   * The data that a method is asked about: those that were named, or generated ones of its kind.
   */
  private String data(Method method) {
    return data.orElseGet(() -> Examples.data(registry, method));
  }

  private Optional<Dataset> open(String name) {
    Optional<Dataset> known = opened.get(name);
    if (known == null) {
      try {
        known = Optional.of(opener.look(name, given, new DataProgress(terminal)));
      } catch (UserException e) {
        if (data.isPresent()) {
          throw e;
        }
        known = Optional.empty(); // no plug-in generates such
      }
      opened.put(name, known);
    }
    return known;
  }

  private static Description.Presets presets(Method method, String name, Optional<Dataset> open) {
    Map<String, Map<String, String>> sets = new TreeMap<>(Comparator.comparing(Describing::rank));
    for (String preset : method.presets()) {
      Map<String, String> values =
          open.map(there -> method.preset(preset, DataSummary.of(there))).orElse(Map.of());
      sets.put(preset, new TreeMap<>(values));
    }
    return new Description.Presets(open.isPresent() ? name : "", sets);
  }

  /** The paper's preset first. */
  private static String rank(String preset) {
    return (preset.equals(Method.PAPER) ? "0" : "1") + preset;
  }

  /**
   * What a method says when it plans a run.
   *
   * @param functions what its models can do
   * @param files keys of files that it does not do without
   */
  private record Planned(Set<String> functions, Set<String> files) {
    static final Planned NOTHING = new Planned(Set.of(), Set.of());
  }

  private Planned planned(Method method) {
    String name = data(method);
    return planned.computeIfAbsent(
        method.id(),
        id -> open(name).map(there -> plan(method, name, there)).orElse(Planned.NOTHING));
  }

  /** An evaluation of a method whose models have all functions that are needed. */
  private List<String> scoring(Evaluator evaluator) {
    return examples.mayHave(evaluator.id()).stream()
        .filter(method -> planned(method).functions().containsAll(evaluator.functions()))
        .findFirst()
        .map(method -> Examples.scoring(method, evaluator.id()))
        .orElse(List.of());
  }

  private Planned plan(Method method, String name, Dataset there) {
    Map<String, String> files = new TreeMap<>();
    for (Setting<?> setting : method.settings()) {
      if (setting.type() == SettingType.FILE && setting.form().contains("|")) {
        files.put(setting.key(), setting.form().split("\\|")[1]); // what may stand for a file
      }
    }
    Fits fits = new Fits(registry, name, there);
    Optional<String> small = Optional.of(Method.SMALL).filter(method.presets()::contains);
    for (Map<String, String> set : List.of(Map.<String, String>of(), files)) {
      Request request =
          new Request(method.id(), name, small, List.of(), given.under(Overrides.typed(set)));
      try {
        Set<String> functions = Scoring.functions(fits.choices(request), there, Path.of("."));
        return new Planned(functions, set.keySet());
      } catch (UserException e) {
        continue; // perhaps it does with the file; data that were named may not fit at all
      }
    }
    return Planned.NOTHING;
  }

  @Override
  public void close() {
    opened.values().forEach(one -> one.ifPresent(Dataset::close));
  }
}
