package juxta.api;

import java.util.List;
import org.apiguardian.api.API;

/**
 * How a parameter is laid out on disk, where it differs from the graph. Files follow PyTorch's
 * layouts, graphs TensorFlow's.
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Layout {
  /** The same in both. */
  PLAIN(),
  /** Linear: [in, out] in the graph, [out, in] on disk. */
  LINEAR(1, 0),
  /** 2D convolution: [H, W, I, O] in the graph, [O, I, H, W] on disk. */
  CONV2D(3, 2, 0, 1),
  /** Depthwise 2D convolution: [H, W, C, 1] in the graph, [C, 1, H, W] on disk. */
  DEPTHWISE2D(2, 3, 0, 1),
  /** Transposed 2D convolution: [H, W, O, I] in the graph, [I, O, H, W] on disk. */
  CONV_TRANSPOSE2D(3, 2, 0, 1),
  /** 3D convolution: [X, Y, Z, I, O] in the graph, [O, I, X, Y, Z] on disk. */
  CONV3D(4, 3, 0, 1, 2),
  /** Transposed 3D convolution: [X, Y, Z, O, I] in the graph, [I, O, X, Y, Z] on disk. */
  CONV_TRANSPOSE3D(4, 3, 0, 1, 2);

  private final List<Integer> toDisk;

  Layout(Integer... toDisk) {
    this.toDisk = List.of(toDisk);
  }

  /**
   * Axis of the graph's tensor that becomes each axis on disk.
   *
   * @return a permutation, empty for {@link #PLAIN}
   */
  public List<Integer> toDisk() {
    return toDisk;
  }
}
