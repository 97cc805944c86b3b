package juxta.testkit;

import java.nio.file.Path;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A run with views without chance, for tests that hold a method's step against a calculation by
 * hand. The encoder and the loss are the test's own.
 */
public abstract class TrialSetup implements Setup {
  private final Dataset data;
  private final int batch;
  private final int epochs;
  private final Settings settings;

  /**
   * A run with seed 1.
   *
   * @param data the images
   * @param batch records a step
   * @param epochs passes over the images
   * @param settings the method's settings by key
   */
  protected TrialSetup(Dataset data, int batch, int epochs, Map<String, String> settings) {
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

  /** A trial has no folder: nothing is there. */
  @Override
  public Path artefacts() {
    return Path.of("not-there");
  }

  /** The image in [0, 1], or its negative as the second global view. */
  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    var tf = scope.tf();
    Operand<TFloat32> x = // [B, H, W, C]
        tf.math.div(
            tf.dtypes.cast(records.bytes(Field.IMAGE), TFloat32.class), scope.constant(255));
    boolean negative = view.equals(View.global(1));
    return records.with(Field.IMAGE, negative ? tf.math.sub(scope.constant(1), x) : x);
  }

  @Override
  public int side(View.Kind kind) {
    return summary().imageSide();
  }
}
