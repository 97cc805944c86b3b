package juxta.engine.export.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** Products, convolutions, pooling and what else networks are made of. */
final class Layers {
  static final Map<String, Operations.Rule> RULES = new HashMap<>();

  static {
    RULES.put("MatMul", c -> product(c, c.flag("transpose_a"), c.flag("transpose_b")));
    for (String op : List.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3")) {
      RULES.put(op, c -> product(c, c.flag("adj_x"), c.flag("adj_y")));
    }
    RULES.put(
        "Einsum", c -> c.is(c.make("Einsum", c.ins(), Map.of("equation", c.text("equation")))));
    RULES.put("Softmax", c -> c.is(c.make("Softmax", List.of(c.in(0)), Map.of("axis", -1))));
    RULES.put("LogSoftmax", c -> c.is(c.make("LogSoftmax", List.of(c.in(0)), Map.of("axis", -1))));
    RULES.put("Conv2D", c -> convolution(c, 2, false));
    RULES.put("Conv3D", c -> convolution(c, 3, false));
    RULES.put("DepthwiseConv2dNative", c -> convolution(c, 2, true));
    RULES.put("Conv2DBackpropInput", c -> transposed(c, 2));
    RULES.put("Conv3DBackpropInputV2", c -> transposed(c, 3));
    RULES.put("MaxPool", c -> pooled(c, 2, "MaxPool"));
    RULES.put("MaxPoolV2", c -> pooled(c, 2, "MaxPool", c.longs(1), c.longs(2)));
    RULES.put("MaxPool3D", c -> pooled(c, 3, "MaxPool"));
    RULES.put("AvgPool", c -> pooled(c, 2, "AveragePool"));
    RULES.put("AvgPool3D", c -> pooled(c, 3, "AveragePool"));
    RULES.put("FusedBatchNormV3", Layers::normalised);
    RULES.put("DepthToSpace", c -> blocks(c, "DepthToSpace"));
    RULES.put("SpaceToDepth", c -> blocks(c, "SpaceToDepth"));
    RULES.put("ResizeBilinear", c -> resized(c, "linear"));
    RULES.put("ResizeNearestNeighbor", c -> resized(c, "nearest"));
  }

  private Layers() {}

  private static void product(Translation.Call c, boolean left, boolean right) {
    c.is(c.make("MatMul", turned(c, 0, left), turned(c, 1, right)));
  }

  private static String turned(Translation.Call c, int input, boolean turn) {
    if (!turn) {
      return c.in(input);
    }
    int rank = c.rank(input);
    long[] order = IntStream.range(0, rank).mapToLong(i -> i).toArray();
    order[rank - 1] = rank - 2;
    order[rank - 2] = rank - 1;
    return c.make("Transpose", List.of(c.in(input)), Map.of("perm", order));
  }

  /** The numbers of the places, of a list for [batch, places, channels]. */
  private static long[] places(long[] all, int dimensions) {
    return all.length == 0 ? ones(dimensions) : Arrays.copyOfRange(all, 1, 1 + dimensions);
  }

