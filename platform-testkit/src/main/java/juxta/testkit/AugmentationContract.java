package juxta.testkit;

import static juxta.testkit.Promise.applies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.TestTransform;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TType;

/** What an augmentation promises, tried on four records of {@link Tiny} data. */
final class AugmentationContract {
  static final String SHAPE = "its views are finite and as large as it says";
  static final String FIXED = "its evaluation view is the same in every run and step";
  static final String RANDOM = "its global views are drawn anew for each view and step";
  static final String SEEDED = "its global views are the same with the same seed and step";
  static final String PARAMETERS = "it makes no parameters";
  static final String FIELDS = "it passes on fields that it does not know";

  static final String TOLD = "its evaluation view is what it tells other programs";

  private static final int B = 4;

  private final Augmentation augmentation;
  private final Settings settings;

  private AugmentationContract(Augmentation augmentation, Settings settings) {
    this.augmentation = augmentation;
    this.settings = settings;
  }

  static List<Promise> promises(Augmentation augmentation) {
    return promises(augmentation, Settings.DEFAULTS);
  }

  static List<Promise> promises(Augmentation augmentation, Settings settings) {
    AugmentationContract contract = new AugmentationContract(augmentation, settings);
    return List.of(
        new Promise(SHAPE, contract::shape),
        new Promise(FIXED, contract::fixed),
        new Promise(RANDOM, contract::random),
        new Promise(SEEDED, contract::seeded),
        new Promise(PARAMETERS, contract::parameters),
        new Promise(FIELDS, contract::fields),
        new Promise(TOLD, contract::told));
  }

  private Tiny tiny() {
    return Tiny.of(augmentation.kinds());
  }

  /** The views at each step. */
  private List<List<Value>> views(Dataset data, long seed, List<Long> steps, View... views) {
    return fields(data, List.of(tiny().field()), seed, steps, views);
  }

  /** The fields of views at each step. */
  private List<List<Value>> fields(
      Dataset data, List<String> fields, long seed, List<Long> steps, View... views) {
    return Graphs.values(
        seed,
        data,
        Graphs.first(B),
        steps,
        (scope, batch) -> {
          List<Operand<? extends TType>> made = new ArrayList<>();
          for (View view : views) {
            Batch applied = apply(scope, batch, view, data);
            // what is fed cannot be fetched as it is
            fields.forEach(field -> made.add(scope.tf().identity(applied.get(field))));
          }
          return made;
        });
  }

  private Batch apply(GraphScope scope, Batch batch, View view, Dataset data) {
    return augmentation.apply(scope, batch, view, DataSummary.of(data), settings);
  }

  private void shape() {
    if (tiny() == Tiny.VOLUMES) {
      volumes();
      return;
    }
    for (int channels : List.of(3, 1)) { // in colour and in grey
      TinyData data = TinyData.of(B, B, 32, channels, true);
      List<View> kinds = Arrays.stream(View.Kind.values()).map(k -> new View(k, 0)).toList();
      List<Value> views = views(data, 1, List.of(0L), kinds.toArray(View[]::new)).get(0);
      for (int i = 0; i < kinds.size(); i++) {
        View.Kind kind = kinds.get(i).kind();
        long side = augmentation.side(kind, DataSummary.of(data), settings);
        require(kind, views.get(i), List.of((long) B, side, side, (long) channels));
      }
    }
  }

  /** Patches for training, each with its mask; scans are scored as a whole. */
  private void volumes() {
    Dataset data = tiny().data();
    for (View.Kind kind : List.of(View.Kind.GLOBAL, View.Kind.LOCAL)) {
      List<Value> found =
          fields(data, List.of(Field.VOLUME, Field.MASK), 1, List.of(0L), new View(kind, 0)).get(0);
      List<Long> shape = new ArrayList<>(List.of((long) B));
      augmentation
          .lengths(kind, DataSummary.of(data), settings)
          .forEach(length -> shape.add((long) length));
      Promise.require(
          found.get(1).shape().equals(shape),
          kind + " views with masks of shape " + found.get(1).shape() + ", not " + shape);
      shape.add(1L);
      require(kind, found.get(0), shape);
    }
  }

