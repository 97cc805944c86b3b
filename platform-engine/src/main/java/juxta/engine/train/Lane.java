package juxta.engine.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.ModelFunction;
import juxta.api.Sampler;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Remote;
import juxta.toolkit.graph.Spread;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** What one device does of a pass over a split: every n-th batch, one after the other. */
final class Lane implements AutoCloseable {
  /**
   * A pass over a split.
   *
   * @param model the model
   * @param function its function
   * @param split the records
   * @param output which of the function's outputs is wanted
   * @param seed for functions that draw at random
   * @param batch records at once
   */
  record Pass(
      FrozenModel model, String function, Split split, String output, long seed, int batch) {}

  /**
   * What was made of a batch.
   *
   * @param from the record of the first row
   * @param output float32 [records of the batch, …]
   */
  record Made(int from, Value output) {
    void to(Inference.Rows rows) {
      rows.take(from, output);
    }
  }

  private final int size;
  private final int atOnce;
  private final long stride;
  private final Graph graph = new Graph();
  private final Operand<TFloat32> wanted;
  private final GraphSession session;
  private final Prefetch prefetch;
  private long batch;

  /** All batches, on the device that TensorFlow chooses. */
  Lane(Pass pass, ConfigProto config, long from, long to, long resident) {
    this(pass, Optional.empty(), config, Optional.empty(), from, to, 1, resident);
  }

  /** Every n-th batch, on a device. */
  Lane(Pass pass, Placement placement, String device, long from, long to, long stride) {
    this(
        pass,
        Optional.of(new Spread(List.of(device), true)),
        placement.passes(),
        placement.remote(),
        from,
        to,
        stride,
        0);
  }

  private Lane(
      Pass pass,
      Optional<Spread> device,
      ConfigProto config,
      Optional<Remote> remote,
      long from,
      long to,
      long stride,
      long resident) {
    this.size = pass.split().size();
    this.atOnce = pass.batch();
    this.batch = from;
    this.stride = stride;
    GraphSession opened = null;
    try {
      ModelFunction function = pass.model().function(pass.function());
      GraphBuilder builder =
          new GraphBuilder(graph, pass.seed(), Inference.phase(pass.function()), device);
      Feed feed = Inference.feed(builder, function, pass.split(), resident);
      Map<String, Operand<TFloat32>> outputs = Inference.build(function, builder, feed);
      wanted = outputs.get(pass.output());
      if (wanted == null) {
        throw new UserException(
            "function '"
                + pass.function()
                + "' has no output '"
                + pass.output()
                + "'; it has "
                + outputs.keySet());
      }
      opened = new GraphSession(builder, config, remote);
      Inference.load(pass.model().store(), builder, opened);
      feed.settle(Reach.of(graph, List.of(wanted), List.of()));
      feed.start(opened::feed);
      session = opened;
      long steps = (to - from + stride - 1) / stride;
      prefetch = new Prefetch(steps, step -> prepare(feed, from + step * stride));
    } catch (RuntimeException | Error e) {
      if (opened != null) {
        opened.close();
      }
      graph.close();
      throw e;
    }
  }

  private Prefetch.Prepared prepare(Feed feed, long batch) {
    int from = Math.toIntExact(batch * atOnce);
    int[] records = IntStream.range(from, Math.min(size, from + atOnce)).toArray();
    return new Prefetch.Prepared(batch, Map.of(Sampler.MAIN, records), feed.tensors(records));
  }

  /** Makes the next batch. */
  Made next() {
    try (Prefetch.Prepared prepared = prefetch.take(0)) {
      session.step(batch); // a function that draws at random draws anew for each batch
      batch += stride;
      int[] records = prepared.records().get(Sampler.MAIN);
      return new Made(
          records[0], session.values(prepared.tensors(), List.of(wanted), List.of()).get(0));
    }
  }

  @Override
  public void close() {
    prefetch.close();
    session.close();
    graph.close();
  }
}
