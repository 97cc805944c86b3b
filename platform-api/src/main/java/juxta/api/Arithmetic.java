package juxta.api;

import org.apiguardian.api.API;

/**
 * How the layers of a graph compute their products: convolutions, matrix products, attention.
 * Weights, sums, normalisation and losses are float32 in all of them.
 *
 * @param bf16 whether the factors of products, and the products, are rounded to bfloat16. On a card
 *     the layers do so; on a processor they leave it to TensorFlow's rewrite of the finished graph,
 *     which keeps values in bfloat16 from one product to the next: a step of ResNet-18 took three
 *     quarters of the time
 * @param processor whether the graph runs on a processor rather than on a card: layers then choose
 *     the algorithms that are fastest there, with results that differ by rounding
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Arithmetic(boolean bf16, boolean processor) {
  /** float32 on a processor. */
  public static final Arithmetic FLOAT32 = new Arithmetic(false, true);
}
