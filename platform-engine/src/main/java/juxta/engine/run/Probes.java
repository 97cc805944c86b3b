package juxta.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Registered;

/** Which evaluators look at a model while it is trained: those of {@code --probe}. */
public final class Probes {
  private static final Set<String> SPLITS = Set.of(Dataset.TRAIN, Dataset.TEST);

  private Probes() {}

  /** The ids that a text names. */
  private static List<String> ids(Optional<String> text) {
    return text.stream()
        .flatMap(words -> Arrays.stream(words.split(",")))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }

  /** What is wrong with what was asked for, a line each; no data are needed. */
  static List<String> mistakes(Catalogue catalogue, Overrides values) {
    List<String> problems = new ArrayList<>();
    List<String> ids =
        ids(values.text(RunSettings.PROBE.key()).flatMap(text -> RunSettings.PROBE.parse(text)));
    for (String id : ids) {
      try {
        Evaluator evaluator = catalogue.require(Evaluator.class, id).component();
        if (evaluator.probing().isEmpty()) {
          problems.add(
              "probe: '"
                  + id
                  + "' takes too long to look at a model in training; "
                  + able(catalogue));
        }
      } catch (UserException e) {
        problems.addAll(e.problems());
      }
    }
    for (String key : List.of(RunSettings.PROBE_EVERY.key(), RunSettings.PROBE_SHARE.key())) {
      Overrides.Entry given = values.entries().get(key);
      if (ids.isEmpty() && given != null && given.origin().users()) {
        problems.add(
            key
                + ": nothing looks at the model; pass --probe too, as --probe knn, or leave it out");
      }
    }
    return problems;
  }

  private static String able(Catalogue catalogue) {
    String able =
        catalogue.all(Evaluator.class).stream()
            .filter(e -> e.component().probing().isPresent())
            .map(Registered::id)
            .collect(Collectors.joining(", "));
    return able.isEmpty() ? "no evaluator can" : "those that can: " + able;
  }

  /** The evaluators of a run, with the settings that they look with. */
  static List<Scoring.Chosen> of(Catalogue catalogue, Choices choices) {
    return ids(choices.resolution().run(RunSettings.PROBE)).stream()
        .map(id -> catalogue.require(Evaluator.class, id))
        .map(
            evaluator ->
                new Scoring.Chosen(
                    evaluator,
                    Settings.of(evaluator.component().probing().orElse(Map.<String, String>of()))))
        .toList();
  }

  /**
   * Checks that the evaluators of {@code --probe} find what they need.
   *
   * @param catalogue the plug-ins
   * @param choices what was chosen for a run
   * @param data its data
   * @param folder its folder, which need not be there yet
   * @throws UserException naming every lack
   */
  public static void check(Catalogue catalogue, Choices choices, Dataset data, Path folder) {
    List<Scoring.Chosen> probes = of(catalogue, choices);
    if (!probes.isEmpty()) {
      check(probes, data, new RunSetup(choices, data, folder).plan(), choices.method().id());
    }
  }

  /** Checks; a plan that trains nothing needs nothing. */
  static void check(List<Scoring.Chosen> probes, Dataset data, Plan plan, String method) {
    if (probes.isEmpty() || plan.phases().stream().noneMatch(Phase.Training.class::isInstance)) {
      return;
    }
    List<String> problems = new ArrayList<>();
    Set<String> functions =
        plan.functions().stream()
            .map(ModelFunction::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (Scoring.Chosen probe : probes) {
      Evaluator evaluator = probe.evaluator().component();
      evaluator.fields().stream()
          .filter(field -> !data.train().has(field))
          .map(field -> "the field '" + field + "', which data set '" + data.id() + "' lacks")
          .forEach(lack -> problems.add(lacks(probe, lack)));
      evaluator.functions().stream()
          .filter(function -> !functions.contains(function))
          .map(
              function ->
                  "the function '" + function + "', which models of method '" + method + "' lack")
          .forEach(lack -> problems.add(lacks(probe, lack)));
      evaluator.splits().stream()
          .filter(split -> !SPLITS.contains(split))
          .map(split -> "the split '" + split + "', and looks see training records only")
          .forEach(lack -> problems.add(lacks(probe, lack)));
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    ProbeData.of(data, labelled(probes), 0); // throws if there are too few records
  }

  private static String lacks(Scoring.Chosen probe, String lack) {
    return "probe: '" + probe.evaluator().id() + "' needs " + lack + "; leave it out";
  }

  /** Whether any of them reads class labels. */
  static boolean labelled(List<Scoring.Chosen> probes) {
    return probes.stream().anyMatch(p -> p.evaluator().component().fields().contains(Field.LABEL));
  }
}
