package juxta.plugin.multinet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.View;
import juxta.testkit.TrialSetup;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with a tiny encoder and the loss of the paper, whose temperature is 1. */
final class FakeSetup extends TrialSetup {
  /** Applications of encoders, in order. */
  final List<TinyEncoder.Use> uses = new ArrayList<>();

  FakeSetup(Dataset data, int batch, int epochs, Map<String, String> settings) {
    super(data, batch, epochs, settings);
  }

  @Override
  public Network encoder(GraphScope scope) {
    return new TinyEncoder(scope, uses);
  }

  /** The image, its negative, its square. */
  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    Batch seen = super.view(scope, records, view);
    return view.equals(View.global(2))
        ? seen.with(Field.IMAGE, scope.tf().math.square(seen.image()))
        : seen;
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    Operand<TFloat32> logits =
        comparison
            .excluded()
            .map(pairs -> SoftCrossEntropy.without(scope, comparison.similarities(), pairs))
            .orElse(comparison.similarities());
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
