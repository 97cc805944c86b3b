package juxta.testkit;

import static juxta.testkit.Promise.applies;
import static juxta.testkit.Promise.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Setting;
import juxta.api.Step;
import juxta.api.Tour;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** What a method promises, tried on {@link Tiny} data. */
final class MethodContract {
  static final String PRESETS =
      "its presets and tour name settings that it has, with values they allow";
  static final String PAPER = "its preset 'paper' sets what a run needs";
  static final String PLAN = "its plan has functions, and no name twice";
  static final String LOSS = "its steps have a finite loss";
  static final String EMBEDDING = "its steps have outputs that are scalars, or embeddings [B, D]";
  static final String LEARNS = "its steps change weights that are trained";
  static final String SEEDED = "two runs with the same seed end with the same weights";
  static final String RESUMED = "a run that is stopped and continued ends with the same weights";
  static final String DEVICES =
      "two devices that share its batches learn from them what one learns";
  static final String SEEDS = "runs with different seeds end with different weights";
  static final String AVERAGES = "nothing but their momentum changes moving averages";
  static final String RESTORED = "its functions use the weights that it trained";
  static final String FUNCTIONS = "its functions make finite rows, one a record";

  static final String ELSEWHERE =
      "its functions, written as ONNX and as a SavedModel, give the same there";

  /** What sums in another order may make of a loss. */
  private static final double ROUNDING = 1e-3;

  /** What it may make of half of a step's updates, as a part of each. */
  private static final double LEARNT = 0.02;

  /** Keys of a run that are no method's own. */
  private static final Set<String> RUN =
      Set.of("encoder", "augmentation", "loss", "epochs", "batch", "precision");

  private static final Set<String> PARTS = Set.of("encoder", "augmentation", "loss");

  private static final String ITERATIONS = "iterations";

  private final Method method;
  private final Map<String, String> settings;
  private Optional<TinyRun> run = Optional.empty();
  private Optional<Map<String, Value>> stopped = Optional.empty();

  private MethodContract(Method method, Map<String, String> settings) {
    this.method = method;
    this.settings = settings;
  }

  static List<Promise> promises(Method method) {
    return promises(method, Map.of());
  }

  /** Settings are those of the run, over those of the preset. */
  static List<Promise> promises(Method method, Map<String, String> settings) {
    MethodContract contract = new MethodContract(method, settings);
    return List.of(
        new Promise(PRESETS, contract::presets),
        new Promise(PAPER, contract::paper),
        new Promise(PLAN, contract::plan),
        new Promise(LOSS, contract::loss),
        new Promise(EMBEDDING, contract::outputs),
        new Promise(LEARNS, contract::learns),
        new Promise(SEEDED, contract::seeded),
        new Promise(RESUMED, contract::resumed),
        new Promise(DEVICES, contract::devices),
        new Promise(SEEDS, contract::seeds),
        new Promise(AVERAGES, contract::averages),
        new Promise(RESTORED, contract::restored),
        new Promise(FUNCTIONS, contract::functions),
        new Promise(ELSEWHERE, contract::elsewhere));
  }

  /** Small data and, where there are some, larger ones. */
  private List<DataSummary> summaries() {
    return method.kinds().contains(DataKind.IMAGES) || !method.kinds().contains(DataKind.VOLUMES)
        ? Stream.of(32, 224).map(side -> DataSummary.of(TinyData.of(16, 8, side, 3, true))).toList()
        : List.of(DataSummary.of(TinyVolumes.small()));
  }

  private void presets() {
    require(method.presets().contains(Method.PAPER), "presets " + method.presets());
    for (String name : method.presets()) {
      for (DataSummary data : summaries()) {
        method.preset(name, data).forEach((key, value) -> allowed(name, key, value));
      }
    }
    method.tour().ifPresent(this::stop);
  }

  private void stop(Tour tour) {
    require(method.presets().contains(Method.SMALL), "a tour and no preset " + Method.SMALL);
    tour.settings()
        .forEach(
            (key, value) -> {
              if (!key.contains(".")) { // whoever has the part checks it
                allowed("tour", key, value);
              }
            });
  }

  private void allowed(String preset, String key, String value) {
    if (RUN.contains(key) || PARTS.contains(key.replaceFirst("\\..*", ""))) {
      return; // whoever has the part checks it
    }
    Setting<?> setting =
        method.settings().stream().filter(s -> s.key().equals(key)).findFirst().orElse(null);
    require(setting != null, "preset '" + preset + "' sets '" + key + "'");
    try {
      setting.parse(value);
    } catch (IllegalArgumentException e) {
      require(false, "preset '" + preset + "': " + key + ": " + e.getMessage());
    }
  }

  private void paper() {
    Map<String, String> paper = method.preset(Method.PAPER, summaries().get(0));
    // a method that counts steps has no use for epochs
    boolean steps =
        paper.containsKey(ITERATIONS)
            && method.settings().stream().anyMatch(s -> s.key().equals(ITERATIONS));
    String length = steps ? ITERATIONS : "epochs";
    List<String> needed = new ArrayList<>(List.of(length, "batch"));
    if (method.usesEncoder()) {
      needed.addAll(List.of("encoder", "augmentation"));
    }
    require(paper.keySet().containsAll(needed), paper.keySet() + " without some of " + needed);
    for (String number : List.of(length, "batch")) {
      require(paper.get(number).matches("\\d+"), number + " = '" + paper.get(number) + "'");
    }
  }