  private static void require(View.Kind kind, Value view, List<Long> shape) {
    Promise.require(
        view.shape().equals(shape), kind + " views of shape " + view.shape() + ", not " + shape);
    Promise.require(Graphs.finite(view), kind + " views with elements that are not finite");
  }

  private void fixed() {
    List<List<Value>> one = views(tiny().data(), 1, List.of(0L, 1L), View.EVALUATION);
    List<List<Value>> other = views(tiny().data(), 2, List.of(0L), View.EVALUATION);
    Promise.require(one.get(0).equals(one.get(1)), "another view at another step");
    Promise.require(one.get(0).equals(other.get(0)), "another view in a run of another seed");
  }

  /** Side and values; what is cut off, and how it is resized, nothing here could tell apart. */
  private void told() {
    Dataset data = tiny().data();
    DataSummary summary = DataSummary.of(data);
    TestTransform told = augmentation.test(summary, settings).orElse(null);
    applies(told != null, "it tells nothing");
    Promise.require(
        told.side() == augmentation.side(View.Kind.EVALUATION, summary, settings),
        "a side of " + told.side());
    int channels = told.mean().size();
    Promise.require(
        channels == summary.channels() && told.deviation().size() == channels,
        channels + " means and " + told.deviation().size() + " deviations");
    for (float value : new float[] {0, 0.5f, 1}) {
      float[] seen =
          Tensors.floats(
              Graphs.values(
                      1,
                      data,
                      Graphs.first(B),
                      List.of(0L),
                      (scope, batch) ->
                          List.of(
                              augmentation.pixels(
                                  scope,
                                  scope
                                      .tf()
                                      .fill(
                                          scope.tf().constant(new int[] {1, 1, 1, channels}),
                                          scope.tf().constant(value)),
                                  settings)))
                  .get(0)
                  .get(0));
      for (int c = 0; c < channels; c++) {
        double expected = (value - told.mean().get(c)) / told.deviation().get(c);
        Promise.require(
            Math.abs(seen[c] - expected) <= 1e-4 * Math.max(1, Math.abs(expected)),
            "a pixel of " + value + " becomes " + seen[c] + ", not " + expected);
      }
    }
  }

  private void random() {
    List<List<Value>> steps =
        views(tiny().data(), 1, List.of(0L, 1L), View.global(0), View.global(1), View.EVALUATION);
    Value view = steps.get(0).get(0);
    applies(!view.equals(steps.get(0).get(2)), "it shows images as they are");
    Promise.require(
        !view.equals(steps.get(1).get(0)), "the same view at two steps; use scope.seed");
    Promise.require(
        !view.equals(steps.get(0).get(1)), "the same view twice in a step; use scope.seed");
  }

  private void seeded() {
    View view = View.global(0);
    Promise.require(
        views(tiny().data(), 1, List.of(3L), view)
            .equals(views(tiny().data(), 1, List.of(3L), view)),
        "two views; draw with the stateless operations of tf.random and a seed of the scope");
  }

  private void parameters() {
    Dataset data = tiny().data();
    Graphs.values(
        1,
        data,
        Graphs.first(B),
        List.of(),
        (scope, batch) -> {
          for (View.Kind kind : View.Kind.values()) {
            apply(scope, batch, new View(kind, 0), data);
          }
          Promise.require(scope.parameters().isEmpty(), scope.parameters().size() + " parameters");
          return List.of();
        });
  }

  private void fields() {
    Dataset data = tiny().data();
    List<Value> values =
        Graphs.values(
                1,
                data,
                Graphs.first(B),
                List.of(0L),
                (scope, batch) -> {
                  Batch view = apply(scope, batch, View.global(0), data);
                  Map<String, ?> fields = view.fields();
                  Promise.require(
                      fields.keySet().containsAll(batch.fields().keySet()),
                      "only " + fields.keySet());
                  // what is fed cannot be fetched as it is
                  return List.of(
                      scope.tf().identity(view.ints(tiny().number())),
                      scope.tf().identity(batch.ints(tiny().number())));
                })
            .get(0);
    Promise.require(values.get(0).equals(values.get(1)), "other labels than before");
  }
}
