package juxta.plugin.fba;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialSetup;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An arm's steps on the first batch that its sampler draws, again and again. */
final class Trials {
  private static final int BATCH = 4;

  private Trials() {}

  static StepRig rig(Arm arm, TinyScans data, String... settings) {
    TrainingPhase phase = phase(arm, data, settings);
    return StepRig.of("train", phase, setup(data, settings))
        .seeing(phase.sampler().indices(1, 0))
        .open();
  }

  static TrainingPhase phase(Arm arm, TinyScans data, String... settings) {
    TrialSetup setup = setup(data, settings);
    return StepRig.phase(new Fba(arm).plan(setup).phases().get(0), setup);
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

  /** Takes some steps from the first on and tells all outputs of the last one. */
  static Map<String, Float> train(StepRig rig, int steps) {
    Map<String, Float> last = new TreeMap<>();
    for (int i = 0; i < steps; i++) {
      rig.train(i).forEach((name, value) -> last.put(name, Tensors.floats(value)[0]));
    }
    return last;
  }

  /** Weights and running statistics that begin with one of these names. */
  static Map<String, Value> weights(StepRig rig, String... beginnings) {
    Map<String, Value> weights = new TreeMap<>(rig.snapshot());
    weights.keySet().removeIf(name -> List.of(beginnings).stream().noneMatch(name::startsWith));
    return weights;
  }

  /** Number of trained values that a graph makes; nothing is run. */
  static long trained(Function<GraphScope, ?> body) {
    return Graphs.parameters(body).stream()
        .filter(Parameter::trained)
        .mapToLong(Parameter::elements)
        .sum();
  }
}
