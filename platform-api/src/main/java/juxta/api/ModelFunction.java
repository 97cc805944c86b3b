package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A named function of a trained model. It becomes a signature of the exported model.
 *
 * @param name one of the names below, or the method's own
 * @param inputs fields that it takes, with the shape of one record
 * @param body builds it in a clean graph, in inference mode; parameters are restored by name
 * @param preparation what is done to records before the body gets them, where their fields are not
 *     what a graph can take; the body then gets the fields that it names
 * @param tuned builds it in training mode, for evaluators that train its weights further; empty
 *     where that makes no sense
 */
@API(status = API.Status.STABLE, since = "0.1")
public record ModelFunction(
    String name,
    List<Field> inputs,
    Body body,
    Optional<Preparation> preparation,
    Optional<Body> tuned) {
  /** {@code image} uint8 [B, H, W, C] to {@code embedding} [B, D], test transform included. */
  public static final String EMBED = "embed";

  /** {@code image} float [B, h, w, C], a view, to {@code embedding} [B, D]. */
  public static final String ENCODE = "encode";

  /** {@code image} uint8 [B, H, W, C] to {@code featureMap} [B, h, w, D]. */
  public static final String FEATURE_MAP = "featureMap";

  /**
   * {@code image} float [B, H, W, C] with values from 0 to 1, of any H and W that the encoder
   * takes, to {@code featureMap} [B, h, w, D], as fine as the encoder makes it, and where it has
   * one {@code lowLevel}.
   */
  public static final String DENSE_MAPS = "denseMaps";

  /** {@code text} to {@code embedding} [B, D]; prepared on the host. */
  public static final String EMBED_TEXT = "embedText";

  /** {@code volume} or {@code image} to {@code probabilities} [B, …, classes]. */
  public static final String SEGMENT = "segment";

  /** {@code image} to {@code image} float [B, h, w, C]. */
  public static final String RECONSTRUCT = "reconstruct";

  /** Name of the output of the embedding functions. */
  public static final String EMBEDDING = "embedding";

  /**
   * Copies.
   *
   * @param name see the record
   * @param inputs see the record
   * @param body see the record
   * @param preparation see the record
   * @param tuned see the record
   */
  public ModelFunction {
    inputs = List.copyOf(inputs);
  }

  /**
   * A function that is not trained further.
   *
   * @param name see the record
   * @param inputs see the record
   * @param body see the record
   * @param preparation see the record
   */
  public ModelFunction(
      String name, List<Field> inputs, Body body, Optional<Preparation> preparation) {
    this(name, inputs, body, preparation, Optional.empty());
  }

  /**
   * A function whose body takes records as they are.
   *
   * @param name see the record
   * @param inputs see the record
   * @param body see the record
   */
  public ModelFunction(String name, List<Field> inputs, Body body) {
    this(name, inputs, body, Optional.empty());
  }

  /**
   * The same function, which can be trained further.
   *
   * @param training builds it in training mode
   * @return a new function
   */
  public ModelFunction tunedBy(Body training) {
    return new ModelFunction(name, inputs, body, preparation, Optional.of(training));
  }

  /**
   * What the body is given.
   *
   * @return the fields of the preparation if there is one, else the inputs
   */
  public List<Field> prepared() {
    return preparation.map(Preparation::fields).orElse(inputs);
  }

  /** Builds a function. */
  @FunctionalInterface
  public interface Body {
    /**
     * Builds the function.
     *
     * @param scope root of the graph
     * @param batch the inputs
     * @return outputs by name
     */
    Map<String, Operand<TFloat32>> apply(GraphScope scope, Batch batch);
  }
}
