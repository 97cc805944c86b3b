package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DataKind;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.api.Tour;
import juxta.engine.catalogue.Registered;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.preview.Fits;

/** Puts a command line together that uses a component, on generated data where there are such. */
final class Examples {
  private static final String USUAL = "shapes";
  private static final String FILE = "/data/weights.safetensors";

  private final PluginRegistry registry;

  Examples(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Puts it together, for what is no evaluator.
   *
   * @param word the word for the component's service
   * @param component the component
   * @param files keys of files that a method does not do without
   * @return words after {@code juxta}
   */
  List<String> of(String word, Component component, Set<String> files) {
    String id = component.id();
    return switch (word) {
      case "methods" ->
          train(
              (Method) component,
              files.stream().flatMap(key -> Stream.of("--set", key + "=" + FILE)).toList());
      case "encoders" -> train(among(((Encoder) component).kinds()), List.of("--encoder", id));
      case "losses" -> train(among(Set.of(DataKind.IMAGES)), List.of("--loss", id));
      case "augmentations" -> {
        Method method = among(((Augmentation) component).kinds());
        yield List.of(
            "preview",
            "--data",
            data(registry, method),
            "--method",
            method.id(),
            "--augmentation",
            id);
      }
      default -> {
        boolean generated = generated(registry).anyMatch(id::equals);
        yield List.of("preview", "--data", generated ? id : id + ":/data/" + id);
      }
    };
  }

  /** Scores a run of a method. */
  static List<String> scoring(Method method, String evaluator) {
    return List.of("evaluate", "runs/" + method.id(), "--evaluators", evaluator);
  }

  private List<String> train(Method method, List<String> chosen) {
    List<String> words = new ArrayList<>(List.of("train", method.id()));
    words.addAll(List.of("--data", data(registry, method)));
    if (method.presets().contains(Method.SMALL)) {
      words.addAll(List.of("--preset", Method.SMALL));
    }
    words.addAll(chosen);
    return words;
  }

  /** The method that people know best of those that take such data. */
  private Method among(Set<DataKind> kinds) {
    return Stream.of(DataKind.values())
        .filter(kinds::contains)
        .flatMap(kind -> Fits.natural(registry, kind).stream())
        .findFirst()
        .map(Registered::component)
        .orElseThrow();
  }

  /** The best known method, then those that show themselves with an evaluator, then all. */
  List<Method> mayHave(String evaluator) {
    List<Method> methods = new ArrayList<>(List.of(among(Set.of(DataKind.IMAGES))));
    List<Method> all = registry.all(Method.class).stream().map(Registered::component).toList();
    all.stream()
        .filter(m -> m.tour().filter(t -> t.evaluators().contains(evaluator)).isPresent())
        .forEach(methods::add);
    methods.addAll(all);
    return methods;
  }

  /**
   * Generated data that a method takes.
   *
   * @return the id of a data set
   */
  static String data(PluginRegistry registry, Method method) {
    return method
        .tour()
        .map(Tour::data)
        .or(() -> Optional.of(USUAL).filter(id -> method.kinds().contains(DataKind.IMAGES)))
        .or(
            () ->
                generated(registry)
                    .filter(
                        id ->
                            registry
                                .find(DatasetProvider.class, id)
                                .filter(one -> method.kinds().contains(one.component().kind()))
                                .isPresent())
                    .findFirst())
        .orElse(USUAL);
  }

  /** Data sets that need no download: the stops of the tour have such. */
  private static Stream<String> generated(PluginRegistry registry) {
    return registry.all(Method.class).stream()
        .flatMap(method -> method.component().tour().stream())
        .map(Tour::data)
        .distinct()
        .sorted();
  }
}
