package juxta.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import juxta.plugin.fba.VNet;
import juxta.plugin.fba.VolumeCrop;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * V-Net on patches, of the preset {@code small}, trained by SGD with momentum and without dropout,
 * which all contenders have.
 *
 * @param data scans
 * @param steps steps to train
 */
record VolumeSetup(Dataset data, int steps) implements Setup {
  static final int BATCH = 4;
  static final int WIDTH = 8;
  static final int[] PATCH = {48, 48, 32};

  private static final Augmentation CROP = new VolumeCrop();
  private static final Settings VIEWS =
      Settings.of(
          Map.of(
              "patch-x", Integer.toString(PATCH[0]),
              "patch-y", Integer.toString(PATCH[1]),
              "patch-z", Integer.toString(PATCH[2]),
              "turn", "false"));

  @Override
  public Settings settings() {
    return Settings.of(
        Map.of(
            "iterations", Integer.toString(Math.max(1, steps)),
            "decoder-dropout", "0",
            "select", "last"));
  }

  @Override
  public DataSummary summary() {
    return DataSummary.of(data);
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public int epochs() {
    return 0;
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Path artefacts() {
    throw new UnsupportedOperationException("this method has no tasks");
  }

  @Override
  public Network encoder(GraphScope scope) {
    Settings settings = Settings.of(Map.of("width", Integer.toString(WIDTH), "dropout", "0"));
    return new VNet().create(scope, new long[] {PATCH[0], PATCH[1], PATCH[2], 1}, settings);
  }

  @Override
  public Batch view(GraphScope scope, Batch records, View view) {
    return CROP.apply(scope, records, view, summary(), VIEWS);
  }

  @Override
  public int side(View.Kind kind) {
    return CROP.side(kind, summary(), VIEWS);
  }

  @Override
  public List<Integer> lengths(View.Kind kind) {
    return CROP.lengths(kind, summary(), VIEWS);
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    throw new UnsupportedOperationException("this method has no loss to choose");
  }
}
