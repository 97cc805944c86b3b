package juxta.api;

import org.apiguardian.api.API;

/**
 * In which mode a network is applied.
 *
 * @param training batch normalisation uses the statistics of the batch
 * @param updateStatistics running statistics of batch normalisation follow this pass
 * @param dropout dropout and stochastic depth are on
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Pass(boolean training, boolean updateStatistics, boolean dropout) {
  /** A forward pass of training. */
  public static final Pass TRAINING = new Pass(true, true, true);

  /** Training mode without dropout and stochastic depth, as target networks run. */
  public static final Pass TARGET = new Pass(true, true, false);

  /** Training mode that leaves the running statistics alone. */
  public static final Pass PROBING = new Pass(true, false, true);

  /** Evaluation mode: running statistics, no dropout. */
  public static final Pass INFERENCE = new Pass(false, false, false);
}
