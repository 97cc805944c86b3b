package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.Tensors;

/** An evaluation of a model that embeds an image as three times the direction that it says. */
record FakeEvaluation(Dataset data, Path directory, List<Integer> batches) implements Evaluation {
  FakeEvaluation(Dataset data, Path directory) {
    this(data, directory, new ArrayList<>());
  }

  @Override
  public Applied open(String function, List<Field> inputs) {
    return new Applied() {
      @Override
      public Value run(Map<String, Value> batch, String output) {
        Value images = batch.get(Field.IMAGE);
        int n = images.shape().get(0).intValue();
        batches.add(n);
        ByteBuffer pixels = images.data();
        int each = pixels.remaining() / n;
        float[] rows = new float[2 * n];
        for (int i = 0; i < n; i++) {
          int angle = pixels.get(i * each) & 0xFF;
          double radians = Math.toRadians(angle);
          boolean broken = angle == Directions.BROKEN;
          rows[2 * i] = broken ? Float.NaN : (float) (3 * Math.cos(radians));
          rows[2 * i + 1] = broken ? Float.NaN : (float) (3 * Math.sin(radians));
        }
        return Tensors.floats(new long[] {n, 2}, rows);
      }

      @Override
      public Value records(List<Map<String, Value>> records, String output) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<String> objection(Map<String, Value> record) {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULTS;
  }

  @Override
  public Model model() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Matrix run(String function, String split, String output) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Trained train(
      String name, Dataset of, TrainingPhase phase, List<ModelFunction> functions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void progress(long done, long total, String unit) {}
}
