package juxta.engine.export.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** Operations that move, pick, join and sum up numbers. */
final class Shapes {
  static final Map<String, Operations.Rule> RULES = new HashMap<>();

  static {
    reductions();
    RULES.put("Shape", c -> c.is(narrow(c, c.make("Shape", c.in(0)))));
    RULES.put("Size", c -> c.is(narrow(c, c.make("Size", c.in(0)))));
    RULES.put("Reshape", Shapes::reshape);
    RULES.put(
        "Transpose", c -> c.is(c.make("Transpose", List.of(c.in(0)), Map.of("perm", c.longs(1)))));
    RULES.put(
        "ExpandDims",
        c ->
            c.is(
                c.make(
                    "Unsqueeze",
                    c.in(0),
                    c.longsConstant(Operations.axes(c.longs(1), c.rank(0) + 1)))));
    RULES.put("Squeeze", Shapes::squeeze);
    RULES.put("ConcatV2", Shapes::concat);
    RULES.put("Pack", Shapes::pack);
    RULES.put("Unpack", Shapes::unpack);
    RULES.put("Split", c -> split(c, 1, axis(c, 0, 1), equal(c, 1, axis(c, 0, 1))));
    RULES.put("SplitV", c -> split(c, 0, axis(c, 2, 0), c.longs(1)));
    RULES.put("Slice", Shapes::slice);
    RULES.put("StridedSlice", Shapes::stridedSlice);
    RULES.put(
        "GatherV2",
        c ->
            c.is(
                c.make(
                    "Gather",
                    List.of(c.in(0), c.in(1)),
                    Map.of("axis", Operations.axes(c.longs(2), c.rank(0))[0]))));
    RULES.put("GatherNd", c -> c.is(c.make("GatherND", c.in(0), c.wide(1))));
    RULES.put("Tile", c -> c.is(c.make("Tile", c.in(0), c.wide(1))));
    RULES.put("BroadcastTo", c -> c.is(c.make("Expand", c.in(0), c.wide(1))));
    RULES.put("Fill", c -> c.is(c.make("Expand", c.in(1), c.wide(0))));
    RULES.put("ZerosLike", c -> c.is(c.make("Sub", c.in(0), c.in(0))));
    RULES.put("OnesLike", Shapes::onesLike);
    RULES.put("Pad", c -> pad(c, Map.of("mode", "constant"), false));
    RULES.put("PadV2", c -> pad(c, Map.of("mode", "constant"), true));
    RULES.put("MirrorPad", Shapes::mirrorPad);
    RULES.put("Range", c -> c.is(c.make("Range", c.ins(), Map.of())));
    RULES.put("OneHot", Shapes::oneHot);
    RULES.put("ArgMax", c -> arg(c, "ArgMax"));
    RULES.put("ArgMin", c -> arg(c, "ArgMin"));
    RULES.put("TopKV2", Shapes::topK);
    RULES.put("ReverseV2", Shapes::reverse);
    RULES.put("Cumsum", Shapes::cumulated);
  }

  private Shapes() {}

  private static void reductions() {
    Map<String, String> types =
        Map.of(
            "Mean", "ReduceMean",
            "Sum", "ReduceSum",
            "Max", "ReduceMax",
            "Min", "ReduceMin",
            "Prod", "ReduceProd");
    types.forEach((op, type) -> RULES.put(op, c -> reduce(c, type)));
  }

  /** ONNX makes lengths of 64 bits where TensorFlow has 32. */
  private static String narrow(Translation.Call c, String wide) {
    return c.attribute("out_type").getType() == DataType.DT_INT64
        ? wide
        : c.make("Cast", List.of(wide), Map.of("to", OnnxModel.type(DataType.DT_INT32)));
  }

  private static void reduce(Translation.Call c, String type) {
    int rank = c.rank(0);
    long[] axes = Operations.axes(c.longs(1), rank);
    if (axes.length == 0) {
      c.alias(0, 0);
      return;
    }
    boolean kept = c.flag("keep_dims");
    // the mean over all places of a map; what is left has its channels last, whichever it was
    boolean places =
        !kept
            && c.isFirst(0)
            && Arrays.stream(axes).noneMatch(a -> a == 0 || a == rank - 1)
            && axes.length == rank - 2;
    String x = places ? c.firstIn(0) : c.in(0);
    long[] seen =
        places ? Arrays.stream(axes).map(a -> Operations.whereFirst(a, rank)).toArray() : axes;
    long keep = kept ? 1 : 0;
    c.is(
        type.equals("ReduceSum") // of this set of operations the only one with axes as an input
            ? c.make(type, List.of(x, c.longsConstant(seen)), Map.of("keepdims", keep))
            : c.make(type, List.of(x), Map.of("keepdims", keep, "axes", seen)));
  }

  private static void reshape(Translation.Call c) {
    Shape result = c.result();
    long unknown =
        result.isUnknown()
            ? 2
            : Arrays.stream(result.asArray()).filter(length -> length < 0).count();
    // with one open length at most, what TensorFlow found out about the others is all that it needs
    String shape = unknown <= 1 ? c.longsConstant(result.asArray()) : c.wide(1);
    c.is(c.make("Reshape", c.in(0), shape));
  }

