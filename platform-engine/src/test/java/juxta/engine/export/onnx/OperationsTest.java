package juxta.engine.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.ModelFunction;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.FunctionsGraph;
import juxta.engine.train.ParameterStore;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSliceHelper;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Each operation by itself, in TensorFlow and in ONNX Runtime. */
class OperationsTest {
  private static final String X = "x";
  private static final String Y = "y";

  /** Of one record. */
  private static final long[] MAP = {6, 8, 3};

  private static final long[] ROW = {5};
  private static final long[] VOLUME = {4, 6, 4, 2};
  private static final long[] OPEN = {-1, -1, 3};

  /** What is tried, on records of some shape. */
  private record Case(String name, long[] shape, Body body) {}

  private interface Body extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

  private final Map<String, Case> cases = new TreeMap<>();

  private void on(long[] shape, String name, Body body) {
    cases.put(name, new Case(name, shape, body));
  }

  private static Operand<TFloat32> w(Ops tf, long... shape) {
    int n = 1;
    for (long length : shape) {
      n *= (int) length;
    }
    SplittableRandom random = new SplittableRandom(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }

  private static Operand<TFloat32> real(Ops tf, Operand<?> x) {
    return tf.dtypes.cast((Operand<? extends org.tensorflow.types.family.TType>) x, TFloat32.class);
  }

  private static List<Long> ones(long stride, int dimensions) {
    List<Long> strides = new ArrayList<>(List.of(1L));
    for (int i = 0; i < dimensions; i++) {
      strides.add(stride);
    }
    strides.add(1L);
    return strides;
  }

  private void pointwise() {
    on(ROW, "neg", (tf, x) -> tf.math.neg(x));
    on(ROW, "abs", (tf, x) -> tf.math.abs(x));
    on(ROW, "exp", (tf, x) -> tf.math.exp(x));
    on(ROW, "log", (tf, x) -> tf.math.log(tf.math.abs(x)));
    on(ROW, "log1p", (tf, x) -> tf.math.log1p(tf.math.abs(x)));
    on(ROW, "expm1", (tf, x) -> tf.math.expm1(x));
    on(ROW, "sqrt", (tf, x) -> tf.math.sqrt(tf.math.abs(x)));
    on(ROW, "rsqrt", (tf, x) -> tf.math.rsqrt(tf.math.abs(x)));
    on(ROW, "square", (tf, x) -> tf.math.square(x));
    on(ROW, "erf", (tf, x) -> tf.math.erf(x));
    on(ROW, "tanh", (tf, x) -> tf.math.tanh(x));
    on(ROW, "sigmoid", (tf, x) -> tf.math.sigmoid(x));
    on(ROW, "relu", (tf, x) -> tf.nn.relu(x));
    on(ROW, "relu6", (tf, x) -> tf.nn.relu6(tf.math.mul(x, tf.constant(9f))));
    on(ROW, "leaky", (tf, x) -> tf.nn.leakyRelu(x));
    on(ROW, "elu", (tf, x) -> tf.nn.elu(x));
    on(ROW, "selu", (tf, x) -> tf.nn.selu(x));
    on(ROW, "softplus", (tf, x) -> tf.math.softplus(x));
    on(ROW, "softsign", (tf, x) -> tf.nn.softsign(x));
    on(ROW, "floor", (tf, x) -> tf.math.floor(x));
    on(ROW, "ceil", (tf, x) -> tf.math.ceil(x));
    on(ROW, "rint", (tf, x) -> tf.math.rint(tf.math.mul(x, tf.constant(4f))));
    on(ROW, "round", (tf, x) -> tf.math.round(tf.math.mul(x, tf.constant(4f))));
    on(ROW, "sin", (tf, x) -> tf.math.sin(x));
    on(ROW, "cos", (tf, x) -> tf.math.cos(x));
    on(ROW, "sign", (tf, x) -> tf.math.sign(x));
    on(ROW, "reciprocal", (tf, x) -> tf.math.reciprocal(x));
    on(ROW, "add", (tf, x) -> tf.math.add(x, w(tf, 5)));
    on(ROW, "addN", (tf, x) -> tf.math.addN(List.of(x, tf.math.neg(x), x)));
    on(ROW, "sub", (tf, x) -> tf.math.sub(w(tf, 5), x));
    on(ROW, "mul", (tf, x) -> tf.math.mul(x, w(tf, 1)));
    on(ROW, "div", (tf, x) -> tf.math.div(w(tf, 5), x));
    on(ROW, "divNoNan", (tf, x) -> tf.math.divNoNan(x, tf.nn.relu(x)));
    on(ROW, "pow", (tf, x) -> tf.math.pow(tf.math.abs(x), tf.constant(1.5f)));
    on(ROW, "maximum", (tf, x) -> tf.math.maximum(x, w(tf, 5)));
    on(ROW, "minimum", (tf, x) -> tf.math.minimum(x, w(tf, 5)));
    on(ROW, "squaredDifference", (tf, x) -> tf.math.squaredDifference(x, w(tf, 5)));
    on(ROW, "clip", (tf, x) -> tf.clipByValue(x, tf.constant(-0.2f), tf.constant(0.3f)));
    on(ROW, "less", (tf, x) -> real(tf, tf.math.less(x, tf.constant(0f))));
    on(ROW, "lessEqual", (tf, x) -> real(tf, tf.math.lessEqual(x, tf.constant(0f))));
    on(ROW, "greater", (tf, x) -> real(tf, tf.math.greater(x, tf.constant(0f))));
    on(ROW, "greaterEqual", (tf, x) -> real(tf, tf.math.greaterEqual(x, tf.constant(0f))));
    on(ROW, "equal", (tf, x) -> real(tf, tf.math.equal(tf.nn.relu(x), tf.constant(0f))));
    on(ROW, "notEqual", (tf, x) -> real(tf, tf.math.notEqual(tf.nn.relu(x), tf.constant(0f))));
    on(
        ROW,
        "logic",
        (tf, x) ->
            real(
                tf,
                tf.math.logicalOr(
                    tf.math.logicalAnd(
                        tf.math.less(x, tf.constant(0.3f)), tf.math.less(tf.constant(0f), x)),
                    tf.math.logicalNot(tf.math.less(x, tf.constant(0.6f))))));
    on(
        ROW,
        "select",
        (tf, x) -> tf.select(tf.math.less(x, tf.constant(0f)), tf.math.exp(x), w(tf, 5)));
    on(
        ROW,
        "floorDivision",
        (tf, x) -> tf.math.floorDiv(tf.math.mul(x, tf.constant(9f)), tf.constant(2f)));
    on(
        ROW,
        "floorMod",
        (tf, x) -> tf.math.floorMod(tf.math.mul(x, tf.constant(9f)), tf.constant(2f)));
    on(
        ROW,
        "integers",
        (tf, x) -> {
          Operand<TInt32> n =
              tf.dtypes.cast(tf.math.mul(x, tf.constant(90f)), TInt32.class); // of either sign
          return real(
              tf,
              tf.math.add(
                  tf.math.floorDiv(n, tf.constant(7)), tf.math.floorMod(n, tf.constant(4))));
        });
    on(ROW, "l2Normalised", (tf, x) -> tf.math.div(x, norm(tf, x)));
  }

  private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> x) {
    return tf.math.sqrt(
        tf.reduceSum(
            tf.math.square(x), tf.constant(1), org.tensorflow.op.core.ReduceSum.keepDims(true)));
  }

