package juxta.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * The floor: forward, backward and update of {@link BareNetwork} on views that exist already, and
 * nothing else.
 */
final class BareLane implements Lane {
  private final Graph graph = new Graph();
  private final Session session;
  private final BareNetwork network;
  private final Placeholder<TFloat32> images;
  private final Operand<TFloat32> loss;
  private final Op train;
  private final TFloat32 views;

  BareLane(Options options, ConfigProto config) {
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(2L * options.batch(), options.side(), options.side(), 3);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    network = new BareNetwork(tf);
    Operand<TFloat32> h = network.encoder(images);
    Operand<TFloat32> z = network.head(h, 512, SimclrSetup.PROJECTION);
    loss = network.loss(z, options.batch(), (float) SimclrSetup.TEMPERATURE);
    train = update(tf, (float) SimclrSetup.rate(options.batch()));
    session = new Session(graph, config);
    Session.Runner first = session.runner();
    network.initializers().forEach(first::addTarget);
    first.run().close();
    float[] pixels = new Noise(2 * options.batch(), options.side()).floats();
    views = TFloat32.tensorOf(shape, DataBuffers.of(pixels));
  }

  /** Momentum SGD with weight decay on matrices and kernels. */
  private Op update(Ops tf, float rate) {
    List<BareNetwork.Weight> weights = List.copyOf(network.weights());
    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(),
            weights.stream().map(w -> w.value().asOutput()).toArray(Output<?>[]::new));
    List<Op> updates = new ArrayList<>(network.statistics());
    for (int i = 0; i < gradients.length; i++) {
      BareNetwork.Weight w = weights.get(i);
      @SuppressWarnings("unchecked") // gradients have the type of what they are gradients of
      Operand<TFloat32> g = (Operand<TFloat32>) gradients[i];
      if (w.shape().length > 1) {
        g = tf.math.add(g, tf.math.mul(w.value(), tf.constant((float) SimclrSetup.DECAY)));
      }
      Operand<TFloat32> zeros = tf.zeros(tf.constant(w.shape()), TFloat32.class);
      updates.add(
          tf.withControlDependencies(List.of(w.value()))
              .train
              .resourceApplyMomentum(
                  w.handle(),
                  network.variable(zeros, w.shape()).handle(),
                  tf.constant(rate),
                  g,
                  tf.constant((float) SimclrSetup.MOMENTUM)));
    }
    return tf.withControlDependencies(updates).noOp();
  }

  /** Number of trained values. */
  long parameters() {
    return network.weights().stream().mapToLong(BareNetwork.Weight::size).sum();
  }

  @Override
  public String name() {
    return "bare graph";
  }

  @Override
  public Sample step() {
    Stopwatch watch = Stopwatch.start();
    try (Result result = session.runner().feed(images, views).addTarget(train).fetch(loss).run()) {
      return watch.stop(((TFloat32) result.get(0)).getFloat());
    }
  }

  @Override
  public void close() {
    views.close();
    session.close();
    graph.close();
  }
}
