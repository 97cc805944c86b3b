package juxta.launcher.preview;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.Choices;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.PluginRegistry;

/** Finds out which methods can train on data: each plans a run on them, and says what is wrong. */
public final class Fits {
  /** The method that most others are compared with. */
  private static final String USUAL = "simclr";

  private static final String BATCH = "batch";

  private final PluginRegistry registry;
  private final String name;
  private final Dataset data;

  /**
   * Prepares.
   *
   * @param registry the plug-ins
   * @param name what the user calls the data
   * @param data the data, open
   */
  public Fits(PluginRegistry registry, String name, Dataset data) {
    this.registry = registry;
    this.name = name;
    this.data = data;
  }

  /**
   * The method whose views are shown when nobody names one: {@code simclr} where it takes such
   * data, else one of those that do, which shows itself in the tour if there is one.
   *
   * @param registry the plug-ins
   * @param kind what the data hold
   * @return the method, empty where no plug-in has one
   */
  public static Optional<Registered<Method>> natural(PluginRegistry registry, DataKind kind) {
    return registry.all(Method.class).stream()
        .filter(method -> method.component().kinds().contains(kind))
        .min(
            Comparator.comparing((Registered<Method> m) -> !m.id().equals(USUAL))
                .thenComparing(m -> m.component().tour().isEmpty())
                .thenComparing(m -> m.component().kinds().size()));
  }

  /**
   * All methods.
   *
   * @param preset name of the preset, empty for each method's usual one
   * @return in natural order of ids
   */
  public List<Fit> all(Optional<String> preset) {
    return registry.all(Method.class).stream().map(method -> of(method, preset)).toList();
  }

  /**
   * A method.
   *
   * @param one the method
   * @param preset name of the preset, empty for its usual one
   * @return whether it can train on the data
   */
  public Fit of(Registered<Method> one, Optional<String> preset) {
    String method = one.id();
    try {
      Set<DataKind> kinds = one.component().kinds();
      if (!kinds.contains(data.kind())) {
        String taken = kinds.stream().map(DataKind::toString).sorted().collect(joining(" or "));
        return new Fit(method, Optional.empty(), Optional.of("takes " + taken));
      }
      Choices choices = choices(new Request(method, name, preset, List.of(), Overrides.NONE));
      Scoring.functions(choices, data, Path.of("."));
      Optional<Integer> lowered =
          choices.resolution().origin(BATCH).users()
              ? choices.text(BATCH).map(Integer::valueOf)
              : Optional.empty();
      return new Fit(method, lowered, Optional.empty());
    } catch (RuntimeException | Error e) {
      String reason = registry.explain(e).reason();
      return new Fit(
          method, Optional.empty(), Optional.of(reason.replace(method + ": ", "").strip()));
    }
  }

  /**
   * Checked choices of a request. A batch of a preset that has more records than the training split
   * is made smaller: nothing is trained here.
   *
   * @param request what was asked for
   * @return the choices
   * @throws UserException naming every mistake
   */
  public Choices choices(Request request) {
    Resolver resolver = new Resolver(registry);
    DataSummary summary = DataSummary.of(data);
    try {
      return resolver.resolve(request, summary);
    } catch (UserException e) {
      boolean large = e.problems().stream().allMatch(line -> line.startsWith(BATCH + ":"));
      if (!large || request.given().text(BATCH).isPresent()) {
        throw e;
      }
      String fewer = Integer.toString(Integer.highestOneBit(summary.trainSize()));
      return resolver.resolve(
          new Request(
              request.method(),
              request.data(),
              request.preset(),
              request.evaluators(),
              request.given().under(Overrides.typed(Map.of(BATCH, fewer)))),
          summary);
    }
  }

  /**
   * Evaluators that the data have all fields and splits for.
   *
   * @return ids in natural order
   */
  public List<String> evaluators() {
    List<String> fitting = new ArrayList<>();
    for (Registered<Evaluator> one : registry.all(Evaluator.class)) {
      Evaluator evaluator = one.component();
      if (data.splits().keySet().containsAll(evaluator.splits())
          && evaluator.fields().stream().allMatch(data.train()::has)) {
        fitting.add(one.id());
      }
    }
    return fitting;
  }
}
