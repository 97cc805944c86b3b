package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A model that takes the number nearest to a voxel's value for its class. */
final class FakeSegmentation implements Evaluation {
  private final Dataset data;
  private final Settings settings;
  private final Path directory;
  private final int classes;
  private final long[] declared;
  final List<Field> opened = new ArrayList<>();

  /** Sizes of the batches; several are under way at a time, so their order is nobody's promise. */
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  final List<Long> progress = new ArrayList<>();
  long total;
  boolean closed;

  FakeSegmentation(
      Dataset data, Map<String, String> settings, Path directory, int classes, long... declared) {
    this.data = data;
    this.settings = Settings.of(settings);
    this.directory = directory;
    this.classes = classes;
    this.declared = declared;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Dataset data() {
    return data;
  }

  @Override
  public Model model() {
    return new Model() {
      @Override
      public Set<String> functions() {
        return Set.of(ModelFunction.SEGMENT);
      }

      @Override
      public List<Field> inputs(String function) {
        return List.of(Field.of(Field.VOLUME, FieldType.FLOAT32, declared));
      }

      @Override
      public Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch) {
        Ops tf = scope.tf();
        Operand<TFloat32> volume = // [N, X, Y, Z]
            tf.squeeze(
                batch.floats(Field.VOLUME), org.tensorflow.op.core.Squeeze.axis(List.of(4L)));
        Operand<TInt32> label = tf.dtypes.cast(tf.math.rint(volume), TInt32.class);
        return Map.of(
            "probabilities",
            tf.oneHot(label, tf.constant(classes), tf.constant(1f), tf.constant(0f)));
      }
    };
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Applied open(String function, List<Field> inputs) {
    opened.addAll(inputs);
    Graph graph = new Graph();
    GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
    List<Long> shape = inputs.get(0).shape();
    Placeholder<TFloat32> volume =
        builder
            .root()
            .tf()
            .placeholder(
                TFloat32.class,
                Placeholder.shape(
                    Shape.of(-1, shape.get(0), shape.get(1), shape.get(2), shape.get(3))));
    Map<String, Operand<TFloat32>> outputs =
        model().apply(function, builder.root(), Batch.of(Field.VOLUME, volume));
    GraphSession session = new GraphSession(builder);
    return new Applied() {
      @Override
      public Value records(List<Map<String, Value>> records, String output) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<String> objection(Map<String, Value> record) {
        return Optional.empty();
      }

      @Override
      public Value run(Map<String, Value> batch, String output) {
        batches.add(batch.get(Field.VOLUME).shape().get(0).intValue());
        try (Tensor tensor = Tensors.of(batch.get(Field.VOLUME))) {
          return session
              .values(Map.of(volume, tensor), List.of(outputs.get(output)), List.of())
              .get(0);
        }
      }

      @Override
      public void close() {
        session.close();
        graph.close();
        closed = true;
      }
    };
  }

  @Override
  public void progress(long done, long all, String unit) {
    progress.add(done);
    total = all;
  }

  @Override
  public Matrix run(String function, String split, String output) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Trained train(String name, Dataset of, TrainingPhase phase, List<ModelFunction> heads) {
    throw new UnsupportedOperationException();
  }
}
