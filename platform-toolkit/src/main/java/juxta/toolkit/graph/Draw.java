package juxta.toolkit.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/** A random draw for a whole batch, of which each part of the batch takes what is its own. */
final class Draw {
  /** Operations that draw, from a shape and a seed alone. */
  private static final Set<String> TYPES =
      Set.of(
          "StatelessRandomUniform",
          "StatelessRandomUniformV2",
          "StatelessRandomUniformInt",
          "StatelessRandomUniformIntV2",
          "StatelessRandomUniformFullInt",
          "StatelessRandomUniformFullIntV2",
          "StatelessRandomNormal",
          "StatelessRandomNormalV2",
          "StatelessTruncatedNormal",
          "StatelessTruncatedNormalV2");

  private final String type;
  private final Operation rehearsed;
  private final Output<?> size;
  private final List<Consumer<OperationBuilder>> rest;
  private final Ops home;
  private final Cut cut;
  private Operation whole;

  /**
   * Notes a draw.
   *
   * @param rehearsed the operation
   * @param size its first input, the shape
   * @param rest all else that it was made with
   * @param home where to make what belongs to no part
   * @param cut how the batch is cut
   */
  Draw(
      String type,
      Operation rehearsed,
      Output<?> size,
      List<Consumer<OperationBuilder>> rest,
      Ops home,
      Cut cut) {
    this.type = type;
    this.rehearsed = rehearsed;
    this.size = size;
    this.rest = rest;
    this.home = home;
    this.cut = cut;
  }

  static boolean is(String type) {
    return TYPES.contains(type);
  }

  String type() {
    return type;
  }

  /**
   * What a part takes. Of the axes that are shorter in a part than in the batch, its records are
   * one stretch.
   *
   * @param own the draw as the part would make it, for its shape
   * @param part number of the part
   */
  Operation rows(Operation own, int part) {
    Ops tf = home.withName(type);
    Operand<? extends TType> all = whole(tf).output(0);
    Operand<? extends TType> mine = own.output(0);
    Shape long_ = all.shape();
    Shape short_ = mine.shape();
    if (!long_.isUnknown()
        && !short_.isUnknown()
        && !long_.hasUnknownDimension()
        && !short_.hasUnknownDimension()) {
      if (long_.equals(short_)) {
        return whole;
      }
      int[] from =
          IntStream.range(0, short_.numDimensions())
              .map(
                  axis ->
                      long_.get(axis) == short_.get(axis)
                          ? 0
                          : Math.toIntExact(
                              short_.get(axis) * cut.from().get(part) / cut.sizes().get(part)))
              .toArray();
      int[] length = Arrays.stream(short_.asArray()).mapToInt(Math::toIntExact).toArray();
      return tf.slice(all, tf.constant(from), tf.constant(length)).op();
    }
    Operand<TInt32> lengths = tf.shape(all);
    Operand<TInt32> length = tf.dtypes.cast(asNumber(own), TInt32.class);
    Operand<TInt32> at =
        tf.math.div(
            tf.math.mul(length, tf.constant(cut.from().get(part))),
            tf.constant(cut.sizes().get(part)));
    Operand<TInt32> from = tf.select(tf.math.equal(lengths, length), tf.zerosLike(at), at);
    return tf.slice(all, from, length).op();
  }

  @SuppressWarnings("unchecked") // the first input of all these types is a vector of integers
  private static Operand<? extends TNumber> asNumber(Operation own) {
    return (Operand<? extends TNumber>) ((org.tensorflow.GraphOperation) own).input(0);
  }

  /**
   * The draw for the whole batch. Where its shape is known, nothing of the rehearsal is asked for
   * it.
   */
  private Operation whole(Ops tf) {
    if (whole == null) {
      Shape shape = rehearsed.output(0).shape();
      boolean fixed = size.op().type().equals("Const");
      if (fixed || shape.isUnknown() || shape.hasUnknownDimension()) {
        whole = rehearsed;
      } else {
        int[] lengths = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
        OperationBuilder builder = tf.scope().opBuilder(type, type);
        builder.addInput(constant(tf, lengths).asOutput());
        rest.forEach(step -> step.accept(builder));
        whole = builder.build();
      }
    }
    return whole;
  }

  private Operand<? extends TType> constant(Ops tf, int[] lengths) {
    if (size.type() == TInt32.class) {
      return tf.constant(lengths);
    }
    return tf.constant(Arrays.stream(lengths).asLongStream().toArray());
  }
}
