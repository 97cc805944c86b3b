package juxta.toolkit.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.UserException;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of a scalar, for all operations that TensorFlow, the toolkit or a plug-in knows how to
 * differentiate: {@link #types}, listed in {@code docs/gradients.md}.
 */
public final class Gradients {
  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final Pattern NO_GRADIENT = Pattern.compile("No gradient defined for op: (\\w+)");

  private Gradients() {}

  /**
   * Registers the gradient of an operation type that has none, for all graphs of the process. Call
   * it where the operation is made, as often as you like: of one module the last gradient holds.
   *
   * <p>The gradient gets operations to build with, the operation, and the gradients of its outputs
   * in order; it returns the gradients of the inputs, one for each, {@code tf.zerosLike(input)}
   * where there is none, never null. It is called while the graph is locked: asking an operand for
   * its static shape there would wait forever; {@code tf.shape(x)} does not.
   *
   * @param type the operation's type, such as {@code Cholesky}
   * @param gradient what builds its gradient
   * @throws UserException if another module registered one, or TensorFlow has one
   */
  public static void register(String type, RawCustomGradient gradient) {
    Class<?> caller = CALLERS.getCallerClass();
    Module module = caller.getModule();
    GradientTable.add(module.isNamed() ? module.getName() : caller.getName(), type, gradient);
  }

  /**
   * The operation types that have a gradient. Some of TensorFlow's have one that says that nothing
   * flows back, such as {@code Equal}.
   *
   * @return TensorFlow's, the toolkit's, and those registered so far
   */
  public static SortedSet<String> types() {
    return GradientTable.types();
  }

  /**
   * Gradients with respect to tensors of the graph.
   *
   * @param scope where to build
   * @param loss a scalar
   * @param tensors any tensors; those that the loss does not depend on get zeros
   * @return gradients of the tensors' shapes, in order
   */
  public static List<Operand<TFloat32>> of(
      GraphScope scope, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> tensors) {
    Map<Integer, Operand<TFloat32>> raw = raw(scope, loss, tensors);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Operand<TFloat32> gradient = raw.get(i);
      gradients.add(gradient == null ? scope.tf().zerosLike(tensors.get(i)) : gradient);
    }
    return gradients;
  }

  /**
   * Gradients with respect to trained parameters.
   *
   * @param scope where to build
   * @param loss a scalar
   * @param parameters parameters; those that are not trained or that the loss does not depend on
   *     are left out of the answer
   * @return gradients by parameter, in the order given
   */
  public static Map<Parameter<TFloat32>, Operand<TFloat32>> ofTrained(
      GraphScope scope, Operand<TFloat32> loss, List<Parameter<?>> parameters) {
    List<Parameter<TFloat32>> trained = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      if (parameter.trained()) {
        @SuppressWarnings("unchecked") // trained parameters are made by GraphScope.weight only
        Parameter<TFloat32> weight = (Parameter<TFloat32>) parameter;
        trained.add(weight);
      }
    }
    Map<Parameter<TFloat32>, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    raw(scope, loss, trained.stream().map(Parameter::value).toList())
        .forEach((i, gradient) -> gradients.put(trained.get(i), gradient));
    return gradients;
  }

  /** Gradients by position; tensors that the loss does not depend on are absent. */
  private static Map<Integer, Operand<TFloat32>> raw(
      GraphScope scope, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> tensors) {
    Site site = Site.of(scope.tf());
    List<Operand<TFloat32>> all = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Operand<TFloat32> tensor : tensors) {
      List<Operand<TFloat32>> parts = floats(site.partsOf(tensor));
      all.addAll(parts.isEmpty() ? List.of(tensor) : parts);
      counts.add(parts.size());
    }
    Map<Integer, Operand<TFloat32>> found = uncut(scope, loss, all);
    Map<Integer, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    int next = 0;
    for (int i = 0; i < tensors.size(); i++) {
      int from = next;
      next += Math.max(1, counts.get(i));
      if (IntStream.range(from, next).noneMatch(found::containsKey)) {
        continue;
      }
      gradients.put(
          i,
          counts.get(i) == 0
              ? found.get(from)
              : scope
                  .tf()
                  .concat(
                      IntStream.range(from, next)
                          .<Operand<TFloat32>>mapToObj(
                              k ->
                                  found.containsKey(k)
                                      ? found.get(k)
                                      : scope.tf().zerosLike(all.get(k)))
                          .toList(),
                      scope.tf().constant(0)));
    }
    return gradients;
  }

  /**
   * The parts that a tensor was joined from: what is made of the same parts beside it does not
   * depend on the tensor, but on them.
   */
  @SuppressWarnings("unchecked") // parts have the type of the whole
  private static List<Operand<TFloat32>> floats(List<Operand<?>> parts) {
    return parts.stream().<Operand<TFloat32>>map(part -> (Operand<TFloat32>) part).toList();
  }

  private static Map<Integer, Operand<TFloat32>> uncut(
      GraphScope scope, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> tensors) {
    GradientTable.install();
    Graph graph = (Graph) scope.tf().scope().env();
    Set<GraphOperation> behind = behind((GraphOperation) loss.op());
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (behind.contains((GraphOperation) tensors.get(i).op())) {
        positions.add(i);
      }
    }
    Map<Integer, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    if (positions.isEmpty()) {
      return gradients;
    }
    Output<?>[] targets =
        positions.stream().map(i -> tensors.get(i).asOutput()).toArray(Output<?>[]::new);
    Output<?>[] found;
    try {
      found = graph.addGradients(loss.asOutput(), targets);
    } catch (RuntimeException e) {
      throw explained(e, scope, (GraphOperation) loss.op(), targets);
    }
    for (int i = 0; i < found.length; i++) {
      @SuppressWarnings("unchecked") // gradients have the type of what they are gradients of
      Operand<TFloat32> gradient = (Operand<TFloat32>) found[i];
      gradients.put(positions.get(i), gradient);
    }
    return gradients;
  }

  /**
   * Everything that an operation is computed from by way of differentiable paths. TensorFlow
   * refuses tensors without a path to the loss, so they are sorted out here.
   */
  private static Set<GraphOperation> behind(GraphOperation loss) {
    Set<GraphOperation> seen = new LinkedHashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>(List.of(loss));
    while (!open.isEmpty()) {
      GraphOperation next = open.pop();
      if (next.type().equals("StopGradient") || !seen.add(next)) {
        continue;
      }
      for (int i = 0; i < next.numInputs(); i++) {
        open.push((GraphOperation) next.input(i).op());
      }
    }
    return seen;
  }

  /** Says which operation has no gradient and who made it, if that is what went wrong. */
  private static RuntimeException explained(
      RuntimeException e, GraphScope scope, GraphOperation loss, Output<?>[] targets) {
    Matcher none = NO_GRADIENT.matcher(String.valueOf(e.getMessage()));
    if (!none.find()) {
      return e;
    }
    String type = none.group(1);
    Set<String> names =
        Arrays.stream(targets).map(target -> target.op().name()).collect(Collectors.toSet());
    return behind(loss).stream()
        .filter(operation -> operation.type().equals(type))
        .filter(
            operation ->
                behind(operation).stream().anyMatch(source -> names.contains(source.name())))
        .findFirst()
        .<RuntimeException>map(
            operation ->
                new UserException(
                    "operation '"
                        + operation.name()
                        + "' of type "
                        + type
                        + " has no gradient, but the loss depends on it"
                        + madeAt(scope, operation.name())
                        + "; register one with Gradients.register, or put tf.stopGradient around it (see docs/gradients.md)",
                    e))
        .orElse(e);
  }

  private static String madeAt(GraphScope scope, String operation) {
    return scope.tf().scope() instanceof NotedScope noted
        ? noted.made().words(operation).map(lines -> "; it was made at " + lines).orElse("")
        : "";
  }
}
