package juxta.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.ComponentFault;

/**
 * Turns what a user asked for into checked choices: command line over file over preset over
 * defaults, for the run, its method, parts, data and evaluators alike. All mistakes are reported
 * together.
 */
public final class Resolver {
  private static final Map<String, Class<? extends Component>> PIECES =
      Map.of("encoder", Encoder.class, "augmentation", Augmentation.class, "loss", Loss.class);

  private final Catalogue catalogue;

  /**
   * A resolver.
   *
   * @param catalogue the components
   */
  public Resolver(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What was found of what a request names. */
  private final class Found {
    private final Request request;
    private final Overrides values;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Registered<?>> parts = new LinkedHashMap<>();

    Found(Request request, Overrides values) {
      this.request = request;
      this.values = values;
      look(Part.METHOD, Method.class, request.method());
      for (String piece : Part.PIECES) {
        values
            .text(piece)
            .filter(id -> !id.isEmpty() && !id.equals("unset"))
            .ifPresent(id -> look(piece, PIECES.get(piece), id));
      }
      look(Part.DATA, DatasetProvider.class, DataOpener.id(request.data()));
      request.evaluators().forEach(id -> look(id, Evaluator.class, id));
      problems.addAll(Probes.mistakes(catalogue, values));
      problems.addAll(Fold.mistakes(values));
    }

    private void look(String part, Class<? extends Component> service, String id) {
      try {
        parts.put(part, catalogue.require(service, id));
      } catch (UserException e) {
        problems.addAll(e.problems());
      }
    }

    /** A part, if the request has it and it was found. */
    @SuppressWarnings("unchecked") // it was looked up as that service
    <C extends Component> Optional<Registered<C>> part(String name) {
      return Optional.ofNullable((Registered<C>) parts.get(name));
    }

    /** Judges all keys; of parts that are not chosen yet nothing is known. */
    Resolution judge(boolean presetKnown) {
      List<Part> judged = new ArrayList<>();
      judged.add(new Part(Part.RUN, RunSettings.ALL));
      parts.forEach((name, registered) -> judged.add(Part.of(name, registered.component())));
      Judge judge = new Judge(judged, (key, given) -> other(key, given, presetKnown), elsewhere());
      Resolution resolution = judge.resolve(values);
      problems.addAll(judge.problems());
      return resolution;
    }

    /** Keys of what a preset may choose yet, and of evaluators. */
    private Set<String> elsewhere() {
      Set<String> keys = new TreeSet<>();
      for (String piece : Part.PIECES) {
        if (!parts.containsKey(piece)) {
          catalogue.all(PIECES.get(piece)).forEach(c -> keys.addAll(keys(piece, c)));
        }
      }
      catalogue.all(Evaluator.class).forEach(e -> keys.addAll(keys(e.id(), e)));
      return keys;
    }

    private List<String> keys(String name, Registered<?> one) {
      Part part = Part.of(name, one.component());
      return part.settings().stream().map(part::key).toList();
    }

    /** A key of no part that is there: what is wrong with it, nothing if nobody knows it. */
    private Optional<String> other(String key, Overrides.Entry given, boolean presetKnown) {
      String part = Part.named(key);
      boolean missing = part.isEmpty() ? !parts.containsKey(Part.METHOD) : !parts.containsKey(part);
      if (part.isEmpty() || part.equals(Part.DATA)) {
        return missing ? Optional.of("") : Optional.empty(); // whose it is is not known
      }
      if (Part.PIECES.contains(part)) {
        boolean named = values.text(part).filter(id -> !id.isEmpty()).isPresent();
        boolean idle = missing && presetKnown && !named && given.origin().users();
        return idle ? Optional.of(lacks(key, part)) : missing ? Optional.of("") : Optional.empty();
      }
      boolean typed = given.origin().kind() == Origin.Kind.COMMAND_LINE;
      return catalogue
          .find(Evaluator.class, part)
          .filter(evaluator -> missing)
          .map(evaluator -> typed ? unread(key, evaluator) : "");
    }

    private String lacks(String key, String part) {
      String article = part.equals("loss") ? "no " : "uses no ";
      return part.equals("loss")
          ? key
              + ": method '"
              + request.method()
              + "' has no loss to set; pass --loss, or leave it out"
          : key + ": method '" + request.method() + "' " + article + part + "; leave it out";
    }

    private String unread(String key, Registered<Evaluator> evaluator) {
      Part part = Part.of(evaluator.id(), evaluator.component());
      if (part.setting(key).isEmpty()) {
        List<String> known = part.settings().stream().map(part::key).toList();
        return "evaluator '"
            + part.name()
            + "' has no key '"
            + key
            + "'"
            + Nearest.among(key, known);
      }
      return key
          + ": nothing reads it here, since '"
          + part.name()
          + "' does not score "
          + (request.evaluators().isEmpty()
              ? "a training; pass it to 'juxta evaluate', or leave it out"
              : "this (" + String.join(", ", request.evaluators()) + " do); leave it out");
    }
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
    Registered<Method> method = catalogue.require(Method.class, request.method());
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
    Map<String, String> sets =
        request.recorded()
            ? Map.of()
            : ComponentFault.in(method, "preset()", () -> method.component().preset(preset, data));
    Overrides values =
        Overrides.of(Origin.preset(preset), fitting(sets, request.given())).under(request.given());
    Found found = new Found(request, withoutUnused(method, values));
    List<String> problems = found.problems;
    problems.addAll(unused(method, request.given()));
    Optional<Registered<Encoder>> encoder = found.part("encoder");
    Optional<Registered<Augmentation>> augmentation = found.part("augmentation");
    Optional<Registered<Loss>> loss = found.part("loss");
    fit("method", method, method.component().kinds(), data, problems);
    encoder.ifPresent(e -> fit("encoder", e, e.component().kinds(), data, problems));
    augmentation.ifPresent(a -> fit("augmentation", a, a.component().kinds(), data, problems));
    Resolution resolution = found.judge(true);
    budget(resolution, method, sets, data, problems);
    if (problems.isEmpty() && loss.isPresent() && resolution.origin("loss").users()) {
      objectionToLoss(method, resolution.of(Part.METHOD)).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new Choices(
        method, encoder, augmentation, loss, scorers(found, resolution), preset, resolution);
  }

  /**
   * Finds mistakes that need no data to be found, so that they can be reported before data are
   * downloaded. What a preset chooses is not known yet: a key of such a part may be that of any
   * part of its kind.
   *
   * @param request what the user asked for
   * @return one line for each, perhaps none
   */
  public List<String> mistakes(Request request) {
    Found found = new Found(request, request.given());
    found.judge(false);
    return found.problems;
  }

  /**
   * Finds files that a training would read first and that are not there.
   *
   * @param request what the user asked for
   * @return one line for each, perhaps none
   */
  public List<String> missing(Request request) {
    List<String> missing = new ArrayList<>();
    new Found(request, request.given())
        .judge(false)
        .entries()
        .forEach(
            (key, entry) ->
                entry
                    .setting()
                    .missing(entry.text())
                    .filter(line -> entry.part().equals(Part.METHOD))
                    .ifPresent(line -> missing.add(key + ": " + line)));
    return missing;
  }

  /**
   * Finds keys of a file that nothing reads here: those of evaluators that do not score it.
   *
   * @param request what the user asked for
   * @return keys in alphabetical order
   */
  public List<String> idle(Request request) {
    return request.given().entries().keySet().stream()
        .filter(key -> !request.evaluators().contains(Part.named(key)))
        .filter(key -> catalogue.find(Evaluator.class, Part.named(key)).isPresent())
        .toList();
  }

  private List<Scoring.Chosen> scorers(Found found, Resolution resolution) {
    return found.request.evaluators().stream()
        .map(id -> new Scoring.Chosen(found.<Evaluator>part(id).orElseThrow(), resolution.of(id)))
        .toList();
  }

  /** Without what a preset says of an encoder, augmentation or loss that is not the one chosen. */
  private static Map<String, String> fitting(Map<String, String> preset, Overrides chosen) {
    Map<String, String> fitting = new LinkedHashMap<>(preset);
    for (String part : Part.PIECES) {
      if (chosen.text(part).filter(id -> !id.equals(preset.get(part))).isPresent()) {
        fitting.keySet().removeIf(key -> key.startsWith(part + "."));
      }
    }
    return fitting;
  }

  /** What a user chose that the method does not use. */
  private static List<String> unused(Registered<Method> method, Overrides given) {
    List<String> unused = new ArrayList<>();
    for (String part : List.of("encoder", "augmentation")) {
      Overrides.Entry entry = given.entries().get(part);
      if (entry != null && entry.origin().users() && !method.component().usesEncoder()) {
        unused.add(
            part + ": method '" + method.id() + "' uses no " + part + "; leave --" + part + " out");
      }
    }
    return unused;
  }

  /** A method that uses no encoder has no augmentation either. */
  private static Overrides withoutUnused(Registered<Method> method, Overrides values) {
    return method.component().usesEncoder()
        ? values
        : values.only((key, entry) -> !key.equals("encoder") && !key.equals("augmentation"));
  }

  private static void fit(
      String what, Registered<?> one, Set<DataKind> kinds, DataSummary data, List<String> lines) {
    if (!kinds.contains(data.kind())) {
      lines.add(
          what
              + " '"
              + one.id()
              + "' takes "
              + String.join(" or ", kinds.stream().map(DataKind::toString).sorted().toList())
              + ", but data set '"
              + data.id()
              + "' holds "
              + data.kind()
              + "; choose another");
    }
  }

  private static Optional<String> objectionToLoss(Registered<Method> method, Settings own) {
    return method.component().usesLoss(own)
        ? Optional.empty()
        : Optional.of(
            "loss: method '"
                + method.id()
                + "' trains with an objective of its own, set as it is; leave --loss out, or in a"
                + " comparison name the method that it is for: --set METHOD.loss=ID");
  }

  private static void budget(
      Resolution resolution,
      Registered<Method> method,
      Map<String, String> preset,
      DataSummary data,
      List<String> problems) {
    int batch = resolution.run(RunSettings.BATCH).orElse(1);
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
    Optional<Integer> epochs = resolution.run(RunSettings.EPOCHS);
    boolean steps =
        method.component().settings().stream().anyMatch(s -> s.key().equals(Choices.ITERATIONS));
    if (epochs.isPresent() && steps) {
      problems.add(
          "epochs: method '" + method.id() + "' counts steps; set iterations instead of epochs");
    } else if (epochs.orElse(0) > 0 && "0".equals(preset.get(RunSettings.EPOCHS.key()))) {
      problems.add(
          "epochs: method '"
              + method.id()
              + "' trains nothing by epochs, so they have no effect; leave --epochs out ('juxta"
              + " describe "
              + method.id()
              + "' shows what it counts)");
    }
  }
}
