package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Sampler;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The method's training phase in a session. */
final class Rig implements AutoCloseable {
  static final int BATCH = 8;

  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 1, "train");
  private final Map<String, Placeholder<? extends TType>> placeholders = new HashMap<>();
  private final Dataset data;
  private final TrainingPhase phase;
  private final Placeholder<TUint8> images;
  private final Step step;
  private final GraphSession session;

  /** Small networks, and films as they are. */
  static Setup setup(Dataset data, Path artefacts, String... settings) {
    Map<String, String> all =
        new TreeMap<>(
            Map.of(
                "text-layers", "1",
                "text-width", "16",
                "text-heads", "2",
                "text-hidden", "32",
                "projection", "32",
                "text-rate", "1e-3",
                "image-rate", "1e-3",
                "text-dropout", "0",
                "projection-dropout", "0"));
    for (String pair : settings) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return new TrialSetup(data, BATCH, 2, all) {
      @Override
      public Network encoder(GraphScope scope) {
        return new ConvSmall()
            .create(scope, new long[] {16, 16, 3}, Settings.of(Map.of("width", "4")));
      }

      @Override
      public Batch view(GraphScope scope, Batch records, View view) {
        return super.view(scope, records, View.EVALUATION);
      }

      @Override
      public Path artefacts() {
        return artefacts;
      }

      /** Cross-entropy at the temperature 0.1. */
      @Override
      public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
        return SoftCrossEntropy.apply(
            scope,
            scope.tf().math.mul(comparison.similarities(), scope.constant(10)),
            comparison.targets());
      }
    };
  }

  Rig(Dataset data, Path artefacts, String... settings) {
    this.data = data;
    Setup setup = setup(data, artefacts, settings);
    Lexicon.of(data.train(), setup.settings()).write(artefacts);
    phase = Trials.training(setup);
    images =
        builder
            .root()
            .tf()
            .placeholder(
                TUint8.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(BATCH, 16, 16, 3)));
    step = phase.step().apply(new Context());
    session = new GraphSession(builder);
    session.initialize();
  }

  Step step() {
    return step;
  }

  GraphBuilder builder() {
    return builder;
  }

  /** Takes some steps from the first on; the losses. */
  List<Float> train(int steps, Double... history) {
    List<Float> losses = new java.util.ArrayList<>();
    for (int i = 0; i < steps; i++) {
      session.step(i);
      session.scalar(
          TrainingPhase.LEARNING_RATE,
          phase.schedules().get(TrainingPhase.LEARNING_RATE).at(i, List.of(history)));
      Map<String, int[]> records = phase.sampler().indices(1, i);
      step.program().run(new Runner(records.get(Sampler.MAIN), losses), records);
    }
    return losses;
  }

  Map<String, float[]> weights() {
    Map<String, float[]> weights = new TreeMap<>();
    session
        .read(
            builder.parameters().stream().filter(Parameter::trained).map(Parameter::name).toList())
        .forEach((name, value) -> weights.put(name, Tensors.floats(value)));
    return weights;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private final class Runner implements Step.Runner {
    private final int[] records;
    private final List<Float> losses;

    Runner(int[] records, List<Float> losses) {
      this.records = records;
      this.losses = losses;
    }

    @Override
    public Map<String, Value> run(String name, Map<String, Value> feeds) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void train(Map<String, Value> feeds) {
      Map<Operand<?>, Tensor> all = new LinkedHashMap<>();
      feeds.forEach((name, value) -> all.put(placeholders.get(name), Tensors.of(value)));
      all.put(images, films(data.train(), records));
      try {
        losses.add(
            Tensors.floats(
                session
                    .values(all, List.of(step.outputs().get(Step.LOSS)), builder.updates())
                    .get(0))[0]);
      } finally {
        all.values().forEach(Tensor::close);
      }
    }
  }

  private static Tensor films(Split split, int[] records) {
    java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(records.length * 16 * 16 * 3);
    for (int record : records) {
      all.put(split.value(Field.IMAGE, record).data());
    }
    return Tensors.of(TUint8.class, new long[] {records.length, 16, 16, 3}, all.flip());
  }

  private final class Context implements StepContext {
    @Override
    public GraphScope scope() {
      return builder.root();
    }

    @Override
    public Batch batch(String stream) {
      return Batch.of(Field.IMAGE, images);
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      Placeholder<T> placeholder =
          scope().tf().placeholder(type, Placeholder.shape(org.tensorflow.ndarray.Shape.of(shape)));
      placeholders.put(name, placeholder);
      return placeholder;
    }
  }
}
