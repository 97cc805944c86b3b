/**
 * The service interfaces of Juxta and the values that pass through them.
 *
 * <p>A plug-in is a module that {@code provides} one or more of {@link juxta.api.Method}, {@link
 * juxta.api.Encoder}, {@link juxta.api.Augmentation}, {@link juxta.api.Loss}, {@link
 * juxta.api.Evaluator} and {@link juxta.api.DatasetProvider}. Providers need a public constructor
 * without parameters and hold no state.
 *
 * <p>Each type says by {@link org.apiguardian.api.API} how stable it is. STABLE: what is written
 * against it compiles and works with every later version of the same first number, while default
 * methods may be added. EXPERIMENTAL: it may change with any version.
 */
module juxta.api {
  requires transitive juxta.picture;
  requires transitive tensorflow;
  requires transitive org.tensorflow.ndarray;
  requires static transitive org.apiguardian.api; // marks how stable a type is

  exports juxta.api;
}
