package juxta.engine.hardware;

import java.util.List;
import java.util.Map;
import juxta.toolkit.graph.SessionDevice;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * Tries TensorFlow in a process of its own: its library may be missing, or may kill the process.
 * Prints TensorFlow's version, what devices it opens, and what computes a convolution, which oneDNN
 * says by itself when it is asked to be verbose.
 */
public final class Probe {
  static final String VERSION = "juxta-probe version ";
  static final String DEVICE = "juxta-probe device ";
  static final String BEGIN = "juxta-probe begin ";
  static final String DONE = "juxta-probe done";
  static final String FAILED = "juxta-probe failed ";
  private static final int CHANNELS = 16;

  private Probe() {}

  /**
   * Tries it.
   *
   * @param words none
   */
  public static void main(String[] words) {
    try {
      System.out.println(VERSION + TensorFlow.version());
      ConfigProto.Builder all = ConfigProto.newBuilder();
      all.getGpuOptionsBuilder().setAllowGrowth(true); // others may be at work on the cards
      for (SessionDevice device : SessionDevice.of(all.build())) {
        System.out.println(DEVICE + device.type() + " " + device.memory());
      }
      begin("float32");
      convolve(false);
      begin("bf16");
      convolve(true);
      System.out.println(DONE);
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      System.out.println(FAILED + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
    System.out.flush();
    System.exit(0);
  }

  private static void begin(String precision) {
    System.out.println(BEGIN + precision);
    System.out.flush(); // the native library prints past Java's buffer
  }

  private static void convolve(boolean bf16) {
    ConfigProto config = ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(Shape.of(2, CHANNELS, CHANNELS, CHANNELS)));
      Placeholder<TFloat32> w =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(3, 3, CHANNELS, CHANNELS)));
      List<Long> strides = List.of(1L, 1L, 1L, 1L);
      Operand<TFloat32> y =
          bf16
              ? tf.dtypes.cast(
                  tf.nn.conv2d(
                      tf.dtypes.cast(x, TBfloat16.class),
                      tf.dtypes.cast(w, TBfloat16.class),
                      strides,
                      "SAME"),
                  TFloat32.class)
              : tf.nn.conv2d(x, w, strides, "SAME");
      try (Session session = new Session(graph, config);
          TFloat32 images = TFloat32.tensorOf(x.shape(), data -> {});
          TFloat32 weights = TFloat32.tensorOf(w.shape(), data -> {})) {
        Session.Runner runner = session.runner().fetch(y);
        Map<Placeholder<TFloat32>, Tensor> feeds = Map.of(x, images, w, weights);
        feeds.forEach(runner::feed);
        runner.run().close();
      }
    }
  }
}
