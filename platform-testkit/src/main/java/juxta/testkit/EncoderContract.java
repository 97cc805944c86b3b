package juxta.testkit;

import static juxta.testkit.Promise.applies;
import static juxta.testkit.Promise.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What an encoder promises, tried with its defaults on four images of side 32. */
final class EncoderContract {
  static final String SHAPE = "it makes finite embeddings [B, width]";
  static final String MAPS = "it makes the maps that it names";
  static final String SEEDED = "its first weights depend on the seed alone";
  static final String FIXED = "in inference the same image has the same embedding in any batch";
  static final String GRADIENTS = "gradients reach every trained parameter";
  static final String AVERAGED = "it can be a moving average of itself";

  private static final int B = 4;
  private static final TinyData DATA = TinyData.small();

  private EncoderContract() {}

  static List<Promise> promises(Encoder encoder) {
    return List.of(
        promise(encoder, SHAPE, () -> shape(encoder)),
        promise(encoder, MAPS, () -> maps(encoder)),
        promise(encoder, SEEDED, () -> seeded(encoder)),
        promise(encoder, FIXED, () -> fixed(encoder)),
        promise(encoder, GRADIENTS, () -> gradients(encoder)),
        promise(encoder, AVERAGED, () -> averaged(encoder)));
  }

  private static Promise promise(Encoder encoder, String words, Promise.Trial trial) {
    return new Promise(
        words,
        () -> {
          applies(encoder.kinds().contains(DataKind.IMAGES), "it encodes no plain images");
          trial.run();
        });
  }

  private static Network create(Encoder encoder, GraphScope scope) {
    return encoder.create(scope, new long[] {32, 32, 3}, Settings.DEFAULTS);
  }

  private static Operand<TFloat32> images(GraphScope scope, Batch batch) {
    return scope
        .tf()
        .math
        .div(scope.tf().dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class), scope.constant(127));
  }

  private static Value embedding(Encoder encoder, long seed, int... records) {
    return embedding(encoder, seed, width -> {}, records);
  }

  private static Value embedding(Encoder encoder, long seed, LongConsumer width, int... records) {
    return Graphs.values(
            seed,
            DATA.train(),
            records,
            List.of(0L),
            (scope, batch) -> {
              Network network = create(encoder, scope.sub("encoder"));
              width.accept(network.width());
              return List.of(network.apply(images(scope, batch), Pass.INFERENCE).embedding());
            })
        .get(0)
        .get(0);
  }

  /** Builds a graph that is not run. */
  private static void build(java.util.function.BiConsumer<GraphScope, Operand<TFloat32>> look) {
    Graphs.values(
        1,
        DATA.train(),
        Graphs.first(B),
        List.of(),
        (scope, batch) -> {
          look.accept(scope, images(scope, batch));
          return List.of();
        });
  }

  private static void shape(Encoder encoder) {
    List<Long> widths = new ArrayList<>();
    Value embedding = embedding(encoder, 1, widths::add, Graphs.first(B));
    require(
        embedding.shape().equals(List.of((long) B, widths.get(0))),
        "shape " + embedding.shape() + " with a width of " + widths.get(0));
    require(Graphs.finite(embedding), "elements that are not finite");
  }

  private static void maps(Encoder encoder) {
    build(
        (scope, images) -> {
          Features features = create(encoder, scope).apply(images, Pass.INFERENCE);
          require(
              features.maps().keySet().containsAll(encoder.maps()),
              features.maps().keySet() + " made, " + encoder.maps() + " named");
        });
  }

  private static void seeded(Encoder encoder) {
    Value one = embedding(encoder, 1, 0);
    require(one.equals(embedding(encoder, 1, 0)), "two networks with one seed");
    require(!one.equals(embedding(encoder, 2, 0)), "one network with two seeds");
  }

  private static void fixed(Encoder encoder) {
    float[] batch = Tensors.floats(embedding(encoder, 1, Graphs.first(B)));
    float[] alone = Tensors.floats(embedding(encoder, 1, 0));
    for (int i = 0; i < alone.length; i++) {
      require(
          Math.abs(alone[i] - batch[i]) <= 1e-3 * Math.max(1, Math.abs(alone[i])),
          alone[i] + " alone and " + batch[i] + " beside others, at column " + i);
    }
  }

  private static void gradients(Encoder encoder) {
    build(
        (scope, images) -> {
          Features features = create(encoder, scope).apply(images, Pass.TRAINING);
          Operand<TFloat32> loss = scope.tf().math.mean(features.embedding(), scope.ints(0, 1));
          Map<Parameter<TFloat32>, Operand<TFloat32>> found =
              Gradients.ofTrained(scope, loss, scope.parameters());
          List<String> missed =
              scope.parameters().stream()
                  .filter(p -> p.trained() && !found.containsKey(p))
                  .map(Parameter::name)
                  .toList();
          require(missed.isEmpty(), "none at " + missed);
          require(!found.isEmpty(), "no trained parameters");
        });
  }

  private static void averaged(Encoder encoder) {
    build(
        (scope, images) -> {
          GraphScope online = scope.sub("online");
          create(encoder, online);
          GraphScope copy = scope.sub("copy").averageOf(online, scope.constant(0.9f));
          create(encoder, copy).apply(images, Pass.TARGET);
          long copied = scope.sub("copy").parameters().size();
          require(
              copied == online.parameters().size(),
              copied
                  + " parameters in the copy, "
                  + online.parameters().size()
                  + " in the original");
        });
  }
}
