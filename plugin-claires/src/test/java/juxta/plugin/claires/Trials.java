package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Phase;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.testkit.StepRig;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Parts of the method's plan. */
final class Trials {
  private Trials() {}

  private static final int BATCH = 8;

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

  /** The training phase in a session, on the records that it draws. */
  static StepRig rig(Dataset data, Path artefacts, String... settings) {
    Setup setup = setup(data, artefacts, settings);
    Lexicon.of(data.train(), setup.settings()).write(artefacts);
    return StepRig.of("train", training(setup), setup).drawing().open();
  }

  /** The training phase, once the lexicon is there. */
  static TrainingPhase training(Setup setup) {
    return new Claires()
        .plan(setup).phases().stream()
            .filter(Phase.Training.class::isInstance)
            .map(phase -> StepRig.phase(phase, setup))
            .findFirst()
            .orElseThrow();
  }

  /** A task of the plan. */
  static Phase.Task task(Setup setup, String name) {
    return new Claires()
        .plan(setup).phases().stream()
            .filter(phase -> phase.name().equals(name))
            .map(Phase.Task.class::cast)
            .findFirst()
            .orElseThrow();
  }
}
