package juxta.launcher.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.api.Tour;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.Scoring;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.FailedRow;
import juxta.launcher.report.ScoreGrid;

/**
 * A stop of the tour: a method trains and is scored as its {@link Tour} says, beside the rows that
 * show what no training gives.
 *
 * @param method the method
 * @param tour how it shows itself
 */
public record TourStop(Registered<Method> method, Tour tour) {
  /**
   * The stops that the loaded plug-ins have.
   *
   * @param registry the plug-ins
   * @return in natural order of ids
   */
  public static List<TourStop> all(PluginRegistry registry) {
    List<TourStop> stops = new ArrayList<>();
    for (Registered<Method> method : registry.all(Method.class)) {
      method.component().tour().ifPresent(tour -> stops.add(new TourStop(method, tour)));
    }
    return stops;
  }

  /**
   * What a stop needs.
   *
   * @param registry the plug-ins
   * @param cache folder for downloads and derived files
   * @param given values that count more than those of the tour, by key
   * @param resume whether to go on with what the folder holds
   * @param stop becomes true when the user wants to stop
   * @param announce is told what comes next, with its place as {@code 2/3}, and watches it
   */
  public record Means(
      PluginRegistry registry,
      Path cache,
      Overrides given,
      boolean resume,
      BooleanSupplier stop,
      BiFunction<String, Choices, Monitor> announce) {}

  /**
   * Trains and scores.
   *
   * @param means what it needs
   * @param folder where its runs go
   * @return why it, or a part of it, is missing; empty if all went well
   * @throws Interruption if the user stopped it
   */
  public Optional<String> visit(Means means, Path folder) {
    try {
      List<FailedRow> failed = compare(means, folder).failed();
      return failed.isEmpty()
          ? Optional.empty()
          : Optional.of(failed.stream().map(FailedRow::words).collect(Collectors.joining("; ")));
    } catch (Interruption e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return Optional.of(means.registry().explain(e).reason());
    }
  }

  private Dataset open(PluginRegistry registry, Path cache, Overrides values) {
    return new DataOpener(registry, cache).open(tour.data(), values, (what, share) -> {});
  }

  /** What is trained and what scores it, checked. */
  private Choices ready(PluginRegistry registry, Dataset data, Overrides values) {
    Request request =
        new Request(method.id(), tour.data(), Optional.of(Method.SMALL), tour.evaluators(), values);
    Choices choices = new Resolver(registry).resolve(request, DataSummary.of(data));
    Scoring.check(choices.evaluators(), data);
    List<String> lacks = Scoring.lacks(choices, data, Path.of("."), choices.evaluators());
    if (!lacks.isEmpty()) {
      throw new UserException(lacks);
    }
    return choices;
  }

  private Comparing.Result compare(Means means, Path folder) {
    Overrides values = Overrides.of(Origin.TOUR, tour.settings()).under(means.given());
    try (Dataset data = open(means.registry(), means.cache(), values)) {
      Choices ready = ready(means.registry(), data, values);
      List<Choices> all =
          new ArrayList<>(
              new References(means.registry())
                  .beside(
                      List.of(method.id()), List.of(ready), tour.data(), data, ready.evaluators()));
      all.add(ready);
      return new Comparing(
              means.registry(),
              means.stop(),
              (place, choices, part) -> means.announce().apply(place, choices))
          .run(
              new Comparing.Job(
                  all,
                  tour.data(),
                  List.of(data),
                  ready.evaluators(),
                  1,
                  folder,
                  means.resume(),
                  new ScoreGrid.Line(method.id(), ready.encoderName()),
                  Optional.empty(),
                  List.of()));
    }
  }
}