  /** Operations that TensorFlow Java makes by other names, but gradients and files do not. */
  private void rare() {
    for (String same : List.of("Identity", "Snapshot", "StopGradient")) {
      on(ROW, same, (tf, x) -> raw(tf, same, op -> op, x));
    }
    on(
        ROW,
        "CheckNumerics",
        (tf, x) -> raw(tf, "CheckNumerics", op -> op.setAttr("message", "none"), x));
    on(
        ROW,
        "PreventGradient",
        (tf, x) -> raw(tf, "PreventGradient", op -> op.setAttr("message", "none"), x));
    on(ROW, "EnsureShape", (tf, x) -> tf.ensureShape(x, org.tensorflow.ndarray.Shape.of(-1, 5)));
    on(
        ROW,
        "IdentityN",
        (tf, x) -> {
          org.tensorflow.OperationBuilder op = tf.scope().opBuilder("IdentityN", "n");
          op.addInputList(new org.tensorflow.Output<?>[] {w(tf, 5).asOutput(), x.asOutput()});
          return op.build().output(1);
        });
    on(ROW, "AddV2", (tf, x) -> raw(tf, "AddV2", op -> op, x, w(tf, 5)));
    on(ROW, "RealDiv", (tf, x) -> raw(tf, "RealDiv", op -> op, w(tf, 5), x));
    on(ROW, "Inv", (tf, x) -> raw(tf, "Inv", op -> op, x));
    on(
        ROW,
        "Select",
        (tf, x) ->
            raw(tf, "Select", op -> op, tf.math.less(x, tf.constant(0f)), x, tf.math.exp(x)));
    for (String product : List.of("BatchMatMul", "BatchMatMulV2")) {
      on(MAP, product, (tf, x) -> raw(tf, product, op -> op.setAttr("adj_x", true), x, x));
    }
    on(
        MAP,
        "MaxPool",
        (tf, x) ->
            raw(
                tf,
                "MaxPool",
                op ->
                    op.setAttr("ksize", new long[] {1, 2, 2, 1})
                        .setAttr("strides", new long[] {1, 2, 2, 1})
                        .setAttr("padding", "SAME"),
                x));
    int[][] pads = {{0, 0}, {2, 1}};
    on(ROW, "Pad", (tf, x) -> raw(tf, "Pad", op -> op, x, tf.constant(pads)));
    on(MAP, "Einsum", (tf, x) -> tf.linalg.einsum(List.of(x, w(tf, 3, 2)), "bhwc,cd->bdhw"));
  }

