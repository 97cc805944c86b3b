package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class EncoderContractTest {
  private interface Body {
    Network of(GraphScope scope, Network good);
  }

  private static Encoder encoder(Body body) {
    return new Good.GoodEncoder() {
      @Override
      public Network create(GraphScope scope, long[] input, Settings settings) {
        return body.of(scope, super.create(scope, input, settings));
      }
    };
  }

  private record Changed(Network good, int width, Pass pass, Operand<TFloat32> scale)
      implements Network {
    @Override
    public Features apply(Operand<TFloat32> input, Pass asked) {
      Features features = good.apply(input, pass == null ? asked : pass);
      if (scale == null) {
        return features;
      }
      var tf = org.tensorflow.op.Ops.create(scale.op().env());
      return new Features(tf.math.mul(features.embedding(), scale), features.maps());
    }
  }

  /** An encoder whose embedding is multiplied by a weight [1]. */
  private static Encoder scaled(Initializer<TFloat32> initializer) {
    return encoder(
        (scope, good) ->
            new Changed(
                good,
                good.width(),
                null,
                scope.weight("scale", Layout.PLAIN, initializer, 1).value()));
  }

  private static Encoder naming() {
    return new Good.GoodEncoder() {
      @Override
      public Set<String> maps() {
        return Set.of("attention");
      }
    };
  }

  private static Encoder constant() {
    return new Good.GoodEncoder() {
      @Override
      public Network create(GraphScope scope, long[] input, Settings settings) {
        Operand<TFloat32> embedding =
            scope.weight("w", Layout.PLAIN, Initializers.ones(), 1, 4).value();
        return new Network() {
          @Override
          public int width() {
            return 4;
          }

          @Override
          public Features apply(Operand<TFloat32> x, Pass pass) {
            return new Features(embedding, Map.of());
          }
        };
      }
    };
  }

  /** An encoder that is another one each time that it is built. */
  private static Encoder another() {
    AtomicInteger times = new AtomicInteger();
    return encoder(
        (scope, good) ->
            new Changed(good, good.width(), null, scope.constant(times.incrementAndGet())));
  }

  /** Files have one name for two weights. */
  private static Encoder named(String one, String other) {
    return new Good.GoodEncoder() {
      @Override
      public Map<String, String> aliases() {
        return Map.of(one, "same", other, "same");
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.GoodEncoder(),
        EncoderContract::promises,
        Map.of(
            EncoderContract.SHAPE,
                List.of(
                    encoder((scope, good) -> new Changed(good, 5, null, null)),
                    scaled(Initializers.constant(Double.NaN))),
            EncoderContract.MAPS, List.of(naming()),
            EncoderContract.SEEDED,
                List.of(
                    constant(),
                    scaled(
                        (tf, shape, seed) ->
                            tf.random.randomUniform(tf.constant(shape), TFloat32.class))),
            EncoderContract.FIXED,
                List.of(
                    encoder((scope, good) -> new Changed(good, good.width(), Pass.TRAINING, null))),
            EncoderContract.GRADIENTS,
                List.of(
                    encoder(
                        (scope, good) -> {
                          scope.weight("idle", Layout.PLAIN, Initializers.ones(), 1);
                          return good;
                        })),
            EncoderContract.KEPT, List.of(named("norm.weight", "norm.bias")),
            EncoderContract.ELSEWHERE, List.of(another()),
            EncoderContract.AVERAGED,
                List.of(
                    encoder(
                        (scope, good) -> {
                          scope.weight("of-" + scope.name(), Layout.PLAIN, Initializers.ones(), 1);
                          return good;
                        }))));
  }
}
