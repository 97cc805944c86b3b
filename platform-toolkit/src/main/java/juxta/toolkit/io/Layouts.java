package juxta.toolkit.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import juxta.api.Layout;
import juxta.api.Value;

/** Moves values between the layout of graphs and the layout of files. */
public final class Layouts {
  private Layouts() {}

  /**
   * The shape on disk.
   *
   * @param layout the layout
   * @param shape the shape in the graph
   * @return the shape on disk
   * @throws IllegalArgumentException if the shape has another number of axes than the layout
   */
  public static List<Long> diskShape(Layout layout, List<Long> shape) {
    return permuted(shape, axes(layout, shape.size()));
  }

  /**
   * A value as files hold it.
   *
   * @param layout the layout
   * @param value in the graph's layout
   * @return in the layout on disk
   * @throws IllegalArgumentException if the value has another number of axes than the layout
   */
  public static Value toDisk(Layout layout, Value value) {
    return permuted(value, axes(layout, value.shape().size()));
  }

  /**
   * A value as graphs hold it.
   *
   * @param layout the layout
   * @param value in the layout on disk
   * @return in the graph's layout
   * @throws IllegalArgumentException if the value has another number of axes than the layout
   */
  public static Value toGraph(Layout layout, Value value) {
    int[] forward = axes(layout, value.shape().size());
    int[] back = new int[forward.length];
    for (int i = 0; i < back.length; i++) {
      back[forward[i]] = i;
    }
    return permuted(value, back);
  }

  private static int[] axes(Layout layout, int rank) {
    if (layout == Layout.PLAIN) {
      int[] same = new int[rank];
      Arrays.setAll(same, i -> i);
      return same;
    }
    int[] axes = layout.toDisk().stream().mapToInt(Integer::intValue).toArray();
    if (axes.length != rank) {
      throw new IllegalArgumentException(layout + " has " + axes.length + " axes, not " + rank);
    }
    return axes;
  }

  private static List<Long> permuted(List<Long> shape, int[] axes) {
    List<Long> out = new ArrayList<>();
    for (int axis : axes) {
      out.add(shape.get(axis));
    }
    return out;
  }

  /** Axis i of the result is axis axes[i] of the value. */
  private static Value permuted(Value value, int[] axes) {
    int rank = axes.length;
    boolean moved = false;
    for (int i = 0; i < rank; i++) {
      moved |= axes[i] != i;
    }
    if (!moved) {
      return value;
    }
    List<Long> shape = permuted(value.shape(), axes);
    int[] sizes = shape.stream().mapToInt(Math::toIntExact).toArray();
    int[] strides = new int[rank]; // of the result's axes, in elements of the value
    for (int i = 0; i < rank; i++) {
      strides[i] = 1;
      for (int axis = axes[i] + 1; axis < rank; axis++) {
        strides[i] *= value.shape().get(axis).intValue();
      }
    }
    ByteBuffer from = value.data();
    int width = value.type().bytes();
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    int[] index = new int[rank];
    int at = 0;
    while (to.hasRemaining()) {
      if (width == 4) {
        to.putInt(from.getInt(4 * at));
      } else {
        to.put(from.get(at));
      }
      for (int axis = rank - 1; axis >= 0; axis--) { // the next index, last axis first
        at += strides[axis];
        if (++index[axis] < sizes[axis]) {
          break;
        }
        at -= strides[axis] * sizes[axis];
        index[axis] = 0;
      }
    }
    return new Value(value.type(), shape, to.flip());
  }
}
