package juxta.plugin.medcluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Comparison;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with MedCluster's own encoder, views without chance, and NT-Xent. */
final class FakeSetup extends TrialSetup {
  private final float temperature;
  private final Path artefacts;

  private FakeSetup(
      Dataset data, int batch, float temperature, Path artefacts, Map<String, String> settings) {
    super(data, batch, 6, settings);
    this.temperature = temperature;
    this.artefacts = artefacts;
  }

  static FakeSetup of(Dataset data, int batch, Path artefacts, String... settings) {
    Map<String, String> all = new TreeMap<>();
    Arrays.stream(settings).map(pair -> pair.split("=")).forEach(p -> all.put(p[0], p[1]));
    return new FakeSetup(data, batch, 0.5f, artefacts, all);
  }

  static FakeSetup of(Dataset data, int batch, String... settings) {
    return of(data, batch, Path.of("not-there"), settings);
  }

  /** Settings left as they are, with another temperature. */
  static FakeSetup at(double tau, Dataset data, int batch) {
    return new FakeSetup(data, batch, (float) tau, Path.of("not-there"), Map.of());
  }

  @Override
  public Network encoder(GraphScope scope) {
    int side = summary().imageSide();
    long channels = summary().fields().get(0).shape().get(2);
    return new ConvGelu()
        .create(scope, new long[] {side, side, channels}, Settings.of(Map.of("width", "4")));
  }

  @Override
  public Path artefacts() {
    return artefacts;
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    Operand<TFloat32> logits =
        SoftCrossEntropy.without(
            scope,
            scope.tf().math.div(comparison.similarities(), scope.constant(temperature)),
            comparison.excluded().orElseThrow());
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
