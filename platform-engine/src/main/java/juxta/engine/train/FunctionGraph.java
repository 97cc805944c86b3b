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
 * A function of a model alone in a graph, in inference mode and float32, with the weights in a
 * session: what is written for other programs.
 */
public final class FunctionGraph implements AutoCloseable {
  private final ModelFunction function;
  private final List<Field> fields;
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> outputs;
  private final GraphSession session;

  /**
   * Builds a function.
   *
   * @param model the trained model
   * @param name the function
   * @param fields what it is fed with, as {@link ModelFunction#prepared} or with lengths where that
   *     leaves them open
   * @param seed the run's seed
   * @throws juxta.api.UserException if the model lacks the function, or it cannot be built for such
   *     fields
   */
  public FunctionGraph(FrozenModel model, String name, List<Field> fields, long seed) {
    this.function = model.function(name);
    this.fields = List.copyOf(fields);
    GraphSession opened = null;
    try {
      builder = new GraphBuilder(graph, seed, Inference.phase(name));
      fields.forEach(f -> inputs.put(f.name(), AppliedFunction.placeholder(builder, f)));
      outputs = FrozenModel.build(function, builder.root().frozen(), new Batch(Map.copyOf(inputs)));
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

  /**
   * The function.
   *
   * @return as the method declared it
   */
  public ModelFunction function() {
    return function;
  }

  /**
   * What the graph is fed with.
   *
   * @return the fields, with the shape of one record; -1 where it may differ
   */
  public List<Field> fields() {
    return fields;
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
   * Where the graph is fed.
   *
   * @return a placeholder for each of {@link #fields}, by its name
   */
  public Map<String, Placeholder<?>> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /**
   * What it computes.
   *
   * @return results by name, each with a row a record
   */
  public Map<String, Operand<TFloat32>> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /**
   * The session that holds the parameters' values.
   *
   * @return the session, which this graph closes
   */
  public Session session() {
    return session.session();
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

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
