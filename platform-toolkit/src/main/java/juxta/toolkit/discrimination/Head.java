package juxta.toolkit.discrimination;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Gelu;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A projection or prediction head, layer upon layer. Layers are named by their place, as in
 * PyTorch's {@code Sequential}:
 *
 * <pre>{@code
 * Head g = Head.from(scope.sub("projection"), d).linear(4096, true).norm().relu().linear(256, false);
 * }</pre>
 */
public final class Head {
  /** One layer. */
  private interface Layer {
    Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass);
  }

  private final GraphScope scope;
  private final List<Layer> layers;
  private final int width;

  private Head(GraphScope scope, List<Layer> layers, int width) {
    this.scope = scope;
    this.layers = List.copyOf(layers);
    this.width = width;
  }

  /**
   * A head without layers.
   *
   * @param scope where the parameters go
   * @param in length of an input
   * @return the head
   */
  public static Head from(GraphScope scope, int in) {
    return new Head(scope, List.of(), in);
  }

  /**
   * The same head and a linear layer, with PyTorch's first values.
   *
   * @param out length of an output
   * @param bias whether it has a bias; one before batch normalisation has no effect
   * @return a new head
   */
  public Head linear(int out, boolean bias) {
    Linear linear = new Linear(next(), width, out, bias);
    return with((x, pass) -> linear.apply(x), out);
  }

  /**
   * The same head and a linear layer without a bias.
   *
   * @param out length of an output
   * @param weight first value of its weight
   * @return a new head
   */
  public Head linear(int out, Initializer<TFloat32> weight) {
    Linear linear = new Linear(next(), width, out, weight, Optional.empty());
    return with((x, pass) -> linear.apply(x), out);
  }

  /**
   * The same head and a linear layer with a bias.
   *
   * @param out length of an output
   * @param weight first value of its weight
   * @param bias first value of its bias
   * @return a new head
   */
  public Head linear(int out, Initializer<TFloat32> weight, Initializer<TFloat32> bias) {
    Linear linear = new Linear(next(), width, out, weight, Optional.of(bias));
    return with((x, pass) -> linear.apply(x), out);
  }

  /**
   * The same head and batch normalisation with a scale and a bias.
   *
   * @return a new head
   */
  public Head norm() {
    BatchNorm norm = new BatchNorm(next(), width);
    return with(norm::apply, width);
  }

  /**
   * The same head and batch normalisation with neither scale nor bias.
   *
   * @return a new head
   */
  public Head plainNorm() {
    BatchNorm norm = new BatchNorm(next(), width, false, 1);
    return with(norm::apply, width);
  }

  /**
   * The same head and batch normalisation with a scale only.
   *
   * @return a new head
   */
  public Head scaledNorm() {
    GraphScope at = next();
    BatchNorm norm = new BatchNorm(at, width, false, 1);
    Operand<TFloat32> scale =
        at.weight("weight", Layout.PLAIN, Initializers.ones(), width).value(); // [width]
    return with((x, pass) -> scope.tf().math.mul(norm.apply(x, pass), scale), width);
  }

  /**
   * The same head and ReLU.
   *
   * @return a new head
   */
  public Head relu() {
    return with((x, pass) -> scope.tf().nn.relu(x), width);
  }

  /**
   * The same head and GELU.
   *
   * @return a new head
   */
  public Head gelu() {
    return with((x, pass) -> Gelu.apply(scope.tf(), x), width);
  }

  /**
   * Length of an output.
   *
   * @return the width of the last layer
   */
  public int width() {
    return width;
  }

  /**
   * Applies all layers.
   *
   * @param x [B, in]
   * @param pass in which mode
   * @return [B, width]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> y = x;
    for (Layer layer : layers) {
      y = layer.apply(y, pass);
    }
    return y;
  }

  private GraphScope next() {
    return scope.sub(Integer.toString(layers.size()));
  }

  private Head with(Layer layer, int out) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(layer);
    return new Head(scope, all, out);
  }
}
