package juxta.testkit;

import static juxta.testkit.Promise.applies;
import static juxta.testkit.Promise.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TType;

/** What an augmentation promises, tried with its defaults on four images of side 32. */
final class AugmentationContract {
  static final String SHAPE = "its views are finite and as large as it says, in colour and in grey";
  static final String FIXED = "its evaluation view is the same in every run and step";
  static final String RANDOM = "its global views are drawn anew for each view and step";
  static final String SEEDED = "its global views are the same with the same seed and step";
  static final String PARAMETERS = "it makes no parameters";
  static final String FIELDS = "it passes on fields that it does not know";

  private static final int B = 4;

  private AugmentationContract() {}

  static List<Promise> promises(Augmentation augmentation) {
    return List.of(
        promise(augmentation, SHAPE, () -> shape(augmentation)),
        promise(augmentation, FIXED, () -> fixed(augmentation)),
        promise(augmentation, RANDOM, () -> random(augmentation)),
        promise(augmentation, SEEDED, () -> seeded(augmentation)),
        promise(augmentation, PARAMETERS, () -> parameters(augmentation)),
        promise(augmentation, FIELDS, () -> fields(augmentation)));
  }

  private static Promise promise(Augmentation augmentation, String words, Promise.Trial trial) {
    return new Promise(
        words,
        () -> {
          applies(augmentation.kinds().contains(DataKind.IMAGES), "it treats no plain images");
          trial.run();
        });
  }

  /** The views at each step. */
  private static List<List<Value>> views(
      Augmentation augmentation, TinyData data, long seed, List<Long> steps, View... views) {
    return Graphs.values(
        seed,
        data.train(),
        Graphs.first(B),
        steps,
        (scope, batch) -> {
          List<Operand<? extends TType>> made = new ArrayList<>();
          for (View view : views) {
            made.add(apply(augmentation, scope, batch, view, data).image());
          }
          return made;
        });
  }

  private static Batch apply(
      Augmentation augmentation,
      juxta.api.GraphScope scope,
      Batch batch,
      View view,
      TinyData data) {
    return augmentation.apply(scope, batch, view, DataSummary.of(data), Settings.DEFAULTS);
  }

  private static void shape(Augmentation augmentation) {
    for (int channels : List.of(3, 1)) {
      TinyData data = TinyData.of(B, B, 32, channels, true);
      View[] kinds =
          Arrays.stream(View.Kind.values()).map(k -> new View(k, 0)).toArray(View[]::new);
      List<Value> views = views(augmentation, data, 1, List.of(0L), kinds).get(0);
      for (int i = 0; i < kinds.length; i++) {
        View.Kind kind = kinds[i].kind();
        long side = augmentation.side(kind, DataSummary.of(data), Settings.DEFAULTS);
        require(
            views.get(i).shape().equals(List.of((long) B, side, side, (long) channels)),
            kind + " views of shape " + views.get(i).shape() + " with a side of " + side);
        require(Graphs.finite(views.get(i)), kind + " views with elements that are not finite");
      }
    }
  }

  private static void fixed(Augmentation augmentation) {
    List<List<Value>> one =
        views(augmentation, TinyData.small(), 1, List.of(0L, 1L), View.EVALUATION);
    List<List<Value>> other =
        views(augmentation, TinyData.small(), 2, List.of(0L), View.EVALUATION);
    require(one.get(0).equals(one.get(1)), "another view at another step");
    require(one.get(0).equals(other.get(0)), "another view in a run of another seed");
  }

  private static void random(Augmentation augmentation) {
    List<List<Value>> steps =
        views(
            augmentation,
            TinyData.small(),
            1,
            List.of(0L, 1L),
            View.global(0),
            View.global(1),
            View.EVALUATION);
    Value view = steps.get(0).get(0);
    applies(!view.equals(steps.get(0).get(2)), "it shows images as they are");
    require(!view.equals(steps.get(1).get(0)), "the same view at two steps; use scope.seed");
    require(!view.equals(steps.get(0).get(1)), "the same view twice in a step; use scope.seed");
  }

  private static void seeded(Augmentation augmentation) {
    View view = View.global(0);
    require(
        views(augmentation, TinyData.small(), 1, List.of(3L), view)
            .equals(views(augmentation, TinyData.small(), 1, List.of(3L), view)),
        "two views; draw with the stateless operations of tf.random and a seed of the scope");
  }

  private static void parameters(Augmentation augmentation) {
    TinyData data = TinyData.small();
    Graphs.values(
        1,
        data.train(),
        Graphs.first(B),
        List.of(),
        (scope, batch) -> {
          for (View.Kind kind : View.Kind.values()) {
            apply(augmentation, scope, batch, new View(kind, 0), data);
          }
          require(scope.parameters().isEmpty(), scope.parameters().size() + " parameters");
          return List.of();
        });
  }

  private static void fields(Augmentation augmentation) {
    TinyData data = TinyData.small();
    List<Value> values =
        Graphs.values(
                1,
                data.train(),
                Graphs.first(B),
                List.of(0L),
                (scope, batch) -> {
                  Batch view = apply(augmentation, scope, batch, View.global(0), data);
                  Map<String, ?> fields = view.fields();
                  require(
                      fields.keySet().containsAll(batch.fields().keySet()),
                      "only " + fields.keySet());
                  // what is fed cannot be fetched as it is
                  return List.of(
                      scope.tf().identity(view.ints(Field.LABEL)),
                      scope.tf().identity(batch.ints(Field.LABEL)));
                })
            .get(0);
    require(values.get(0).equals(values.get(1)), "other labels than before");
  }
}
