package juxta.engine.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Remote;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * A small graph that runs on the processor of one server, in the session that all share who ask
 * that server itself: its variables and queues are those of all of them. Sessions that span several
 * servers have their own.
 */
public final class ServerGraph implements AutoCloseable {
  private static final DeviceSpec PROCESSOR =
      DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build();

  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 0, "server");
  private final Remote server;
  private GraphSession session;
  private boolean failed;

  /**
   * An empty graph.
   *
   * @param server where it runs
   */
  public ServerGraph(Remote server) {
    this.server = server;
  }

  /**
   * Where operations are made, before the first run.
   *
   * @return operations
   */
  public Ops tf() {
    return builder.root().tf().withDevice(PROCESSOR);
  }

  /**
   * Runs a part of it; one run at a time.
   *
   * @param feeds tensors by placeholder
   * @param fetches what to compute
   * @param targets what to run besides
   * @return the computed tensors, which the caller closes
   */
  public Result run(
      Map<? extends Operand<?>, Tensor> feeds,
      List<? extends Operand<?>> fetches,
      List<Op> targets) {
    try {
      if (session == null) {
        session = new GraphSession(builder, ConfigProto.getDefaultInstance(), Optional.of(server));
      }
      return session.run(feeds, fetches, targets);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** After a fault nothing: a session at a server that does not answer does not close. */
  @Override
  public void close() {
    if (failed) {
      return;
    }
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