  private static void squeeze(Translation.Call c) {
    int rank = c.rank(0);
    long[] axes = Operations.axes(c.numbers("squeeze_dims"), rank);
    if (axes.length == 0) {
      Shape shape = c.shape(0);
      axes =
          java.util.stream.LongStream.range(0, rank)
              .filter(axis -> shape.get((int) axis) == 1)
              .toArray();
    }
    c.is(c.make("Squeeze", c.in(0), c.longsConstant(axes)));
  }

  private static void concat(Translation.Call c) {
    int parts = c.arity() - 1;
    int rank = c.rank(0);
    long axis = Operations.axes(c.longs(parts), rank)[0];
    List<String> in = new ArrayList<>();
    boolean first = rank > 2;
    for (int i = 0; i < parts; i++) {
      first &= c.isFirst(i);
    }
    for (int i = 0; i < parts; i++) {
      in.add(first ? c.firstIn(i) : c.in(i));
    }
    if (first) {
      c.isFirst(c.make("Concat", in, Map.of("axis", Operations.whereFirst(axis, rank))));
    } else {
      c.is(c.make("Concat", in, Map.of("axis", axis)));
    }
  }

  private static void pack(Translation.Call c) {
    int rank = c.rank(0) + 1;
    long axis = Operations.axes(new long[] {c.attribute("axis").getI()}, rank)[0];
    List<String> in = new ArrayList<>();
    String axes = c.longsConstant(axis);
    for (int i = 0; i < c.arity(); i++) {
      in.add(c.make("Unsqueeze", c.in(i), axes));
    }
    c.is(c.make("Concat", in, Map.of("axis", axis)));
  }

  private static void unpack(Translation.Call c) {
    long axis = Operations.axes(new long[] {c.attribute("axis").getI()}, c.rank(0))[0];
    int parts = (int) c.attribute("num").getI();
    for (int i = 0; i < parts; i++) {
      String at = c.constant(Stored.longs(new long[0], new long[] {i}));
      c.is(i, c.make("Gather", List.of(c.in(0), at), Map.of("axis", axis)));
    }
  }

  private static long axis(Translation.Call c, int input, int of) {
    return Operations.axes(c.longs(input), c.rank(of))[0];
  }

  private static long[] equal(Translation.Call c, int of, long axis) {
    int parts = (int) c.attribute("num_split").getI();
    long length = c.shape(of).get((int) axis);
    if (length < 0) {
      throw c.refused("along an axis of unknown length");
    }
    long[] lengths = new long[parts];
    Arrays.fill(lengths, length / parts);
    return lengths;
  }

  private static void split(Translation.Call c, int of, long axis, long[] lengths) {
    List<String> parts =
        c.several(
            "Split",
            List.of(c.in(of), c.longsConstant(lengths)),
            Map.of("axis", axis),
            lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      c.is(i, parts.get(i));
    }
  }

  private static void slice(Translation.Call c) {
    int rank = c.rank(0);
    long[] axes = java.util.stream.LongStream.range(0, rank).toArray();
    if (c.known(1) && c.known(2)) {
      long[] from = c.longs(1);
      long[] size = c.longs(2);
      long[] to = new long[rank];
      for (int i = 0; i < rank; i++) {
        to[i] = size[i] < 0 ? Integer.MAX_VALUE : from[i] + size[i];
      }
      c.is(
          c.make(
              "Slice", c.in(0), c.longsConstant(from), c.longsConstant(to), c.longsConstant(axes)));
      return;
    }
    if (c.known(2) && Arrays.stream(c.longs(2)).anyMatch(n -> n < 0)) {
      throw c.refused("with an open size and a place that depends on the records");
    }
    String from = c.wide(1);
    c.is(c.make("Slice", c.in(0), from, c.make("Add", from, c.wide(2)), c.longsConstant(axes)));
  }

  private static void stridedSlice(Translation.Call c) {
    if (c.attribute("ellipsis_mask").getI() != 0) {
      throw c.refused("with an ellipsis");
    }
    long[] from = c.longs(1);
    long[] to = c.longs(2);
    long[] step = c.longs(3);
    long begins = c.attribute("begin_mask").getI();
    long ends = c.attribute("end_mask").getI();
    long drops = c.attribute("shrink_axis_mask").getI();
    long adds = c.attribute("new_axis_mask").getI();
    List<long[]> cuts = new ArrayList<>(); // from, to, axis, step
    List<Long> dropped = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    long axis = 0;
    long place = 0;
    for (int i = 0; i < from.length; i++) {
      long bit = 1L << i;
      if ((adds & bit) != 0) {
        added.add(place++);
        continue;
      }
      if ((drops & bit) != 0) {
        long end = from[i] == -1 ? Integer.MAX_VALUE : from[i] + 1;
        cuts.add(new long[] {from[i], end, axis, 1});
        dropped.add(axis++);
        continue;
      }
      boolean back = step[i] < 0;
      long start = (begins & bit) != 0 ? back ? Integer.MAX_VALUE : 0 : from[i];
      long stop = (ends & bit) != 0 ? back ? Integer.MIN_VALUE : Integer.MAX_VALUE : to[i];
      cuts.add(new long[] {start, stop, axis++, step[i]});
      place++;
    }
    String x = c.in(0);
    if (!cuts.isEmpty()) {
      x =
          c.make(
              "Slice",
              x,
              c.longsConstant(column(cuts, 0)),
              c.longsConstant(column(cuts, 1)),
              c.longsConstant(column(cuts, 2)),
              c.longsConstant(column(cuts, 3)));
    }
    if (!dropped.isEmpty()) {
      x = c.make("Squeeze", x, c.longsConstant(longs(dropped)));
    }
    if (!added.isEmpty()) {
      x = c.make("Unsqueeze", x, c.longsConstant(longs(added)));
    }
    c.is(x);
  }

