package juxta.engine.export.onnx;

import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Every n-th row and column of a map as an image of its own, and back, which is how convolutions
 * with holes are computed: ONNX has neither, but can split axes and turn them.
 */
final class Blocks {
  static final Map<String, Operations.Rule> RULES =
      Map.of("SpaceToBatchND", Blocks::apart, "BatchToSpaceND", Blocks::together);

  private Blocks() {}

  /** [B, H, W, C] to [b0 b1 B, H / b0, W / b1, C]; the images of a block come first. */
  private static void apart(Translation.Call c) {
    Shape map = map(c);
    long[] block = c.longs(1);
    long[] pads = c.longs(2); // before and behind the rows, before and behind the columns
    long channels = map.get(3);
    long rows = (map.get(1) + pads[0] + pads[1]) / block[0];
    long columns = (map.get(2) + pads[2] + pads[3]) / block[1];
    String edges = c.longsConstant(0, pads[0], pads[2], 0, 0, pads[1], pads[3], 0);
    String split =
        c.make(
            "Reshape",
            c.make("Pad", c.in(0), edges),
            c.longsConstant(-1, rows, block[0], columns, block[1], channels));
    c.is(
        c.make(
            "Reshape",
            c.make("Transpose", List.of(split), Map.of("perm", new long[] {2, 4, 0, 1, 3, 5})),
            c.longsConstant(-1, rows, columns, channels)));
  }

  /** [b0 b1 B, h, w, C] to [B, b0 h, b1 w, C] without what is cut off at the edges. */
  private static void together(Translation.Call c) {
    Shape map = map(c);
    long[] block = c.longs(1);
    long[] cut = c.longs(2);
    long channels = map.get(3);
    String split =
        c.make(
            "Reshape",
            c.in(0),
            c.longsConstant(block[0], block[1], -1, map.get(1), map.get(2), channels));
    long rows = map.get(1) * block[0];
    long columns = map.get(2) * block[1];
    String whole =
        c.make(
            "Reshape",
            c.make("Transpose", List.of(split), Map.of("perm", new long[] {2, 3, 0, 4, 1, 5})),
            c.longsConstant(-1, rows, columns, channels));
    c.is(
        c.make(
            "Slice",
            whole,
            c.longsConstant(cut[0], cut[2]),
            c.longsConstant(rows - cut[1], columns - cut[3]),
            c.longsConstant(1, 2)));
  }

  private static Shape map(Translation.Call c) {
    Shape shape = c.shape(0);
    if (c.rank(0) != 4 || c.longs(1).length != 2) {
      throw c.refused("of other than two axes");
    }
    if (shape.get(1) < 0 || shape.get(2) < 0 || shape.get(3) < 0) {
      throw c.refused("on a map of unknown sides");
    }
    return shape;
  }
}
