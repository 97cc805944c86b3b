package juxta.plugin.baselines.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import juxta.plugin.baselines.losses.NtXent;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A run with views without chance: the image and its negative. */
final class FakeSetup implements Setup {
  private final Dataset data;
  private final Encoder encoder;
  private final int batch;
  private final int epochs;
  private final Settings settings;

  /** What the loss was asked to compare, in order. */
  final List<Comparison> comparisons = new ArrayList<>();

  FakeSetup(Dataset data, Encoder encoder, int batch, int epochs, Map<String, String> settings) {
    this.data = data;
    this.encoder = encoder;
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
    long side = summary().imageSide();
    return encoder.create(scope, new long[] {side, side, 3}, Settings.DEFAULTS);
  }

  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    var tf = scope.tf();
    Operand<TFloat32> x =
        tf.math.div(
            tf.dtypes.cast(records.bytes(Field.IMAGE), TFloat32.class), scope.constant(255));
    boolean negative = view.equals(View.global(1));
    return records.with(Field.IMAGE, negative ? tf.math.sub(scope.constant(1), x) : x);
  }

  @Override
  public int side(View.Kind kind) {
    return summary().imageSide();
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    comparisons.add(comparison);
    return new NtXent().apply(scope, comparison, Settings.of(Map.of("temperature", "0.5")));
  }
}