  private static Operand<TFloat32> raw(
      Ops tf,
      String type,
      java.util.function.UnaryOperator<org.tensorflow.OperationBuilder> attributes,
      Operand<?>... inputs) {
    org.tensorflow.OperationBuilder op = tf.scope().opBuilder(type, type);
    for (Operand<?> input : inputs) {
      op.addInput(input.asOutput());
    }
    return attributes.apply(op).build().output(0);
  }

  private void shapes() {
    on(
        MAP,
        "holes",
        (tf, x) -> {
          var block = tf.constant(new int[] {2, 3});
          var pads = tf.constant(new int[][] {{1, 3}, {2, 2}});
          var crops = tf.constant(new int[][] {{1, 2}, {0, 1}});
          Operand<TFloat32> apart = tf.spaceToBatchNd(x, block, pads);
          return tf.batchToSpaceNd(tf.math.square(apart), block, crops);
        });
    int[] places = {1, 2};
    on(MAP, "mean", (tf, x) -> tf.math.mean(x, tf.constant(places)));
    on(
        MAP,
        "meanKept",
        (tf, x) -> tf.math.mean(x, tf.constant(-1), org.tensorflow.op.math.Mean.keepDims(true)));
    on(MAP, "sum", (tf, x) -> tf.reduceSum(x, tf.constant(new int[] {-1})));
    on(MAP, "max", (tf, x) -> tf.reduceMax(x, tf.constant(places)));
    on(MAP, "min", (tf, x) -> tf.reduceMin(x, tf.constant(2)));
    on(MAP, "prod", (tf, x) -> tf.reduceProd(x, tf.constant(3)));
    on(
        MAP,
        "meanOfConvolved",
        (tf, x) -> tf.math.mean(conv(tf, x, 3, 1, "SAME"), tf.constant(places)));
    on(
        MAP,
        "meanKeptOfConvolved",
        (tf, x) ->
            tf.math.mul(
                conv(tf, x, 3, 1, "SAME"),
                tf.math.mean(
                    conv(tf, x, 3, 1, "SAME"),
                    tf.constant(places),
                    org.tensorflow.op.math.Mean.keepDims(true))));
    on(MAP, "reshape", (tf, x) -> tf.reshape(x, tf.constant(new int[] {-1, 48, 3})));
    on(
        OPEN,
        "reshapeOpen",
        (tf, x) -> {
          Operand<TInt32> shape = tf.shape(x);
          Operand<TInt32> b = tf.gather(shape, tf.constant(0), tf.constant(0));
          Operand<TInt32> w = tf.gather(shape, tf.constant(2), tf.constant(0));
          return tf.reshape(x, tf.stack(List.of(b, tf.constant(-1), w)));
        });
    on(
        OPEN,
        "rangeOpen",
        (tf, x) -> {
          Operand<TInt32> w = tf.gather(tf.shape(x), tf.constant(2), tf.constant(0));
          return tf.math.mul(
              x,
              tf.expandDims(
                  tf.range(tf.constant(0f), real(tf, w), tf.constant(1f)), tf.constant(1)));
        });
    on(MAP, "transpose", (tf, x) -> tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 2, 1})));
    on(MAP, "expandDims", (tf, x) -> tf.expandDims(x, tf.constant(-2)));
    on(
        MAP,
        "squeeze",
        (tf, x) ->
            tf.squeeze(
                tf.expandDims(x, tf.constant(1)),
                org.tensorflow.op.core.Squeeze.axis(List.of(1L))));
    on(MAP, "concat", (tf, x) -> tf.concat(List.of(x, tf.math.exp(x)), tf.constant(-1)));
    on(
        MAP,
        "concatConvolved",
        (tf, x) ->
            tf.nn.relu(
                tf.concat(
                    List.of(conv(tf, x, 3, 1, "SAME"), conv(tf, x, 1, 1, "SAME")),
                    tf.constant(3))));
    on(MAP, "stack", (tf, x) -> tf.stack(List.of(x, x), org.tensorflow.op.core.Stack.axis(1L)));
    on(
        MAP,
        "unstack",
        (tf, x) -> tf.unstack(x, 8L, org.tensorflow.op.core.Unstack.axis(2L)).output().get(3));
    on(MAP, "split", (tf, x) -> tf.split(tf.constant(3), x, 3L).output().get(1));
    on(
        MAP,
        "splitV",
        (tf, x) -> tf.splitV(x, tf.constant(new int[] {1, 5}), tf.constant(1), 2L).output().get(1));
    on(
        MAP,
        "slice",
        (tf, x) ->
            tf.slice(
                x, tf.constant(new int[] {0, 1, 2, 0}), tf.constant(new int[] {-1, 3, -1, 2})));
    on(
        OPEN,
        "sliceOpen",
        (tf, x) -> {
          Operand<TInt32> h = tf.gather(tf.shape(x), tf.constant(new int[] {1}), tf.constant(0));
          Operand<TInt32> from =
              tf.concat(
                  List.of(
                      tf.constant(new int[] {0}),
                      tf.math.floorDiv(h, tf.constant(2)),
                      tf.constant(new int[] {0, 0})),
                  tf.constant(0));
          Operand<TInt32> b = tf.gather(tf.shape(x), tf.constant(new int[] {0}), tf.constant(0));
          Operand<TInt32> size =
              tf.concat(List.of(b, tf.constant(new int[] {2, 2, 3})), tf.constant(0));
          return tf.slice(x, from, size);
        });
    on(
        MAP,
        "stridedSlice",
        (tf, x) ->
            StridedSliceHelper.stridedSlice(
                tf.scope(),
                x,
                org.tensorflow.ndarray.index.Indices.all(),
                org.tensorflow.ndarray.index.Indices.slice(1, 5, 2),
                org.tensorflow.ndarray.index.Indices.at(2),
                org.tensorflow.ndarray.index.Indices.slice(null, null, -1)));
    on(MAP, "gather", (tf, x) -> tf.gather(x, tf.constant(new int[] {2, 0}), tf.constant(3)));
    on(MAP, "gatherNd", (tf, x) -> tf.gatherNd(tf.constant(new float[] {1, 2, 4}), indices(tf, x)));
    on(MAP, "tile", (tf, x) -> tf.tile(x, tf.constant(new int[] {1, 2, 1, 3})));
    on(
        ROW,
        "broadcastTo",
        (tf, x) -> tf.broadcastTo(tf.expandDims(w(tf, 5), tf.constant(0)), tf.shape(x)));
    on(ROW, "fill", (tf, x) -> tf.fill(tf.shape(x), tf.constant(2.5f)));
    on(ROW, "zerosLike", (tf, x) -> tf.zerosLike(x));
    on(ROW, "onesLike", (tf, x) -> tf.onesLike(x));
    int[][] pads = {{0, 0}, {1, 2}, {0, 3}, {0, 0}};
    on(MAP, "pad", (tf, x) -> tf.pad(x, tf.constant(pads), tf.constant(0f)));
    on(MAP, "padWithOne", (tf, x) -> tf.pad(x, tf.constant(pads), tf.constant(1f)));
    on(
        MAP,
        "padConvolved",
        (tf, x) -> tf.pad(conv(tf, x, 3, 1, "SAME"), tf.constant(pads), tf.constant(0f)));
    on(MAP, "mirror", (tf, x) -> tf.mirrorPad(x, tf.constant(pads), "REFLECT"));
    on(
        ROW,
        "oneHot",
        (tf, x) ->
            tf.oneHot(
                tf.math.argMax(x, tf.constant(1)),
                tf.constant(5),
                tf.constant(2f),
                tf.constant(-1f)));
    on(ROW, "argMax", (tf, x) -> real(tf, tf.math.argMax(x, tf.constant(1))));
    on(ROW, "argMin", (tf, x) -> real(tf, tf.math.argMin(x, tf.constant(-1), TInt32.class)));
    on(
        ROW,
        "topK",
        (tf, x) ->
            tf.nn.topK(x, tf.constant(3), new org.tensorflow.op.nn.TopK.Options[0]).values());
    on(MAP, "reverse", (tf, x) -> tf.reverse(x, tf.constant(new int[] {1, 2})));
    on(ROW, "cumsum", (tf, x) -> tf.math.cumsum(x, tf.constant(1)));
    on(ROW, "size", (tf, x) -> tf.math.mul(x, real(tf, tf.size(x))));
  }

  private static Operand<TInt64> indices(Ops tf, Operand<TFloat32> x) {
    return tf.expandDims(tf.math.argMax(x, tf.constant(3)), tf.constant(-1));
  }

  private static Operand<TFloat32> conv(
      Ops tf, Operand<TFloat32> x, int kernel, long stride, String padding) {
    return tf.nn.conv2d(x, w(tf, kernel, kernel, 3, 4), ones(stride, 2), padding);
  }

  private void layers() {
    on(ROW, "matMul", (tf, x) -> tf.linalg.matMul(x, w(tf, 5, 4)));
    on(
        ROW,
        "matMulTransposed",
        (tf, x) ->
            tf.linalg.matMul(x, w(tf, 4, 5), org.tensorflow.op.linalg.MatMul.transposeB(true)));
    on(
        MAP,
        "batchMatMul",
        (tf, x) ->
            tf.train.batchMatMul(
                x, x, TFloat32.class, org.tensorflow.op.train.BatchMatMul.adjY(true)));
    on(MAP, "softmax", (tf, x) -> tf.nn.softmax(x));
    on(MAP, "logSoftmax", (tf, x) -> tf.nn.logSoftmax(x));
    for (String padding : List.of("SAME", "VALID")) {
      for (int kernel : new int[] {1, 3, 4}) {
        for (long stride : new long[] {1, 2, 3}) {
          on(
              MAP,
              "conv" + kernel + "by" + stride + padding,
              (tf, x) -> conv(tf, x, kernel, stride, padding));
        }
      }
      on(OPEN, "convOpen" + padding, (tf, x) -> conv(tf, x, 3, 2, padding));
      on(
          MAP,
          "dilated" + padding,
          (tf, x) ->
              tf.nn.conv2d(
                  x,
                  w(tf, 3, 3, 3, 4),
                  ones(1, 2),
                  padding,
                  org.tensorflow.op.nn.Conv2d.dilations(ones(2, 2))));
      on(
          MAP,
          "depthwise" + padding,
          (tf, x) -> tf.nn.depthwiseConv2dNative(x, w(tf, 3, 3, 3, 2), ones(2, 2), padding));
      on(
          VOLUME,
          "conv3d" + padding,
          (tf, x) -> tf.nn.conv3d(x, w(tf, 3, 3, 3, 2, 4), ones(2, 3), padding));
      on(
          MAP,
          "maxPool" + padding,
          (tf, x) ->
              tf.nn.maxPool(
                  x,
                  tf.constant(new int[] {1, 3, 3, 1}),
                  tf.constant(new int[] {1, 2, 2, 1}),
                  padding));
      on(MAP, "avgPool" + padding, (tf, x) -> tf.nn.avgPool(x, ones(3, 2), ones(2, 2), padding));
      on(
          VOLUME,
          "maxPool3d" + padding,
          (tf, x) -> tf.nn.maxPool3d(x, ones(2, 3), ones(2, 3), padding));
      on(
          VOLUME,
          "avgPool3d" + padding,
          (tf, x) -> tf.nn.avgPool3d(x, ones(3, 3), ones(2, 3), padding));
    }
    on(
        MAP,
        "explicitPadding",
        (tf, x) ->
            tf.nn.conv2d(
                x,
                w(tf, 3, 3, 3, 4),
                ones(2, 2),
                "EXPLICIT",
                org.tensorflow.op.nn.Conv2d.explicitPaddings(
                    List.of(0L, 0L, 1L, 2L, 0L, 1L, 0L, 0L))));
    for (int kernel : new int[] {2, 3, 4}) {
      on(
          MAP,
          "transposedConv" + kernel,
          (tf, x) ->
              tf.nn.conv2dBackpropInput(
                  tf.stack(
                      List.of(
                          tf.gather(tf.shape(x), tf.constant(0), tf.constant(0)),
                          tf.constant(12),
                          tf.constant(16),
                          tf.constant(4))),
                  w(tf, kernel, kernel, 4, 3),
                  x,
                  ones(2, 2),
                  "SAME"));
    }
    on(
        VOLUME,
        "transposedConv3d",
        (tf, x) ->
            tf.nn.conv3dBackpropInput(
                tf.stack(
                    List.of(
                        tf.gather(tf.shape(x), tf.constant(0), tf.constant(0)),
                        tf.constant(8),
                        tf.constant(12),
                        tf.constant(8),
                        tf.constant(3))),
                w(tf, 2, 2, 2, 3, 2),
                x,
                ones(2, 3),
                "VALID"));
    on(
        MAP,
        "batchNorm",
        (tf, x) ->
            tf.nn
                .fusedBatchNorm(
                    x,
                    w(tf, 3),
                    w(tf, 3),
                    w(tf, 3),
                    tf.math.abs(w(tf, 3)),
                    org.tensorflow.op.nn.FusedBatchNorm.isTraining(false),
                    org.tensorflow.op.nn.FusedBatchNorm.epsilon(1e-3f))
                .y());
    on(MAP, "depthToSpace", (tf, x) -> tf.nn.depthToSpace(conv(tf, x, 1, 1, "SAME"), 2L));
    on(MAP, "spaceToDepth", (tf, x) -> tf.nn.spaceToDepth(x, 2L));
    on(
        MAP,
        "bilinear",
        (tf, x) ->
            tf.image.resizeBilinear(
                x,
                tf.constant(new int[] {9, 13}),
                org.tensorflow.op.image.ResizeBilinear.halfPixelCenters(true)));
    on(
        MAP,
        "nearest",
        (tf, x) ->
            tf.image.resizeNearestNeighbor(
                x,
                tf.constant(new int[] {12, 24}),
                org.tensorflow.op.image.ResizeNearestNeighbor.halfPixelCenters(true)));
    on(
        MAP,
        "residual",
        (tf, x) -> {
          Operand<TFloat32> y = tf.nn.relu(conv(tf, x, 3, 1, "SAME"));
          Operand<TFloat32> scaled = tf.math.mul(y, w(tf, 4));
          return tf.math.add(tf.nn.biasAdd(scaled, w(tf, 4)), conv(tf, x, 1, 1, "SAME"));
        });
  }

  @TestFactory
  Stream<DynamicTest> eachGivesTheSameInOnnxRuntime() {
    pointwise();
    rare();
    shapes();
    layers();
    return cases.values().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> compare(one)));
  }

  /** A translation that nobody tries is worth nothing. */
  @Test
  void everyTranslationIsTried() {
    pointwise();
    rare();
    shapes();
    layers();
    Set<String> untried = new TreeSet<>(Operations.known());
    for (Case one : cases.values()) {
      try (FunctionsGraph graph = graph(one)) {
        graph.graph().toGraphDef().getNodeList().stream()
            .map(NodeDef::getOp)
            .forEach(untried::remove);
      }
    }
    assertThat(untried).isEmpty();
  }

  private static FunctionsGraph graph(Case one) {
    Field field = Field.of(X, FieldType.FLOAT32, one.shape());
    ModelFunction function =
        new ModelFunction(
            "f",
            List.of(field),
            (scope, batch) -> Map.of(Y, one.body().apply(scope.tf(), batch.floats(X))));
    FrozenModel model = new FrozenModel(List.of(function), new ParameterStore());
    return new FunctionsGraph(model, Map.of("f", List.of(field)), 1);
  }

  private static void compare(Case one) throws OrtException, IOException {
    try (FunctionsGraph graph = graph(one);
        OrtSession session = session(graph)) {
      FunctionsGraph.Function f = graph.functions().get("f");
      for (int batch : new int[] {1, 3}) {
        long[] shape = new long[one.shape().length + 1];
        shape[0] = batch;
        int n = batch;
        for (int i = 0; i < one.shape().length; i++) {
          shape[i + 1] = one.shape()[i] < 0 ? 7 + i : one.shape()[i];
          n *= (int) shape[i + 1];
        }
        float[] values = new float[n];
        SplittableRandom random = new SplittableRandom(batch);
        for (int i = 0; i < n; i++) {
          values[i] = (float) (2 * random.nextDouble() - 1);
        }
        try (Tensor x = Tensors.of(shape, values);
            Result here =
                graph
                    .session()
                    .runner()
                    .feed(f.inputs().get(X), x)
                    .fetch(f.outputs().get(Y))
                    .run();
            OnnxTensor fed =
                OnnxTensor.createTensor(
                    OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), shape);
            OrtSession.Result there = session.run(Map.of(X, fed))) {
          OnnxTensor found = (OnnxTensor) there.get(Y).orElseThrow();
          assertThat(found.getInfo().getShape()).isEqualTo(here.get(0).shape().asArray());
          FloatBuffer numbers = found.getFloatBuffer();
          float[] expected = Tensors.floats(Tensors.value(here.get(0)));
          for (float e : expected) {
            assertThat(numbers.get())
                .isCloseTo(
                    e, org.assertj.core.api.Assertions.within(2e-5f * Math.max(1, Math.abs(e))));
          }
        }
      }
    }
  }

  private static OrtSession session(FunctionsGraph graph) throws OrtException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OnnxFunction.of(graph, "f").write(bytes, "1");
    return OrtEnvironment.getEnvironment().createSession(bytes.toByteArray());
  }

  @Test
  void whatHasNoTranslationIsNamed() {
    Case one = new Case("", ROW, (tf, x) -> tf.math.lgamma(tf.math.sinh(tf.math.exp(x))));
    try (FunctionsGraph graph = graph(one)) {
      assertThatThrownBy(() -> OnnxFunction.of(graph, "f"))
          .isInstanceOf(OnnxFunction.Refused.class)
          .hasMessageContaining("the operations Lgamma, Sinh")
          .hasMessageContaining("first at 'Sinh'");
    }
  }

  @Test
  void whatDoesNotDependOnTheRecordsIsComputedBefore() throws Exception {
    Case one =
        new Case(
            "",
            ROW,
            (tf, x) -> tf.math.add(x, tf.math.lgamma(tf.math.abs(w(tf, 5))))); // no such in ONNX
    compare(one);
  }
}
