package juxta.plugin.baselines.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Comparison;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.plugin.baselines.losses.NtXent;
import juxta.testkit.TrialSetup;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with any encoder and SimCLR's loss at 0.5. */
class FakeSetup extends TrialSetup {
  private final Encoder encoder;

  /** What the loss was asked to compare, in order. */
  final List<Comparison> comparisons = new ArrayList<>();

  FakeSetup(Dataset data, Encoder encoder, int batch, int epochs, Map<String, String> settings) {
    super(data, batch, epochs, settings);
    this.encoder = encoder;
  }

  @Override
  public Network encoder(GraphScope scope) {
    long side = summary().imageSide();
    return encoder.create(scope, new long[] {side, side, 3}, Settings.DEFAULTS);
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    comparisons.add(comparison);
    return new NtXent().apply(scope, comparison, Settings.of(Map.of("temperature", "0.5")));
  }
}
