package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.TrainingPhase;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * One parameter to be updated.
 *
 * @param root root of the graph
 * @param parameter the parameter
 * @param gradient of the parameter's shape
 * @param rate its learning rate, a scalar
 * @param decay its weight decay, a scalar, empty where it does not decay
 */
record Target(
    GraphScope root,
    Parameter<TFloat32> parameter,
    Operand<TFloat32> gradient,
    Operand<TFloat32> rate,
    Optional<Operand<TFloat32>> decay) {
  private static final Group REST = Group.named(name -> true);

  /** Finds each parameter's group and updates it by the rule. */
  static void each(
      GraphScope root,
      Map<Parameter<TFloat32>, Operand<TFloat32>> gradients,
      WeightDecay decay,
      List<Group> groups,
      Consumer<Target> rule) {
    gradients.forEach(
        (parameter, gradient) -> {
          Group group =
              groups.stream().filter(g -> g.members().test(parameter)).findFirst().orElse(REST);
          rule.accept(
              new Target(
                      root,
                      parameter,
                      gradient,
                      rate(root, group),
                      decay(root, parameter, group.decay().orElse(decay)))
                  .heldFor(group.heldFor()));
        });
  }

  /** Without gradient and decay, so that nothing moves, in the first steps. */
  private Target heldFor(long steps) {
    if (steps <= 0) {
      return this;
    }
    Ops tf = root.tf();
    Operand<TFloat32> free = // 0, then 1
        tf.dtypes.cast(tf.math.greaterEqual(root.step(), tf.constant(steps)), TFloat32.class);
    return new Target(
        root, parameter, tf.math.mul(gradient, free), rate, decay.map(d -> tf.math.mul(d, free)));
  }

  private static Operand<TFloat32> rate(GraphScope root, Group group) {
    if (group.constantRate().isPresent()) {
      return root.constant((float) group.constantRate().getAsDouble());
    }
    Operand<TFloat32> scheduled = root.scalar(TrainingPhase.LEARNING_RATE);
    return group.multiplier() == 1
        ? scheduled
        : root.tf().math.mul(scheduled, root.constant((float) group.multiplier()));
  }

  private static Optional<Operand<TFloat32>> decay(
      GraphScope root, Parameter<?> parameter, WeightDecay decay) {
    OptionalDouble rate = decay.rate();
    if (!decay.decayed().test(parameter) || (rate.isPresent() && rate.getAsDouble() == 0)) {
      return Optional.empty();
    }
    return Optional.of(
        rate.isPresent()
            ? root.constant((float) rate.getAsDouble())
            : root.scalar(TrainingPhase.WEIGHT_DECAY));
  }

  /** Operations that run after the step has read the parameter: writes must wait for that. */
  Ops afterRead() {
    return root.tf().withControlDependencies(List.of(parameter.value()));
  }

  /** Saved zeros of the parameter's shape. */
  Operand<? extends TType> slot(String name) {
    return root.sub("optimizer." + name)
        .state(
            parameter.name(),
            TFloat32.class,
            (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(0f)),
            parameter.dimensions())
        .handle();
  }

  /** The gradient of the loss and of decay / 2 * |w|^2. */
  Operand<TFloat32> decayedGradient() {
    Ops tf = root.tf();
    return decay
        .<Operand<TFloat32>>map(rate -> tf.math.add(gradient, tf.math.mul(rate, parameter.value())))
        .orElse(gradient);
  }
}
