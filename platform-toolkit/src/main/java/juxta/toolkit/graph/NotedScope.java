package juxta.toolkit.graph;

import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * TensorFlow's own scope, beside which it is noted where operations are made.
 *
 * @param scope the scope
 * @param made takes the notes
 * @param site on which device, and for which part of a batch
 */
record NotedScope(Scope scope, MadeAt made, Site site) implements Scope {
  /** Operations of a graph. */
  static Ops ops(Graph graph, Site site) {
    return Ops.create(new Noted(graph, new NotedScope(graph.baseScope(), new MadeAt(), site)));
  }

  private NotedScope with(Scope changed) {
    return new NotedScope(changed, made, site);
  }

  @Override
  public OperationBuilder opBuilder(String type, String name) {
    String unique = scope.makeOpName(name);
    made.note(type, unique);
    // not OperationBuilder.setDevice: the scope that a builder was made with has the last word
    Scope at = site.device(this).map(scope::withDevice).orElse(scope);
    return site.noted(scope.env().opBuilder(type, unique, at), type);
  }

  @Override
  public ExecutionEnvironment env() {
    return scope.env();
  }

  @Override
  public Scope withSubScope(String name) {
    return with(scope.withSubScope(name));
  }

  @Override
  public Scope withName(String name) {
    return with(scope.withName(name));
  }

  @Override
  public Scope withNameAsSubScope(String name) {
    return with(scope.withNameAsSubScope(name));
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return with(scope.withDevice(device));
  }

  @Override
  public Scope withInitScope() {
    return with(scope.withInitScope());
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> controls) {
    return with(scope.withControlDependencyOps(controls));
  }

  @Override
  public String makeOpName(String name) {
    return scope.makeOpName(name);
  }

  @Override
  public String makeUnique(String id) {
    return scope.makeUnique(id);
  }

  @Override
  public void refreshNames() {
    scope.refreshNames();
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return scope.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return scope.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return scope.isInit();
  }

  /** The graph, but with this scope for a start: {@link Ops} can be made in no other way. */
  private record Noted(Graph graph, Scope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope at) {
      return graph.opBuilder(type, name, at);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
