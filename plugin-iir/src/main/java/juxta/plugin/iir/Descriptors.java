package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
      AtomicInteger done = new AtomicInteger();
      embed.each(
          new Alike(split),
          ModelFunction.EMBEDDING,
          made -> {
            parts.add(Tensors.floats(made));
            progress.accept(done.addAndGet(Math.toIntExact(made.shape().get(0))));
          });
    }
    return joined(parts, split.size());
  }

  /** Batches of images that follow each other and agree in size. */
  private final class Alike implements Iterator<Map<String, Value>> {
    private final Split split;
    private int next;
    private Optional<Value> read = Optional.empty(); // the image that began another batch

    Alike(Split split) {
      this.split = split;
    }

    @Override
    public boolean hasNext() {
      return read.isPresent() || next < split.size();
    }

    @Override
    public Map<String, Value> next() {
      List<Value> batch = new ArrayList<>(List.of(read.orElseGet(this::image)));
      read = Optional.empty();
      while (next < split.size()) {
        Value image = image();
        if (!joins(image, batch)) {
          read = Optional.of(image);
          break;
        }
        batch.add(image);
      }
      return Map.of(Field.IMAGE, together(batch));
    }

    private Value image() {
      if (next >= split.size()) {
        throw new NoSuchElementException();
      }
      return split.value(Field.IMAGE, next++);
    }
  }

  private boolean joins(Value next, List<Value> batch) {
    List<Long> shape = batch.get(0).shape();
    return next.shape().equals(shape) && (batch.size() + 1) * shape.get(0) * shape.get(1) <= pixels;
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
