package juxta.plugin.rivals;

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
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with a tiny encoder and softmax cross-entropy at a temperature. */
class FakeSetup extends TrialSetup {
  static final int LOCAL_SIDE = 4;

  /** What the loss was asked to compare, in order. */
  final List<Comparison> comparisons = new ArrayList<>();

  FakeSetup(Dataset data, int batch, Map<String, String> settings) {
    super(data, batch, 2, settings);
  }

  @Override
  public Network encoder(GraphScope scope) {
    return new TinyEncoder(scope);
  }

  /** Local views are corners of the image. */
  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    Batch whole = super.view(scope, records, view);
    if (view.kind() != View.Kind.LOCAL) {
      return whole;
    }
    Operand<TFloat32> corner =
        scope
            .tf()
            .slice(
                whole.image(),
                scope.ints(0, view.index() % 4, view.index() % 4, 0),
                scope.ints(-1, LOCAL_SIDE, LOCAL_SIDE, 3));
    return whole.with(Field.IMAGE, corner);
  }

  @Override
  public int side(View.Kind kind) {
    return kind == View.Kind.LOCAL ? LOCAL_SIDE : super.side(kind);
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    comparisons.add(comparison);
    return Trials.crossEntropy(scope, comparison, 0.2);
  }
}
