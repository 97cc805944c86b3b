package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Settings;
import juxta.api.TestTransform;
import juxta.api.View;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class AugmentationContractTest {
  private interface Body {
    Batch of(GraphScope scope, Batch stored, Batch good, View view);
  }

  private static Augmentation views(Body body) {
    return new Good.GoodViews() {
      @Override
      public Batch apply(
          GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
        return body.of(scope, batch, super.apply(scope, batch, view, data, settings), view);
      }
    };
  }

  private static Augmentation sized() {
    return new Good.GoodViews() {
      @Override
      public int side(View.Kind kind, DataSummary data, Settings settings) {
        return 33;
      }

      @Override
      public Batch apply(
          GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
        return TinyViews.images(scope, batch, view, 32);
      }
    };
  }

  private static Batch plus(GraphScope scope, Batch view, Operand<TFloat32> number) {
    return view.with(Field.IMAGE, scope.tf().math.add(view.image(), number));
  }

  private static Batch still(GraphScope scope, Batch stored, View view) {
    Batch plain = TinyViews.images(scope, stored, View.EVALUATION, 32);
    return view.kind() == View.Kind.EVALUATION ? plain : plus(scope, plain, scope.constant(1));
  }

  private static Operand<TFloat32> any(GraphScope scope) {
    Ops tf = scope.tf();
    return tf.random.randomUniform(scope.ints(1), TFloat32.class);
  }

  private static Augmentation telling(TestTransform told) {
    return new Good.GoodViews() {
      @Override
      public Optional<TestTransform> test(DataSummary data, Settings settings) {
        return Optional.of(told);
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.GoodViews(),
        AugmentationContract::promises,
        Map.of(
            AugmentationContract.SHAPE,
                List.of(
                    sized(),
                    views((scope, s, good, v) -> plus(scope, good, scope.constant(Float.NaN))),
                    views(
                        (scope, s, good, v) ->
                            plus(scope, good, scope.tf().constant(new float[3])))),
            AugmentationContract.FIXED,
                List.of(
                    views((scope, s, good, v) -> plus(scope, good, any(scope))),
                    views(
                        (scope, s, good, v) ->
                            plus(
                                scope,
                                good,
                                scope
                                    .tf()
                                    .random
                                    .statelessRandomNormal(scope.ints(1), scope.seed("test"))))),
            AugmentationContract.RANDOM,
                List.of(views((scope, stored, good, view) -> still(scope, stored, view))),
            AugmentationContract.SEEDED,
                List.of(views((scope, s, good, v) -> plus(scope, good, any(scope)))),
            AugmentationContract.PARAMETERS,
                List.of(
                    views(
                        (scope, s, good, view) -> {
                          scope
                              .sub(view.toString())
                              .weight("w", Layout.PLAIN, Initializers.ones(), 1);
                          return good;
                        })),
            AugmentationContract.TOLD,
                List.of(
                    telling(
                        new TestTransform(
                            24, 1, "bicubic", Good.GoodViews.ZEROS, Good.GoodViews.ONES)),
                    telling(new TestTransform(32, 1, "bicubic", List.of(0.0), List.of(1.0))),
                    telling(
                        new TestTransform(
                            32, 1, "bicubic", Good.GoodViews.ONES, Good.GoodViews.ONES))),
            AugmentationContract.FIELDS,
                List.of(
                    views((scope, s, good, v) -> Batch.of(Field.IMAGE, good.image())),
                    views(
                        (scope, s, good, v) ->
                            good.with(Field.LABEL, scope.tf().math.neg(good.ints(Field.LABEL)))))));
  }
}
