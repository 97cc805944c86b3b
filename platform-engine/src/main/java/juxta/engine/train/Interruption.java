package juxta.engine.train;

/** Thrown when the user stopped the run and everything up to here is saved. */
public final class Interruption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A stop.
   *
   * @param message what was saved, and how to go on
   */
  public Interruption(String message) {
    super(message);
  }
}
