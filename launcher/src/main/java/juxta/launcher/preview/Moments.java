package juxta.launcher.preview;

/**
 * What numbers are like.
 *
 * @param count how many finite ones
 * @param wild how many infinite ones or such as are no number
 * @param least the smallest finite one
 * @param greatest the largest finite one
 * @param mean of the finite ones
 * @param squares sum of the squared differences from the mean
 */
public record Moments(
    long count, long wild, double least, double greatest, double mean, double squares) {
  /** Of no numbers. */
  public static final Moments NONE =
      new Moments(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);

  /** Gathers numbers. */
  static final class Gatherer {
    private long count;
    private long wild;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private double first;
    private double sum;
    private double squares;

    void add(double x) {
      if (!Double.isFinite(x)) {
        wild++;
        return;
      }
      if (count == 0) {
        first = x; // differences from a number of the same size lose no digits
      }
      count++;
      least = Math.min(least, x);
      greatest = Math.max(greatest, x);
      sum += x - first;
      squares += (x - first) * (x - first);
    }

    Moments moments() {
      return count == 0
          ? new Moments(0, wild, least, greatest, 0, 0)
          : new Moments(
              count,
              wild,
              least,
              greatest,
              first + sum / count,
              Math.max(0, squares - sum * sum / count));
    }
  }

  /**
   * These numbers and others.
   *
   * @param other the others
   * @return what both are like together
   */
  public Moments and(Moments other) {
    long all = count + other.count;
    double apart = other.mean - mean;
    return new Moments(
        all,
        wild + other.wild,
        Math.min(least, other.least),
        Math.max(greatest, other.greatest),
        all == 0 ? 0 : mean + apart * other.count / all,
        all == 0 ? 0 : squares + other.squares + apart * apart * count * other.count / all);
  }

  /**
   * The standard deviation.
   *
   * @return over all finite numbers, 0 if there are none
   */
  public double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }
}
