/**
 * The service interfaces of Juxta and the values that pass through them.
 *
 * <p>A plug-in is a module that {@code provides} one or more of {@link juxta.api.Method}, {@link
 * juxta.api.Encoder}, {@link juxta.api.Augmentation}, {@link juxta.api.Loss}, {@link
 * juxta.api.Evaluator} and {@link juxta.api.DatasetProvider}. Providers need a public constructor
 * without parameters and hold no state.
 */
module juxta.api {
  requires transitive tensorflow;
  requires transitive org.tensorflow.ndarray;

  exports juxta.api;
}
