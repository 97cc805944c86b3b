package juxta.plugin.spps;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Products of anchors and candidates, a block of both at a time: the memory in use does not grow
 * with the number of images. Products are as exact as the device's: their last bits depend on the
 * size of the blocks.
 *
 * @param anchors rows of a block of anchors
 * @param candidates rows of a block of candidates
 */
record SimilarityBlocks(int anchors, int candidates) {
  /** Blocks whose products take 64 MB. */
  static final SimilarityBlocks DEFAULT = new SimilarityBlocks(1024, 16384);

  /** Told of the products of one anchor with a stretch of candidates. */
  interface Use {
    /**
     * Called from several threads, but for one anchor never from two at once.
     *
     * @param anchor position of the anchor in its list
     * @param from position in its list of the candidate of the first product
     * @param products one a candidate, from {@code start}
     * @param start where the products of this anchor start
     * @param count how many there are
     */
    void row(int anchor, int from, float[] products, int start, int count);
  }

  /** Told how many anchors are done. */
  interface Progress {
    void done(int anchors);
  }

  /**
   * Multiplies all anchors with all candidates.
   *
   * @param vectors a row an image
   * @param anchorRows images that are anchors
   * @param candidateRows images that are candidates
   */
  void each(Matrix vectors, int[] anchorRows, int[] candidateRows, Use use, Progress progress) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "similarities");
      Ops tf = builder.root().tf();
      Placeholder<TFloat32> a = matrix(tf, vectors.columns());
      Placeholder<TFloat32> c = matrix(tf, vectors.columns());
      Operand<TFloat32> products = tf.linalg.matMul(a, c, MatMul.transposeB(true)); // [A, C]
      try (GraphSession session = new GraphSession(builder)) {
        for (int i = 0; i < anchorRows.length; i += anchors) {
          int first = i;
          int rows = Math.min(anchors, anchorRows.length - i);
          try (Tensor some = tensor(vectors, anchorRows, i, rows)) {
            for (int j = 0; j < candidateRows.length; j += candidates) {
              int from = j;
              int count = Math.min(candidates, candidateRows.length - j);
              try (Tensor others = tensor(vectors, candidateRows, j, count)) {
                float[] block =
                    Tensors.floats(
                        session
                            .values(Map.of(a, some, c, others), List.of(products), List.of())
                            .get(0));
                IntStream.range(0, rows)
                    .parallel()
                    .forEach(row -> use.row(first + row, from, block, row * count, count));
              }
            }
          }
          progress.done(i + rows);
        }
      }
    }
  }

  private static Placeholder<TFloat32> matrix(Ops tf, int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
  }

  private static Tensor tensor(Matrix vectors, int[] rows, int from, int count) {
    int width = vectors.columns();
    float[] values = new float[Math.multiplyExact(count, width)];
    for (int row = 0; row < count; row++) {
      System.arraycopy(
          vectors.values(),
          Math.multiplyExact(rows[from + row], width),
          values,
          row * width,
          width);
    }
    return Tensors.of(new long[] {count, width}, values);
  }

  /** All images. */
  static int[] all(int images) {
    int[] all = new int[images];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
