package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * Embeds splits whose images differ in size: those that follow each other and agree go together.
 */
final class Descriptors {
  private final Evaluation evaluation;
  private final long pixels;

  /**
   * Prepares.
   *
   * @param evaluation the model and the engine
   * @param pixels pixels of images that are embedded at once, at most; one image always is
   */
  Descriptors(Evaluation evaluation, long pixels) {
    this.evaluation = evaluation;
    this.pixels = pixels;
  }

  /** A row an image. */
  Matrix of(String name, IntConsumer progress) {
    Split split = evaluation.data().split(name);
    Field image = split.field(Field.IMAGE);
    if (image.fixed()) {
      Matrix rows = evaluation.run(ModelFunction.EMBED, name, ModelFunction.EMBEDDING);
      progress.accept(rows.rows());
      return rows;
    }
    List<float[]> parts = new ArrayList<>();
    try (Evaluation.Applied embed = evaluation.open(ModelFunction.EMBED, List.of(image))) {
      List<Value> batch = new ArrayList<>();
      for (int i = 0; i < split.size(); i++) {
        Value next = split.value(Field.IMAGE, i);
        if (!batch.isEmpty() && !joins(next, batch)) {
          parts.add(embedded(embed, batch));
          batch.clear();
          progress.accept(i);
        }
        batch.add(next);
      }
      parts.add(embedded(embed, batch));
      progress.accept(split.size());
    }
    return joined(parts, split.size());
  }

  private boolean joins(Value next, List<Value> batch) {
    List<Long> shape = batch.get(0).shape();
    return next.shape().equals(shape) && (batch.size() + 1) * shape.get(0) * shape.get(1) <= pixels;
  }

  private static float[] embedded(Evaluation.Applied embed, List<Value> batch) {
    return Tensors.floats(embed.run(Map.of(Field.IMAGE, together(batch)), ModelFunction.EMBEDDING));
  }

  private static Value together(List<Value> images) {
    Value first = images.get(0);
    int bytes = first.data().remaining();
    ByteBuffer all =
        ByteBuffer.allocate(Math.multiplyExact(bytes, images.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    images.forEach(image -> all.put(image.data()));
    List<Long> shape = new ArrayList<>(List.of((long) images.size()));
    shape.addAll(first.shape());
    return new Value(first.type(), shape, all.flip());
  }

  private static Matrix joined(List<float[]> parts, int rows) {
    int total = parts.stream().mapToInt(part -> part.length).sum();
    float[] all = new float[total];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return new Matrix(rows, total / rows, all);
  }
}
