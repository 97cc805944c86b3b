package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Builds one graph: keeps its parameters, the scalars that are fed, and the updates of a step. The
 * engine (or a test) reads them from here; authors see the {@link GraphScope} of {@link #root}.
 *
 * <p>Every parameter is read once a step, and updates wait for that read: whatever a step computes,
 * it computes from the values before the step.
 */
public final class GraphBuilder {
  private final Graph graph;
  private final Ops tf;
  private final Site site;
  private final long seed;
  private final String phase;
  private final Arithmetic arithmetic;
  private final Placeholder<TInt64> step;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> scalars = new LinkedHashMap<>();
  private final Map<String, Integer> purposes = new HashMap<>();
  private final List<Op> updates = new ArrayList<>();
  private final Map<String, Op> assignments = new LinkedHashMap<>();
  private boolean learns;

  /** A parameter with what is needed to give it a value. */
  private record Slot(
      Parameter<?> parameter,
      Operand<? extends TType> read,
      Op initialize,
      Placeholder<? extends TType> replacement,
      Op replace,
      String follows) {}

  /**
   * Starts a graph whose layers compute in float32.
   *
   * @param graph the empty graph; the caller closes it
   * @param seed the run's seed
   * @param phase name of the phase, part of every seed that {@link GraphScope#seed} makes
   */
  public GraphBuilder(Graph graph, long seed, String phase) {
    this(graph, seed, phase, Optional.empty());
  }

  /**
   * Starts a graph whose layers compute in float32, perhaps on a device that is named.
   *
   * @param graph the empty graph; the caller closes it
   * @param seed the run's seed
   * @param phase name of the phase, part of every seed that {@link GraphScope#seed} makes
   * @param spread the device, empty for one that TensorFlow chooses
   */
  public GraphBuilder(Graph graph, long seed, String phase, Optional<Spread> spread) {
    this(graph, seed, phase, Arithmetic.FLOAT32, spread, false);
  }

  /**
   * Starts a graph that this machine is to run as it is: layers may then leave parts of it to
   * TensorFlow's compiler, which takes some tenths of a second in the first step.
   *
   * @param graph the empty graph; the caller closes it
   * @param seed the run's seed
   * @param phase name of the phase, part of every seed that {@link GraphScope#seed} makes
   * @param arithmetic how layers compute their products
   */
  public GraphBuilder(Graph graph, long seed, String phase, Arithmetic arithmetic) {
    this(graph, seed, phase, arithmetic, Optional.empty());
  }

  /**
   * Starts a graph whose batches several devices share.
   *
   * @param graph the empty graph; the caller closes it
   * @param seed the run's seed
   * @param phase name of the phase, part of every seed that {@link GraphScope#seed} makes
   * @param arithmetic how layers compute their products
   * @param spread the devices, empty for one that TensorFlow chooses
   */
  public GraphBuilder(
      Graph graph, long seed, String phase, Arithmetic arithmetic, Optional<Spread> spread) {
    this(graph, seed, phase, arithmetic, spread, arithmetic.processor());
  }

  private GraphBuilder(
      Graph graph,
      long seed,
      String phase,
      Arithmetic arithmetic,
      Optional<Spread> spread,
      boolean compiles) {
    this.site = new Site(spread);
    this.arithmetic = arithmetic;
    this.graph = graph;
    this.tf = NotedScope.ops(graph, site);
    site.home(tf);
    this.seed = seed;
    this.phase = phase;
    if (compiles) {
      Compiled.allow(tf);
    }
    this.step = named("juxta.step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  }

  /**
   * The graph.
   *
   * @return the graph given at the start
   */
  public Graph graph() {
    return graph;
  }

  /**
   * The root of the graph.
   *
   * @return the scope with an empty name
   */
  public GraphScope root() {
    return new BuilderScope(this, tf, "", true, null);
  }

  /**
   * The placeholder of the step's number.
   *
   * @return a scalar
   */
  public Placeholder<TInt64> step() {
    return step;
  }

  /**
   * The scalars that must be fed.
   *
   * @return placeholders by name
   */
  public Map<String, Placeholder<TFloat32>> scalars() {
    return Collections.unmodifiableMap(scalars);
  }

  /**
   * All parameters in order of creation.
   *
   * @return the parameters
   */
  public List<Parameter<?>> parameters() {
    return slots.values().stream().<Parameter<?>>map(Slot::parameter).toList();
  }

  /**
   * The operation that gives a parameter its first value.
   *
   * @param parameter full name
   * @return the operation
   */
  public Op initializer(String parameter) {
    return slot(parameter).initialize();
  }

  /**
   * The placeholder whose value {@link #replacer} writes into a parameter.
   *
   * @param parameter full name
   * @return the placeholder, of the parameter's shape in the graph
   */
  public Placeholder<? extends TType> replacement(String parameter) {
    return slot(parameter).replacement();
  }

  /**
   * The operation that writes the value of {@link #replacement} into a parameter.
   *
   * @param parameter full name
   * @return the operation
   */
  public Op replacer(String parameter) {
    return slot(parameter).replace();
  }

  /**
   * The operation that reads a parameter as it is.
   *
   * @param parameter full name
   * @return the stored value; of a moving average, the one before this step
   */
  public Operand<? extends TType> stored(String parameter) {
    return slot(parameter).read();
  }

  /**
   * The weight that a moving average follows.
   *
   * @param parameter full name
   * @return full name of the weight followed, or the parameter's own name if it follows none
   */
  public String followed(String parameter) {
    return slot(parameter).follows();
  }

  /**
   * Everything that a step runs for its effect: one assignment for each parameter that has any, the
   * last, and all other updates.
   *
   * @return the operations, in no particular order
   */
  public List<Op> updates() {
    List<Op> all = new ArrayList<>(assignments.values());
    all.addAll(updates);
    return Collections.unmodifiableList(all);
  }

  /**
   * Whether a step changes anything that is trained.
   *
   * @return false if all that it updates is statistics and averages
   */
  public boolean learns() {
    return learns;
  }

  private Slot slot(String parameter) {
    Slot slot = slots.get(parameter);
    if (slot == null) {
      throw new IllegalArgumentException(
          "no parameter '" + parameter + "'; there are " + slots.keySet());
    }
    return slot;
  }

  /**
   * Makes operations that bear a name, numbered from the second on. TensorFlow's own sub-scopes
   * would do, but each of them goes through all operations of the graph: building a model of some
   * thousand operations then takes a minute.
   */
  Ops named(String name) {
    return tf.withName(name);
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  Parameter<?> parameter(String name) {
    return slot(name).parameter();
  }

  boolean has(String name) {
    return slots.containsKey(name);
  }

  Placeholder<TFloat32> scalar(String name) {
    return scalars.computeIfAbsent(
        name,
        n -> named("scalar." + n).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())));
  }

  Operand<TInt64> seed(String purpose) {
    return site.seed(
        () -> {
          int number = purposes.merge(purpose, 1, Integer::sum);
          long mixed = Seeds.mix(Seeds.mix(seed, phase, purpose), number);
          return tf.stack(List.of(tf.constant(mixed), step));
        });
  }

  /** The devices that share batches. */
  Optional<Spread> spread() {
    return site.spread();
  }

  void update(Op op) {
    if (site.inPart()) {
      return; // the rehearsal has made the one for the whole batch
    }
    updates.add(op);
    learns = true;
  }

  /** Two assignments of one parameter in one step would race; the last one made stands. */
  void assignment(Parameter<?> parameter, Op op) {
    if (site.inPart()) {
      return; // the rehearsal has made the one for the whole batch
    }
    assignments.put(parameter.name(), op);
    learns |= parameter.trained();
  }

  /** Reads that an update of this parameter must wait for. */
  Operand<? extends TType> read(Parameter<?> parameter) {
    return slot(parameter.name()).read();
  }

  <T extends TNumber> Parameter<T> create(Creation<T> c) {
    if (slots.containsKey(c.name())) {
      throw new IllegalStateException(
          "parameter '" + c.name() + "' is made twice; make a layer once and apply it often");
    }
    Ops at = named("parameter." + c.name());
    Shape shape = Shape.of(c.shape());
    VarHandleOp handle =
        VarHandleOp.create(at.scope(), c.type(), shape, VarHandleOp.sharedName(c.name()));
    Operand<T> read = at.readVariableOp(handle, c.type());
    Operand<TInt64> firstSeed = at.constant(new long[] {Seeds.mix(seed, c.seedName()), 0});
    Op initialize = at.assignVariableOp(handle, c.initializer().create(at, c.shape(), firstSeed));
    Placeholder<T> replacement = at.placeholder(c.type(), Placeholder.shape(shape));
    Op replace = at.assignVariableOp(handle, replacement);
    Operand<T> value = c.value().apply(read);
    Parameter<T> parameter =
        new Parameter<>(
            c.name(),
            c.type(),
            java.util.Arrays.stream(c.shape()).boxed().toList(),
            c.layout(),
            c.trained(),
            value,
            handle);
    slots.put(c.name(), new Slot(parameter, read, initialize, replacement, replace, c.seedName()));
    return parameter;
  }

  /** What a new parameter is made of. */
  record Creation<T extends TNumber>(
      String name,
      String seedName,
      Class<T> type,
      Layout layout,
      boolean trained,
      juxta.api.Initializer<T> initializer,
      long[] shape,
      java.util.function.UnaryOperator<Operand<T>> value) {}
}