  private static long[] column(List<long[]> rows, int column) {
    return rows.stream().mapToLong(row -> row[column]).toArray();
  }

  private static long[] longs(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static void onesLike(Translation.Call c) {
    if (c.attribute("T").getType() != DataType.DT_FLOAT) {
      throw c.refused("of other numbers than floats");
    }
    c.is(c.make("Add", c.make("Sub", c.in(0), c.in(0)), c.scalar(1)));
  }

  /** Before and after, axis by axis, as ONNX wants it: all before, then all after. */
  private static long[] pads(Translation.Call c, boolean first) {
    long[] pairs = c.longs(1); // [rank, 2]
    int rank = pairs.length / 2;
    long[] pads = new long[2 * rank];
    for (int axis = 0; axis < rank; axis++) {
      int at = first ? (int) Operations.whereFirst(axis, rank) : axis;
      pads[at] = pairs[2 * axis];
      pads[rank + at] = pairs[2 * axis + 1];
    }
    return pads;
  }

  private static void pad(Translation.Call c, Map<String, ?> mode, boolean value) {
    boolean first = c.isFirst(0) && c.known(1);
    List<String> in = new ArrayList<>();
    in.add(first ? c.firstIn(0) : c.in(0));
    if (c.known(1)) {
      in.add(c.longsConstant(pads(c, first)));
    } else {
      String pairs = c.make("Transpose", List.of(c.wide(1)), Map.of("perm", new long[] {1, 0}));
      in.add(c.make("Reshape", pairs, c.longsConstant(-1)));
    }
    if (value) {
      in.add(c.in(2));
    }
    String padded = c.make("Pad", in, mode);
    if (first) {
      c.isFirst(padded);
    } else {
      c.is(padded);
    }
  }

  private static void mirrorPad(Translation.Call c) {
    if (!c.text("mode").equals("REFLECT")) {
      throw c.refused("that repeats the border");
    }
    pad(c, Map.of("mode", "reflect"), false);
  }

  private static void oneHot(Translation.Call c) {
    String values =
        c.make(
            "Concat",
            List.of(
                c.make("Unsqueeze", c.in(3), c.longsConstant(0)),
                c.make("Unsqueeze", c.in(2), c.longsConstant(0))),
            Map.of("axis", 0));
    c.is(
        c.make(
            "OneHot",
            List.of(c.wide(0), c.wide(1), values),
            Map.of("axis", c.attribute("axis").getI())));
  }

  private static void arg(Translation.Call c, String type) {
    long axis = axis(c, 1, 0);
    String wide = c.make(type, List.of(c.in(0)), Map.of("axis", axis, "keepdims", 0));
    boolean narrow = c.attribute("output_type").getType() == DataType.DT_INT32;
    c.is(narrow ? c.make("Cast", List.of(wide), Map.of("to", 6)) : wide);
  }

  private static void topK(Translation.Call c) {
    String k = c.make("Reshape", c.wide(1), c.longsConstant(1));
    List<String> found =
        c.several("TopK", List.of(c.in(0), k), Map.of("axis", (long) c.rank(0) - 1), 2);
    c.is(0, found.get(0));
    c.is(1, c.make("Cast", List.of(found.get(1)), Map.of("to", 6)));
  }

  private static void reverse(Translation.Call c) {
    long[] axes = Operations.axes(c.longs(1), c.rank(0));
    long[] start = new long[axes.length];
    long[] stop = new long[axes.length];
    Arrays.fill(start, -1);
    Arrays.fill(stop, Integer.MIN_VALUE);
    long[] step = start.clone();
    c.is(
        c.make(
            "Slice",
            c.in(0),
            c.longsConstant(start),
            c.longsConstant(stop),
            c.longsConstant(axes),
            c.longsConstant(step)));
  }

  private static void cumulated(Translation.Call c) {
    c.is(
        c.make(
            "CumSum",
            List.of(c.in(0), c.wide(1)),
            Map.of(
                "exclusive", c.flag("exclusive") ? 1 : 0, "reverse", c.flag("reverse") ? 1 : 0)));
  }
}
