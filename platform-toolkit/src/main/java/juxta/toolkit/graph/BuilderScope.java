package juxta.toolkit.graph;

import java.util.List;
import java.util.function.UnaryOperator;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** A place in the graph of a {@link GraphBuilder}. */
final class BuilderScope implements GraphScope {
  /** The weights that this place averages: where they are, where this began, and the momentum. */
  private record Following(String source, String from, Operand<TFloat32> m) {}

  private final GraphBuilder builder;
  private final Ops tf;
  private final String name;
  private final boolean trained;
  private final Following following;

  BuilderScope(GraphBuilder builder, Ops tf, String name, boolean trained, Following following) {
    this.builder = builder;
    this.tf = tf;
    this.name = name;
    this.trained = trained;
    this.following = following;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public GraphScope sub(String child) {
    String full = join(name, child);
    return new BuilderScope(builder, builder.named(full), full, trained, following);
  }

  @Override
  public GraphScope frozen() {
    return new BuilderScope(builder, tf, name, false, following);
  }

  @Override
  public GraphScope averageOf(GraphScope source, Operand<TFloat32> m) {
    return new BuilderScope(builder, tf, name, false, new Following(source.name(), name, m));
  }

  @Override
  public Parameter<TFloat32> weight(
      String child, Layout layout, Initializer<TFloat32> initializer, long... shape) {
    String full = join(name, child);
    if (following == null) {
      return builder.create(
          new GraphBuilder.Creation<>(
              full,
              full,
              TFloat32.class,
              layout,
              trained,
              initializer,
              shape,
              UnaryOperator.identity()));
    }
    String relative =
        full.substring(following.from().isEmpty() ? 0 : following.from().length() + 1);
    String source = join(following.source(), relative);
    if (!builder.has(source)) {
      throw new IllegalStateException(
          "moving average '" + full + "' follows '" + source + "', which does not exist");
    }
    @SuppressWarnings("unchecked")
    Operand<TFloat32> online = (Operand<TFloat32>) builder.parameter(source).value();
    Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), following.m());
    // new = m * old + (1 - m) * online, in this form so that m = 1 and m = 0 are exact
    UnaryOperator<Operand<TFloat32>> average =
        old ->
            tf.stopGradient(
                tf.math.add(tf.math.mul(following.m(), old), tf.math.mul(rest, online)));
    Parameter<TFloat32> parameter =
        builder.create(
            new GraphBuilder.Creation<>(
                full, source, TFloat32.class, layout, false, initializer, shape, average));
    assign(parameter, parameter.value());
    return parameter;
  }

  @Override
  public <T extends TNumber> Parameter<T> state(
      String child, Class<T> type, Initializer<T> initializer, long... shape) {
    String full = join(name, child);
    return builder.create(
        new GraphBuilder.Creation<>(
            full, full, type, Layout.PLAIN, false, initializer, shape, UnaryOperator.identity()));
  }

  @Override
  public List<Parameter<?>> parameters() {
    String prefix = name.isEmpty() ? "" : name + ".";
    return builder.parameters().stream().filter(p -> p.name().startsWith(prefix)).toList();
  }

  @Override
  public Operand<TInt64> seed(String purpose) {
    return builder.seed(purpose);
  }

  @Override
  public Arithmetic arithmetic() {
    return builder.arithmetic();
  }

  @Override
  public Operand<TInt64> step() {
    return builder.step();
  }

  @Override
  public Operand<TFloat32> scalar(String scalar) {
    return builder.scalar(scalar);
  }

  @Override
  public <T extends TNumber> void assign(Parameter<T> parameter, Operand<T> value) {
    builder.assignment(
        parameter,
        tf.withControlDependencies(List.of(builder.read(parameter)))
            .assignVariableOp(parameter.handle(), value));
  }

  @Override
  public void update(Op update) {
    builder.update(update);
  }

  private static String join(String parent, String child) {
    return parent.isEmpty() ? child : parent + "." + child;
  }
}
