package juxta.api;

import org.apiguardian.api.API;

/**
 * Which view of a record an augmentation makes.
 *
 * @param kind what sort of view
 * @param index number of the view within its kind, from 0; recipes may treat view 0 and view 1
 *     differently
 */
@API(status = API.Status.STABLE, since = "0.1")
public record View(Kind kind, int index) {
  /** Sorts of views. */
  public enum Kind {
    /** A random view at full size. */
    GLOBAL,
    /** A random view of a small part, at a smaller size. */
    LOCAL,
    /** The weak random view that a linear probe trains on: crop and flip only. */
    PROBE,
    /** The fixed view that a model is used and scored with. */
    EVALUATION
  }

  /** The fixed view. */
  public static final View EVALUATION = new View(Kind.EVALUATION, 0);

  /** The weak random view of linear probes. */
  public static final View PROBE = new View(Kind.PROBE, 0);

  /**
   * A random view at full size.
   *
   * @param index its number, from 0
   * @return the view
   */
  public static View global(int index) {
    return new View(Kind.GLOBAL, index);
  }

  /**
   * A random view of a small part.
   *
   * @param index its number, from 0
   * @return the view
   */
  public static View local(int index) {
    return new View(Kind.LOCAL, index);
  }
}
