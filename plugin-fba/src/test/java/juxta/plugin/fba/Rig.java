package juxta.plugin.fba;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Schedule;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.testkit.TrialSetup;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** An arm's step in a session, on the batches that its sampler draws. */
final class Rig implements AutoCloseable {
  private static final int BATCH = 4;

  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 1, "train");
  private final GraphSession session;
  private final TrainingPhase phase;
  private final Step step;

  Rig(Arm arm, TinyScans data, String... settings) {
    phase = phase(arm, data, settings);
    // one batch for each stream, the same at each step
    Map<String, int[]> records = phase.sampler().indices(1, 0);
    Map<String, Batch> batches = new HashMap<>();
    for (Map.Entry<String, int[]> stream : records.entrySet()) {
      Split split = data.split(phase.sampler().streams().get(stream.getKey()).split());
      batches.put(stream.getKey(), batch(split, stream.getValue()));
    }
    step = phase.step().apply(new Context(builder.root(), batches));
    session = new GraphSession(builder);
    session.initialize();
  }

  static TrainingPhase phase(Arm arm, TinyScans data, String... settings) {
    List<Phase> phases = new Fba(arm).plan(setup(data, settings)).phases();
    return ((Phase.Training) phases.get(0)).create().apply(Path.of(""));
  }

  /** Views are the scans, or of several classes a slice of each. */
  static TrialSetup setup(TinyScans data, String... settings) {
    Map<String, String> all = new TreeMap<>(Map.of("iterations", "100"));
    for (String pair : settings) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    boolean planar = data.classes().size() > 2;
    return new TrialSetup(data, BATCH, 1, all) {
      @Override
      public Network encoder(GraphScope scope) {
        return planar
            ? new UNet().create(scope, new long[] {16, 16, 1, 1}, Settings.of(Map.of("width", "4")))
            : new VNet()
                .create(
                    scope,
                    new long[] {16, 16, 16, 1},
                    Settings.of(Map.of("width", "4", "dropout", "0")));
      }

      @Override
      public Batch view(GraphScope scope, Batch records, View view) {
        if (!planar) {
          return records;
        }
        Ops tf = scope.tf();
        return records
            .with(
                Field.VOLUME,
                tf.slice(
                    records.floats(Field.VOLUME),
                    scope.ints(0, 0, 0, 8, 0),
                    scope.ints(-1, -1, -1, 1, -1)))
            .with(
                Field.MASK,
                tf.slice(
                    records.bytes(Field.MASK), scope.ints(0, 0, 0, 8), scope.ints(-1, -1, -1, 1)));
      }

      @Override
      public List<Integer> lengths(View.Kind kind) {
        return List.of(16, 16, planar ? 1 : 16);
      }

      @Override
      public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private Batch batch(Split split, int[] records) {
    int voxels = 16 * 16 * 16;
    float[] scans = new float[records.length * voxels];
    int[] masks = new int[scans.length];
    for (int n = 0; n < records.length; n++) {
      float[] scan = Tensors.floats(split.value(Field.VOLUME, records[n]));
      System.arraycopy(scan, 0, scans, n * voxels, voxels);
      var mask = split.value(Field.MASK, records[n]).data();
      for (int i = 0; i < voxels; i++) {
        masks[n * voxels + i] = mask.get(i);
      }
    }
    Ops tf = builder.root().tf();
    return new Batch(
        Map.of(
            Field.VOLUME,
            tf.reshape(tf.constant(scans), tf.constant(new int[] {records.length, 16, 16, 16, 1})),
            Field.MASK,
            tf.dtypes.cast(
                tf.reshape(tf.constant(masks), tf.constant(new int[] {records.length, 16, 16, 16})),
                TUint8.class)));
  }

  /** Takes some steps and tells all outputs of the last one. */
  Map<String, Float> train(int steps) {
    Map<String, Float> last = new TreeMap<>();
    for (int i = 0; i < steps; i++) {
      for (Map.Entry<String, Schedule> schedule : phase.schedules().entrySet()) {
        session.scalar(schedule.getKey(), schedule.getValue().at(i, List.of()));
      }
      session.step(i);
      List<String> names = List.copyOf(step.outputs().keySet());
      List<Operand<TFloat32>> wanted = names.stream().map(step.outputs()::get).toList();
      List<Value> values = session.values(Map.of(), wanted, builder.updates());
      for (int n = 0; n < names.size(); n++) {
        last.put(names.get(n), Tensors.floats(values.get(n))[0]);
      }
    }
    return last;
  }

  /** Weights and running statistics that begin with one of these names. */
  Map<String, List<Float>> weights(String... beginnings) {
    List<String> names =
        builder.parameters().stream()
            .map(Parameter::name)
            .filter(name -> List.of(beginnings).stream().anyMatch(name::startsWith))
            .toList();
    Map<String, List<Float>> weights = new TreeMap<>();
    session
        .read(names)
        .forEach(
            (name, value) -> {
              List<Float> all = new java.util.ArrayList<>();
              for (float f : Tensors.floats(value)) {
                all.add(f);
              }
              weights.put(name, all);
            });
    return weights;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private record Context(GraphScope scope, Map<String, Batch> batches) implements StepContext {
    @Override
    public Batch batch(String stream) {
      return batches.get(stream);
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      throw new UnsupportedOperationException();
    }
  }
}
