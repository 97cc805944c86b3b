package juxta.testkit;

import static juxta.testkit.Promise.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.engine.run.InitialWeights;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What an encoder promises, tried on four records of {@link Tiny} data. */
final class EncoderContract {
  static final String SHAPE = "it makes finite embeddings [B, width]";
  static final String MAPS = "it makes the maps that it names";
  static final String SEEDED = "its first weights depend on the seed alone";
  static final String FIXED = "in inference the same record has the same embedding in any batch";
  static final String GRADIENTS = "gradients reach every trained parameter";
  static final String KEPT =
      "its weights, once trained and in a file, start another run as they are";
  static final String ELSEWHERE = "written as ONNX and as a SavedModel it gives the same";
  static final String AVERAGED = "it can be a moving average of itself";

  private static final int B = 4;

  private final Encoder encoder;
  private final Map<String, String> settingsOfRun;
  private final Settings settings;
  private Optional<Run> trained = Optional.empty();

  private EncoderContract(Encoder encoder, Map<String, String> run) {
    this.encoder = encoder;
    this.settingsOfRun = run;
    this.settings = Parts.settings(encoder, run);
  }

  static List<Promise> promises(Encoder encoder) {
    return promises(encoder, Map.of());
  }

  /** Settings are those of a run. */
  static List<Promise> promises(Encoder encoder, Map<String, String> run) {
    EncoderContract contract = new EncoderContract(encoder, run);
    return List.of(
        new Promise(SHAPE, contract::shape),
        new Promise(MAPS, contract::maps),
        new Promise(SEEDED, contract::seeded),
        new Promise(FIXED, contract::fixed),
        new Promise(GRADIENTS, contract::gradients),
        new Promise(KEPT, contract::kept),
        new Promise(ELSEWHERE, contract::elsewhere),
        new Promise(AVERAGED, contract::averaged));
  }

  private Tiny tiny() {
    return Tiny.of(encoder.kinds());
  }

  private Network create(GraphScope scope) {
    long[] input = tiny().input().stream().mapToLong(Integer::longValue).toArray();
    return encoder.create(scope, input, settings);
  }

  private Value embedding(long seed, int... records) {
    return embedding(seed, width -> {}, records);
  }

  private Value embedding(long seed, LongConsumer width, int... records) {
    return Graphs.values(
            seed,
            tiny().data(),
            records,
            List.of(0L),
            (scope, batch) -> {
              Network network = create(scope.sub("encoder"));
              width.accept(network.width());
              return List.of(network.apply(tiny().shown(scope, batch), Pass.INFERENCE).embedding());
            })
        .get(0)
        .get(0);
  }

  /** Builds a graph that is not run. */
  private void build(java.util.function.BiConsumer<GraphScope, Operand<TFloat32>> look) {
    Graphs.values(
        1,
        tiny().data(),
        Graphs.first(B),
        List.of(),
        (scope, batch) -> {
          look.accept(scope, tiny().shown(scope, batch));
          return List.of();
        });
  }

  private void shape() {
    List<Long> widths = new ArrayList<>();
    Value embedding = embedding(1, widths::add, Graphs.first(B));
    require(
        embedding.shape().equals(List.of((long) B, widths.get(0))),
        "shape " + embedding.shape() + " with a width of " + widths.get(0));
    require(Graphs.finite(embedding), "elements that are not finite");
  }

  private void maps() {
    build(
        (scope, input) -> {
          Features features = create(scope).apply(input, Pass.INFERENCE);
          require(
              features.maps().keySet().containsAll(encoder.maps()),
              features.maps().keySet() + " made, " + encoder.maps() + " named");
        });
  }

  private void seeded() {
    Value one = embedding(1, 0);
    require(one.equals(embedding(1, 0)), "two networks with one seed");
    require(!one.equals(embedding(2, 0)), "one network with two seeds");
  }

  private void fixed() {
    float[] batch = Tensors.floats(embedding(1, Graphs.first(B)));
    float[] alone = Tensors.floats(embedding(1, 0));
    for (int i = 0; i < alone.length; i++) {
      require(
          Math.abs(alone[i] - batch[i]) <= 1e-3 * Math.max(1, Math.abs(alone[i])),
          alone[i] + " alone and " + batch[i] + " beside others, at column " + i);
    }
  }

  private void gradients() {
    build(
        (scope, input) -> {
          Features features = create(scope).apply(input, Pass.TRAINING);
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

  /** Trained, written and read by the platform, under the names and in the layouts of files. */
  private void kept() {
    for (String name : run().read().names()) {
      require(
          run().read().value(name).equals(run().saved().value(name)),
          "another " + name + " than was trained");
    }
  }

  private void elsewhere() {
    require(run().differences().isEmpty(), String.join("; ", run().differences()));
  }

  /**
   * A run of a method with this encoder.
   *
   * @param saved the trained weights
   * @param read the encoder's weights, out of the file that the run left
   * @param differences what files made of it give instead of what it gives itself
   */
  private record Run(ParameterStore saved, ParameterStore read, List<String> differences) {}

  private Run run() {
    if (trained.isEmpty()) {
      try (Scratch scratch = Scratch.make()) {
        Path folder = scratch.folder().resolve("run");
        TinyPair method = new TinyPair(encoder.id());
        TinyTraining training =
            TinyTraining.of(method, List.of(encoder), tiny().data(), settingsOfRun, 1);
        FrozenModel model = training.train(folder, () -> false);
        ParameterStore read =
            InitialWeights.read(
                    folder.resolve("encoder.safetensors"), training.setup(folder), method.id())
                .store();
        trained =
            Optional.of(
                new Run(
                    TinyTraining.saved(folder),
                    read,
                    Elsewhere.differences(model, training, scratch.folder())));
      }
    }
    return trained.orElseThrow();
  }

  private void averaged() {
    build(
        (scope, input) -> {
          GraphScope online = scope.sub("online");
          create(online);
          GraphScope copy = scope.sub("copy").averageOf(online, scope.constant(0.9f));
          create(copy).apply(input, Pass.TARGET);
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
