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
      int from = 0;
      while (from < split.size()) {
        List<Value> batch = batch(split, from);
        Value found = embed.run(Map.of(Field.IMAGE, together(batch)), ModelFunction.EMBEDDING);
        parts.add(Tensors.floats(found));
        from += batch.size();
        progress.accept(from);
      }
    }
    return joined(parts, split.size());
  }

  private List<Value> batch(Split split, int from) {
    List<Value> batch = new ArrayList<>();
    Value first = split.value(Field.IMAGE, from);
    long room = pixels;
    for (Value next = first; ; next = split.value(Field.IMAGE, from + batch.size())) {
      room -= next.shape().get(0) * next.shape().get(1);
      if (!next.shape().equals(first.shape()) || (room < 0 && !batch.isEmpty())) {
        return batch;
      }
      batch.add(next);
      if (from + batch.size() == split.size()) {
        return batch;
      }
    }
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
