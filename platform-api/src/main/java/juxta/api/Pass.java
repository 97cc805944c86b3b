package juxta.api;

/**
 * In which mode a network is applied.
 *
 * @param training batch statistics, dropout and stochastic depth are on
 * @param updateStatistics running statistics of batch normalisation follow this pass
 */
public record Pass(boolean training, boolean updateStatistics) {
  /** A forward pass of training. */
  public static final Pass TRAINING = new Pass(true, true);

  /** Training mode that leaves the running statistics alone. */
  public static final Pass PROBING = new Pass(true, false);

  /** Evaluation mode: running statistics, no dropout. */
  public static final Pass INFERENCE = new Pass(false, false);
}
