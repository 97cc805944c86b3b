package juxta.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import juxta.plugin.baselines.augmentations.SimclrCifarViews;
import juxta.plugin.baselines.losses.NtXent;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * SimCLR as published for small images (appendix B.9), trained by SGD with momentum, which all
 * contenders have.
 *
 * @param data the images
 * @param encoder the encoder
 * @param encoderSettings its settings
 * @param batch images a step
 * @param epochs passes over the images
 * @param settings the method's settings
 */
record SimclrSetup(
    Dataset data,
    Encoder encoder,
    Settings encoderSettings,
    int batch,
    int epochs,
    Settings settings)
    implements Setup {
  /**
   * Small enough for a vision transformer without warm-up; DJL's diverges within ten steps at
   * 0.012.
   */
  private static final double BASE_RATE = 0.003;

  static final double TEMPERATURE = 0.5;
  static final double DECAY = 1e-4;
  static final double MOMENTUM = 0.9;
  static final int PROJECTION = 128;

  private static final Augmentation VIEWS = new SimclrCifarViews();

  /** The learning rate at the start, for any batch. */
  static double rate(int batch) {
    return BASE_RATE * batch / 256;
  }

  /** Simclr's own settings. */
  SimclrSetup(Dataset data, Encoder encoder, Settings encoderSettings, int batch, int epochs) {
    this(data, encoder, encoderSettings, batch, epochs, Settings.of(optimisation()));
  }

  /**
   * The settings of the optimiser, by the names that methods with SimCLR's recipe have for them.
   */
  static Map<String, String> optimisation() {
    return Map.of(
        "optimizer", "sgd",
        "base-rate", Double.toString(BASE_RATE),
        "weight-decay", Double.toString(DECAY),
        "projection-out", Integer.toString(PROJECTION),
        "warmup-epochs", "0");
  }

  @Override
  public Path artefacts() {
    throw new UnsupportedOperationException("SimCLR has no tasks");
  }

  @Override
  public DataSummary summary() {
    return DataSummary.of(data);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Network encoder(GraphScope scope) {
    long side = side(View.Kind.GLOBAL);
    return encoder.create(scope, new long[] {side, side, 3}, encoderSettings);
  }

  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    return VIEWS.apply(scope, records, view, summary(), Settings.DEFAULTS);
  }

  @Override
  public int side(View.Kind kind) {
    return VIEWS.side(kind, summary(), Settings.DEFAULTS);
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    Settings settings = Settings.of(Map.of("temperature", Double.toString(TEMPERATURE)));
    return new NtXent().apply(scope, comparison, settings);
  }
}
