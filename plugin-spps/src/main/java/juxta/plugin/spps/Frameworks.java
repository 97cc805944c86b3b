package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.discrimination.PairwiseMethod;

/**
 * The frameworks that can learn from the pairs: whatever {@link PairwiseMethod} is loaded, of
 * whichever plug-in. Settings and presets are theirs.
 *
 * @param byId the frameworks, the default first
 */
record Frameworks(Map<String, PairwiseMethod> byId) {
  /** The paper's main setting; without its plug-in it is the first of those that there are. */
  private static final String DEFAULT = "simclr";

  private static final int TINY = 64;

  static Frameworks of(List<Method> methods) {
    Map<String, PairwiseMethod> byId = new LinkedHashMap<>();
    methods.stream().filter(method -> method.id().equals(DEFAULT)).forEach(m -> add(byId, m));
    methods.forEach(method -> add(byId, method));
    return new Frameworks(byId);
  }

  /** A key that is one of SPPS's own would be two settings in one. */
  private static void add(Map<String, PairwiseMethod> byId, Method method) {
    Set<String> own =
        SppsSettings.ADDED.stream()
            .map(Setting::key)
            .collect(Collectors.toCollection(TreeSet::new));
    own.add(SppsSettings.FRAMEWORK);
    own.add(ReferenceEncoder.KEY);
    if (method instanceof PairwiseMethod framework
        && method.kinds().contains(DataKind.IMAGES)
        && method.settings().stream().noneMatch(setting -> own.contains(setting.key()))) {
      byId.put(method.id(), framework);
    }
  }

  /** Which framework learns from the pairs. */
  private Setting<String> choice() {
    Set<String> ids = byId.isEmpty() ? Set.of(DEFAULT) : byId.keySet();
    return Setting.choice(SppsSettings.FRAMEWORK, ids.iterator().next(), ids.toArray(String[]::new))
        .describe(
            "method that learns from images and pairs; its settings without a value take its own"
                + " defaults (--preset small-byol has those of byol for small machines)")
        .source("abstract: works with any instance discrimination framework");
  }

  /** The framework of a run. */
  PairwiseMethod chosen(Settings settings) {
    if (byId.isEmpty()) {
      throw new UserException(
          "framework: no method that learns from pairs of views is loaded; put the jar that has '"
              + DEFAULT
              + "' among the plug-ins");
    }
    return byId.get(settings.get(choice()));
  }

  /** The choice, and the settings of all frameworks, each key once. */
  List<Setting<?>> settings() {
    Map<String, Setting<?>> byKey = new LinkedHashMap<>();
    byId.values()
        .forEach(
            framework ->
                framework
                    .settings()
                    .forEach(s -> byKey.merge(s.key(), s, Frameworks::whatBothAllow)));
    List<Setting<?>> all = new ArrayList<>(List.of(choice()));
    all.addAll(byKey.values());
    return all;
  }

  /** Frameworks may mean different things by one key; the chosen one judges the value later on. */
  private static Setting<?> whatBothAllow(Setting<?> a, Setting<?> b) {
    boolean same = a.form().equals(b.form()) && a.range().equals(b.range());
    return !same ? anything(a) : b.defaultValue() instanceof Optional ? b : a;
  }

  private static <T> Setting<String> anything(Setting<T> setting) {
    return Setting.text(setting.key(), setting.text(setting.defaultValue()))
        .describe(setting.description())
        .source(setting.source());
  }

  /** Ids of the frameworks in which views of a batch repel each other and can be kept apart. */
  String keepingApart() {
    return byId.values().stream()
        .filter(PairwiseMethod::keepsApart)
        .map(Method::id)
        .collect(Collectors.joining(" or "));
  }

  /** Names of the presets: those of the default framework, and of others such as small-byol. */
  Set<String> presets() {
    Set<String> names = new LinkedHashSet<>(Set.of(Method.PAPER, Method.SMALL));
    byId.forEach((id, method) -> method.presets().forEach(preset -> names.add(name(preset, id))));
    return names;
  }

  private String name(String preset, String id) {
    return id.equals(choice().defaultValue()) ? preset : preset + "-" + id;
  }

  /** The framework's preset, with the budget of SPPS's paper or what a short run mines with. */
  Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    byId.forEach(
        (id, method) ->
            method.presets().stream()
                .filter(own -> name(own, id).equals(name))
                .forEach(
                    own -> {
                      preset.putAll(method.preset(own, data));
                      preset.put(SppsSettings.FRAMEWORK, id);
                      preset.putAll(added(own, data));
                    }));
    return preset;
  }

  private static Map<String, String> added(String preset, DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= TINY;
    return switch (preset) {
      case Method.SMALL -> SppsSettings.SMALL;
      case Method.PAPER -> tiny ? Map.of() : SppsSettings.HEADLINE;
      default -> Map.of();
    };
  }
}