  private void plan() {
    TinyTraining training = TinyRun.training(method, settings, 1);
    Plan plan = method.plan(training.setup(Path.of("not-there")));
    require(!plan.functions().isEmpty(), "no functions");
    Set<String> seen = new HashSet<>();
    for (ModelFunction function : plan.functions()) {
      require(seen.add(function.name()), "the function '" + function.name() + "' twice");
    }
    for (Phase phase : plan.phases()) {
      require(seen.add("phase " + phase.name()), "the phase '" + phase.name() + "' twice");
    }
  }

  /** The run that most promises look at. */
  private TinyRun run() {
    if (run.isEmpty()) {
      run = Optional.of(TinyRun.of(TinyRun.training(method, settings, 1)));
    }
    return run.get();
  }

  private TinyRun trained() {
    applies(run().trains(), "it has no training phase");
    return run();
  }

  private void loss() {
    for (Map<String, Value> outputs : trained().outputs()) {
      Value loss = outputs.get(Step.LOSS);
      require(loss.shape().isEmpty(), "a loss of shape " + loss.shape());
      require(Graphs.finite(loss), "a loss of " + Tensors.floats(loss)[0]);
    }
  }

  private void outputs() {
    trained()
        .outputs()
        .forEach(
            outputs ->
                outputs.forEach(
                    (name, value) -> {
                      int rank = name.equals(Step.EMBEDDING) ? 2 : 0;
                      require(
                          value.shape().size() == rank,
                          "an output '" + name + "' of shape " + value.shape());
                      require(Graphs.finite(value), "an output '" + name + "' that is not finite");
                    }));
  }

  private void learns() {
    TinyRun run = trained();
    require(
        run.idle().size() < run.trainedWeights().size(),
        "the first values of " + run.trainedWeights() + " after " + Shortened.STEPS + " steps");
  }

  /** A run that was stopped and ended with the same weights has shown it. */
  private void seeded() {
    if (!run().trains() || !run().last().equals(stopped())) {
      same(run().last(), again(1, false));
    }
  }

  private void resumed() {
    same(trained().last(), stopped());
  }

  private Map<String, Value> stopped() {
    if (stopped.isEmpty()) {
      stopped = Optional.of(again(1, true));
    }
    return stopped.get();
  }

  private void devices() {
    float once = Tensors.floats(trained().outputs().get(0).get(Step.LOSS))[0];
    TinyTraining.Begun shared = TinyRun.training(method, settings, 1).on("cpu:0,cpu:1").begin();
    require(
        Math.abs(shared.loss() - once) <= ROUNDING * Math.max(1, Math.abs(once)),
        "a loss of " + shared.loss() + " in place of " + once);
    double apart = Update.apart(trained().updates(), shared.weights());
    require(
        apart <= LEARNT, "a first step that changes its weights otherwise, by " + apart + " of it");
  }

  /** The weights of the same run once more, as a user would do it, perhaps with stops. */
  private Map<String, Value> again(long seed, boolean stopping) {
    return TinyRun.trained(TinyRun.training(method, settings, seed), stopping);
  }

  private static void same(Map<String, Value> once, Map<String, Value> again) {
    require(once.keySet().equals(again.keySet()), "parameters of different names");
    for (Map.Entry<String, Value> entry : once.entrySet()) {
      Value other = again.get(entry.getKey());
      require(
          entry.getValue().equals(other),
          "another " + entry.getKey() + ", by up to " + difference(entry.getValue(), other));
    }
  }

  private static double difference(Value a, Value b) {
    if (a.type() != FieldType.FLOAT32 || !a.shape().equals(b.shape())) {
      return Double.NaN;
    }
    float[] x = Tensors.floats(a);
    float[] y = Tensors.floats(b);
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.abs(x[i] - y[i]));
    }
    return most;
  }

  private void seeds() {
    Map<String, Value> other = again(2, false);
    require(
        trained().stepped().stream().anyMatch(w -> !run().last().get(w).equals(other.get(w))),
        "the same weights");
  }

  private void averages() {
    require(trained().strayed().isEmpty(), "changes beyond that of " + trained().strayed());
  }

  private void restored() {
    for (Answer answer : trained().answers()) {
      answer.outputs();
      List<String> made = run().untrained(answer);
      require(made.isEmpty(), "new parameters of '" + answer.function().name() + "': " + made);
    }
  }

  private void elsewhere() {
    require(run().differences().isEmpty(), String.join("; ", run().differences()));
  }

  private void functions() {
    require(!run().answers().isEmpty(), "no function that takes the data's fields");
    int records = run().data().train().size();
    for (Answer answer : run().answers()) {
      Map<String, Value> outputs = answer.outputs();
      if (answer.function().name().equals(ModelFunction.EMBED)) {
        Value embedding = outputs.get(ModelFunction.EMBEDDING);
        require(embedding != null, "outputs " + outputs.keySet() + " of 'embed'");
        require(embedding.shape().size() == 2, "embeddings of shape " + embedding.shape());
      }
      outputs.forEach(
          (name, value) -> {
            String output = "'" + name + "' of '" + answer.function().name() + "'";
            require(
                !value.shape().isEmpty() && value.shape().get(0) == records,
                output + " of shape " + value.shape() + " for " + records + " records");
            require(Graphs.finite(value), output + " with elements that are not finite");
          });
    }
  }
}
