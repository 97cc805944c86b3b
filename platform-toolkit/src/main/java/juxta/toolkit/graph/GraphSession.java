package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Parameter;
import juxta.api.Value;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * Runs a built graph: gives parameters their values, feeds step number and scalars, copies results
 * to the host. The engine drives its steps with this; method authors can try a graph with it.
 */
public final class GraphSession implements AutoCloseable {
  /** Bytes of parameters that are written in one run: more would fill the memory twice. */
  private static final long AT_ONCE = 1 << 26;

  /**
   * On the processor, even where there are cards. TensorFlow rewrites a graph before its first run,
   * which takes seconds for the step of a large network; layouts, memory and functions are matters
   * of cards. The second pass over the graph stays: with one alone, V-Net's steps gave other last
   * bits from one run to the next.
   */
  public static final ConfigProto PROCESSOR =
      ConfigProto.newBuilder()
          .putDeviceCount("GPU", 0)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(
                      RewriterConfig.newBuilder()
                          .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
                          .setLayoutOptimizer(RewriterConfig.Toggle.OFF)
                          .setLoopOptimization(RewriterConfig.Toggle.OFF)
                          .setFunctionOptimization(RewriterConfig.Toggle.OFF)
                          .setImplementationSelector(RewriterConfig.Toggle.OFF)))
          .build();

  private final GraphBuilder builder;
  private final Optional<Remote> remote;
  private final Wired wired;
  private final Session session;
  private final Map<String, Tensor> scalars = new HashMap<>();
  private final Optional<OperationProfile> profile = OperationProfile.wanted();
  private Tensor step;
  private boolean failed;

  /**
   * Opens a session on the processor, with TensorFlow's default configuration: small computations
   * must not take a card's memory, nor fix how TensorFlow numbers the cards of the process.
   *
   * @param builder the finished graph
   */
  public GraphSession(GraphBuilder builder) {
    this(builder, PROCESSOR);
  }

  /**
   * Opens a session.
   *
   * @param builder the finished graph; nothing may be added to it afterwards
   * @param config TensorFlow's configuration
   */
  public GraphSession(GraphBuilder builder, ConfigProto config) {
    this(builder, config, Optional.empty());
  }

  /**
   * Opens a session, perhaps at a server of TensorFlow.
   *
   * @param builder the finished graph; nothing may be added to it afterwards
   * @param config TensorFlow's configuration
   * @param remote the server, empty for this process
   */
  public GraphSession(GraphBuilder builder, ConfigProto config, Optional<Remote> remote) {
    this.builder = builder;
    this.remote = remote;
    this.wired = Wired.of(builder);
    try {
      this.session =
          remote.isEmpty()
              ? new Session(wired.graph(), config)
              : remote.get().within(() -> remote.get().open(wired.graph(), config));
    } catch (RuntimeException | Error e) {
      wired.close();
      throw e;
    }
    this.step = Tensors.scalar(0L);
  }

  /**
   * TensorFlow's session, for what writes it to files.
   *
   * @return the session, which this one closes
   */
  public Session session() {
    return session;
  }

  /** Gives every parameter the first value that its initializer makes. */
  public void initialize() {
    initialize(builder.parameters().stream().map(Parameter::name).toList());
  }

  /**
   * Gives some parameters the first value that their initializers make.
   *
   * @param parameters full names
   */
  public void initialize(List<String> parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    Session.Runner runner = session.runner();
    parameters.forEach(name -> runner.addTarget(wired.in(builder.initializer(name))));
    run(runner).close();
  }

  /** Runs, with a limit of time where others have a part in it. */
  private Result run(Session.Runner runner) {
    if (remote.isEmpty()) {
      return runner.run();
    }
    RunOptions limit = RunOptions.newBuilder().setTimeoutInMs(remote.get().millis()).build();
    try {
      return remote.get().within(() -> runner.setOptions(limit).run());
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /**
   * Gives a parameter a value.
   *
   * @param parameter full name
   * @param value of the parameter's type and shape in the graph
   */
  public void write(String parameter, Tensor value) {
    run(session
            .runner()
            .feed(wired.in(builder.replacement(parameter)), value)
            .addTarget(wired.in(builder.replacer(parameter))))
        .close();
  }

  /**
   * Gives parameters their values, many in a run: TensorFlow looks through the whole graph before
   * each kind of run, which took seconds where every parameter had one of its own.
   *
   * @param values by full name, of the parameters' types and shapes in the graph
   */
  public void write(Map<String, Value> values) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      long bytes = 0;
      for (Map.Entry<String, Value> entry : values.entrySet()) {
        Tensor tensor = Tensors.of(entry.getValue());
        fed.add(tensor);
        bytes += tensor.numBytes();
        runner
            .feed(wired.in(builder.replacement(entry.getKey())), tensor)
            .addTarget(wired.in(builder.replacer(entry.getKey())));
        if (bytes > AT_ONCE) {
          run(runner).close();
          fed.forEach(Tensor::close);
          fed.clear();
          runner = session.runner();
          bytes = 0;
        }
      }
      if (!fed.isEmpty()) {
        run(runner).close();
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /**
   * Gives a parameter a value.
   *
   * @param parameter full name
   * @param value of the parameter's type and shape in the graph
   */
  public void write(String parameter, Value value) {
    try (Tensor tensor = Tensors.of(value)) {
      write(parameter, tensor);
    }
  }

  /**
   * Runs an operation that needs nothing but one tensor.
   *
   * @param placeholder what is fed
   * @param value its value
   * @param operation what runs
   */
  public void feed(Operand<?> placeholder, Tensor value, Op operation) {
    run(session.runner().feed(wired.in(placeholder), value).addTarget(wired.in(operation))).close();
  }

  /**
   * Values of parameters, all from the same moment.
   *
   * @param parameters full names
   * @return values by name, in the graph's layout
   */
  public Map<String, Value> read(List<String> parameters) {
    Map<String, Value> values = new LinkedHashMap<>();
    if (parameters.isEmpty()) {
      return values;
    }
    Session.Runner runner = session.runner();
    parameters.forEach(name -> runner.fetch(wired.in(builder.stored(name))));
    try (Result result = run(runner)) {
      for (int i = 0; i < parameters.size(); i++) {
        values.put(parameters.get(i), Tensors.value(result.get(i)));
      }
    }
    return values;
  }

  /**
   * Sets the number of the step that the next runs belong to.
   *
   * @param number from 0
   */
  public void step(long number) {
    step.close();
    step = Tensors.scalar(number);
  }

  /**
   * Sets a scalar that the next runs are fed.
   *
   * @param name name of the scalar
   * @param value its value
   */
  public void scalar(String name, double value) {
    Tensor old = scalars.put(name, Tensors.scalar((float) value));
    if (old != null) {
      old.close();
    }
  }

  /**
   * Runs a part of the graph. The caller closes the result.
   *
   * @param feeds tensors by placeholder
   * @param fetches what to compute
   * @param targets what to run besides
   * @return the computed tensors, in order
   */
  public Result run(
      Map<? extends Operand<?>, Tensor> feeds,
      List<? extends Operand<?>> fetches,
      List<Op> targets) {
    Session.Runner runner = session.runner();
    runner.feed(wired.in(builder.step()), step);
    builder
        .scalars()
        .forEach(
            (name, placeholder) -> {
              Tensor value = scalars.get(name);
              if (value == null) {
                throw new IllegalStateException("scalar '" + name + "' was not set");
              }
              runner.feed(wired.in(placeholder), value);
            });
    feeds.forEach((placeholder, value) -> runner.feed(wired.in(placeholder), value));
    fetches.forEach(fetch -> runner.fetch(wired.in(fetch)));
    targets.forEach(target -> runner.addTarget(wired.in(target)));
    return profile.isPresent() && !targets.isEmpty() ? profile.get().run(runner) : run(runner);
  }

  /**
   * Runs a part of the graph and copies the results to the host.
   *
   * @param feeds tensors by placeholder
   * @param fetches what to compute
   * @param targets what to run besides
   * @return the computed values, in order
   */
  public List<Value> values(
      Map<? extends Operand<?>, Tensor> feeds,
      List<? extends Operand<?>> fetches,
      List<Op> targets) {
    try (Result result = run(feeds, fetches, targets)) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < fetches.size(); i++) {
        values.add(Tensors.value(result.get(i)));
      }
      return values;
    }
  }

  /**
   * Computes one tensor of floats without feeding anything.
   *
   * @param fetch what to compute
   * @return its elements, row-major
   */
  public float[] floats(Operand<TFloat32> fetch) {
    return Tensors.floats(values(Map.of(), List.of(fetch), List.of()).get(0));
  }

  @Override
  public void close() {
    if (failed) {
      return; // a session at a server that does not answer does not close; the run ends with it
    }
    step.close();
    scalars.values().forEach(Tensor::close);
    session.close();
    wired.close();
  }
}
