package juxta.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Matrix;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Dot products of queries with the rows of a block, on TensorFlow. Safe to use from several
 * threads.
 */
final class BlockProducts implements AutoCloseable {
  private final int dimensions;
  private final Graph graph = new Graph();
  private final GraphSession session;
  private final Placeholder<TFloat32> queries; // [Q, D]
  private final Placeholder<TFloat32> rows; // [allocated, D]
  private final Placeholder<TInt32> used; // [2]: rows in use, D
  private final Operand<TFloat32> products; // [Q, rows in use]

  BlockProducts(int dimensions) {
    this.dimensions = dimensions;
    GraphBuilder builder = new GraphBuilder(graph, 0, "products");
    Ops tf = builder.root().tf();
    queries = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, dimensions)));
    rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, dimensions)));
    used = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    // leading rows: TensorFlow takes them as they lie, without a copy
    Operand<TFloat32> taken = tf.slice(rows, tf.constant(new int[] {0, 0}), used);
    products = tf.linalg.matMul(queries, taken, MatMul.transposeB(true));
    session = new GraphSession(builder);
  }

  /** Some of the queries, as {@link #into} takes them; the caller closes them. */
  Tensor some(Matrix all, int from, int to) {
    return Tensors.of(
        new long[] {to - from, dimensions},
        Arrays.copyOfRange(all.values(), from * dimensions, to * dimensions));
  }

  /**
   * Computes the products with one block.
   *
   * @param some the queries
   * @param block the rows
   * @param out one array a query
   * @param offset where the block's products begin in each array
   */
  void into(Tensor some, Block block, float[][] out, int offset) {
    int n = block.size();
    try (Tensor size = Tensors.of(n, dimensions);
        Result result =
            session.run(
                Map.of(queries, some, rows, block.rows(), used, size),
                List.of(products),
                List.of())) {
      FloatDataBuffer values = result.get(0).asRawTensor().data().asFloats();
      for (int q = 0; q < out.length; q++) {
        values.offset((long) q * n).read(out[q], offset, n);
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
