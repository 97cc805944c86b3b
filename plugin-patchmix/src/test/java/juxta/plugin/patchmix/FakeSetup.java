package juxta.plugin.patchmix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with a tiny encoder, views without chance, and the loss of the paper at 0.2. */
final class FakeSetup implements Setup {
  static final int LOCAL_SIDE = 4;

  private final Dataset data;
  private final int batch;
  private final int epochs;
  private final Settings settings;

  /** Applications of encoders, in order. */
  final List<TinyEncoder.Use> uses = new ArrayList<>();

  /** What the loss was asked to compare, in order. */
  final List<Comparison> comparisons = new ArrayList<>();

  FakeSetup(Dataset data, int batch, int epochs, Map<String, String> settings) {
    this.data = data;
    this.batch = batch;
    this.epochs = epochs;
    this.settings = Settings.of(settings);
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
  public DataSummary summary() {
    return DataSummary.of(data);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Network encoder(GraphScope scope) {
    return new TinyEncoder(scope, uses);
  }

  /** View 0 is the image, view 1 its negative, local views its corners. */
  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    var tf = scope.tf();
    Operand<TFloat32> x =
        tf.math.div(
            tf.dtypes.cast(records.bytes(Field.IMAGE), TFloat32.class), scope.constant(255));
    Operand<TFloat32> seen =
        switch (view.kind()) {
          case LOCAL ->
              tf.slice(
                  x,
                  scope.ints(0, view.index(), view.index(), 0),
                  scope.ints(-1, LOCAL_SIDE, LOCAL_SIDE, 3));
          case GLOBAL -> view.index() == 0 ? x : tf.math.sub(scope.constant(1), x);
          default -> x;
        };
    return records.with(Field.IMAGE, seen);
  }

  @Override
  public int side(View.Kind kind) {
    return kind == View.Kind.LOCAL ? LOCAL_SIDE : summary().imageSide();
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    comparisons.add(comparison);
    return SoftCrossEntropy.apply(
        scope,
        scope.tf().math.mul(comparison.similarities(), scope.constant(5)),
        comparison.targets());
  }
}