  private static long[] ones(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void lastOnly(Translation.Call c) {
    if (c.text("data_format").startsWith("NC")) {
      throw c.refused("with the channels first");
    }
  }

  /** Weights [places, in, out] as ONNX has them, [out, in, places]. */
  private static String weights(Translation.Call c, int input, int dimensions) {
    int[] order = new int[dimensions + 2];
    order[0] = dimensions + 1;
    order[1] = dimensions;
    for (int i = 0; i < dimensions; i++) {
      order[2 + i] = i;
    }
    return weights(c, input, order);
  }

  private static String weights(Translation.Call c, int input, int[] order) {
    return c.known(input)
        ? c.constant(c.value(input).transposed(order))
        : c.make(
            "Transpose",
            List.of(c.in(input)),
            Map.of("perm", Arrays.stream(order).mapToLong(i -> i).toArray()));
  }

  private static void convolution(Translation.Call c, int dimensions, boolean depthwise) {
    lastOnly(c);
    long[] kernel = Arrays.copyOf(c.shape(1).asArray(), dimensions);
    long[] strides = places(c.numbers("strides"), dimensions);
    long[] dilations = places(c.numbers("dilations"), dimensions);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("kernel_shape", kernel);
    attributes.put("strides", strides);
    attributes.put("dilations", dilations);
    padding(c, attributes, dimensions, 0, kernel, strides, dilations);
    String w;
    long channels = c.shape(0).get(dimensions + 1);
    if (depthwise) { // [k, k, channels, times]
      Stored value = c.value(1);
      long times = value.shape()[3];
      w =
          c.constant(
              value.transposed(2, 3, 0, 1).shaped(channels * times, 1, kernel[0], kernel[1]));
      attributes.put("group", channels);
    } else {
      w = weights(c, 1, dimensions);
      attributes.put("group", channels / c.shape(1).get(dimensions));
    }
    c.isFirst(c.make("Conv", List.of(c.firstIn(0), w), attributes));
  }

  private static void padding(
      Translation.Call c,
      Map<String, Object> attributes,
      int dimensions,
      int input,
      long[] kernel,
      long[] strides,
      long[] dilations) {
    switch (c.text("padding")) {
      case "VALID" -> attributes.put("auto_pad", "VALID");
      case "EXPLICIT" -> {
        long[] pairs = c.numbers("explicit_paddings");
        long[] pads = new long[2 * dimensions];
        for (int i = 0; i < dimensions; i++) {
          pads[i] = pairs[2 * (i + 1)];
          pads[dimensions + i] = pairs[2 * (i + 1) + 1];
        }
        attributes.put("pads", pads);
      }
      default -> {
        long[] pads = new long[2 * dimensions];
        Shape shape = c.shape(input);
        boolean known = true;
        for (int i = 0; i < dimensions; i++) {
          long length = shape.get(1 + i);
          long reach = (kernel[i] - 1) * dilations[i] + 1;
          known &= length >= 0 || strides[i] == 1;
          long steps = length < 0 ? 1 : (length + strides[i] - 1) / strides[i];
          long total =
              length < 0 ? reach - 1 : Math.max(0, (steps - 1) * strides[i] + reach - length);
          pads[i] = total / 2;
          pads[dimensions + i] = total - total / 2;
        }
        if (known) {
          attributes.put("pads", pads);
        } else {
          attributes.put("auto_pad", "SAME_UPPER");
        }
      }
    }
  }

  /** The gradient of a convolution with respect to its input: sizes, weights, what comes in. */
  private static void transposed(Translation.Call c, int dimensions) {
    lastOnly(c);
    long[] kernel = Arrays.copyOf(c.shape(1).asArray(), dimensions); // [places, out, in]
    long[] strides = places(c.numbers("strides"), dimensions);
    long[] dilations = places(c.numbers("dilations"), dimensions);
    long[] pads = new long[2 * dimensions];
    long[] more = new long[dimensions];
    boolean same = c.text("padding").equals("SAME");
    if (c.text("padding").equals("EXPLICIT")) {
      throw c.refused("with padding of its own");
    }
    for (int i = 0; i < dimensions; i++) {
      long in = c.shape(2).get(1 + i);
      long out = c.result().get(1 + i);
      long reach = (kernel[i] - 1) * dilations[i] + 1;
      // whole multiples where lengths are open
      long total =
          in >= 0 && out >= 0 ? (in - 1) * strides[i] + reach - out : same ? reach - strides[i] : 0;
      more[i] = Math.max(0, -total);
      total = Math.max(0, total);
      pads[i] = total / 2;
      pads[dimensions + i] = total - total / 2;
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("kernel_shape", kernel);
    attributes.put("strides", strides);
    attributes.put("dilations", dilations);
    attributes.put("pads", pads);
    attributes.put("output_padding", more);
    // [in, out, places]
    c.isFirst(
        c.make("ConvTranspose", List.of(c.firstIn(2), weights(c, 1, dimensions)), attributes));
  }

  private static void pooled(Translation.Call c, int dimensions, String type) {
    pooled(c, dimensions, type, c.numbers("ksize"), c.numbers("strides"));
  }

  private static void pooled(
      Translation.Call c, int dimensions, String type, long[] size, long[] by) {
    lastOnly(c);
    long[] kernel = places(size, dimensions);
    long[] strides = places(by, dimensions);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("kernel_shape", kernel);
    attributes.put("strides", strides);
    padding(c, attributes, dimensions, 0, kernel, strides, ones(dimensions));
    c.isFirst(c.make(type, List.of(c.firstIn(0)), attributes));
  }

  private static void normalised(Translation.Call c) {
    if (c.flag("is_training")) {
      throw c.refused("with the statistics of the batch");
    }
    List<String> in = new ArrayList<>(List.of(c.firstIn(0)));
    for (int i = 1; i < 5; i++) {
      in.add(c.in(i));
    }
    c.isFirst(c.make("BatchNormalization", in, Map.of("epsilon", c.attribute("epsilon").getF())));
  }

  private static void blocks(Translation.Call c, String type) {
    lastOnly(c);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("blocksize", c.attribute("block_size").getI());
    if (type.equals("DepthToSpace")) {
      attributes.put("mode", "DCR");
    }
    c.isFirst(c.make(type, List.of(c.firstIn(0)), attributes));
  }

  private static void resized(Translation.Call c, String mode) {
    boolean corners = c.flag("align_corners");
    boolean half = c.flag("half_pixel_centers");
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("mode", mode);
    attributes.put(
        "coordinate_transformation_mode",
        corners ? "align_corners" : half ? "half_pixel" : "asymmetric");
    if (mode.equals("nearest")) {
      attributes.put("nearest_mode", corners || half ? "round_prefer_ceil" : "floor");
    }
    String x = c.firstIn(0);
    String sizes;
    if (c.known(1)) {
      long[] to = c.longs(1);
      long[] shape = c.shape(0).asArray();
      String batch = c.make("Slice", c.make("Shape", x), c.longsConstant(0), c.longsConstant(2));
      sizes = c.make("Concat", List.of(batch, c.longsConstant(to)), Map.of("axis", 0));
      if (shape[1] == to[0] && shape[2] == to[1]) {
        c.alias(0, 0);
        return;
      }
    } else {
      String batch = c.make("Slice", c.make("Shape", x), c.longsConstant(0), c.longsConstant(2));
      sizes = c.make("Concat", List.of(batch, c.wide(1)), Map.of("axis", 0));
    }
    c.isFirst(c.make("Resize", List.of(x, "", "", sizes), attributes));
  }
}
