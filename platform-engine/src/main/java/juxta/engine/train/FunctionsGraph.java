package juxta.engine.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Functions of a model alone in a graph, in inference mode and float32, with the weights in a
 * session: what is written for other programs.
 */
public final class FunctionsGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final GraphSession session;

  /**
   * A function in the graph.
   *
   * @param fields what it is fed with, with the shape of one record; -1 where it may differ
   * @param inputs where each of them is fed, by name
   * @param outputs what it computes by name, each with a row a record
   */
  public record Function(
      List<Field> fields,
      Map<String, Placeholder<?>> inputs,
      Map<String, Operand<TFloat32>> outputs) {
    /**
     * Copies.
     *
     * @param fields see the record
     * @param inputs see the record
     * @param outputs see the record
     */
    public Function {
      fields = List.copyOf(fields);
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * A batch of zeros of one record; where a length is left open it has 32.
     *
     * @return values by input
     */
    public Map<String, Value> zeros() {
      Map<String, Value> batch = new LinkedHashMap<>();
      for (Field field : fields) {
        List<Long> shape = new ArrayList<>(List.of(1L));
        field.shape().forEach(d -> shape.add(d < 0 ? 32 : d));
        long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
        int bytes = Math.toIntExact(elements * field.type().bytes());
        batch.put(field.name(), new Value(field.type(), shape, ByteBuffer.allocate(bytes)));
      }
      return batch;
    }
  }

  /**
   * Builds functions, which share the weights.
   *
   * @param model the trained model
   * @param fields what each function is fed with, by its name: as {@link ModelFunction#prepared},
   *     or with lengths where that leaves them open
   * @param seed the run's seed
   * @throws juxta.api.UserException if the model lacks a function, or it cannot be built for such
   *     fields
   */
  public FunctionsGraph(FrozenModel model, Map<String, List<Field>> fields, long seed) {
    GraphSession opened = null;
    try {
      GraphBuilder builder = new GraphBuilder(graph, seed, "export");
      fields.forEach((name, given) -> functions.put(name, build(model, name, given, builder)));
      opened = new GraphSession(builder);
      Inference.load(model.store(), builder, opened);
      session = opened;
    } catch (RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      graph.close();
      throw e;
    }
  }

  private static Function build(
      FrozenModel model, String name, List<Field> fields, GraphBuilder builder) {
    Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
    fields.forEach(f -> inputs.put(f.name(), AppliedFunction.placeholder(builder, f)));
    return new Function(
        fields, inputs, model.apply(name, builder.root(), new Batch(Map.copyOf(inputs))));
  }

  /**
   * The functions.
   *
   * @return by name
   */
  public Map<String, Function> functions() {
    return Collections.unmodifiableMap(functions);
  }

  /**
   * The graph, which nothing is to be added to.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * The session that holds the parameters' values.
   *
   * @return the session, which this graph closes
   */
  public Session session() {
    return session.session();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
