package juxta.toolkit.image;

import juxta.api.View;

/**
 * A probability that differs between views.
 *
 * @param first of the global views 0, 2, …
 * @param second of the global views 1, 3, …
 * @param local of the local views
 */
public record PerView(double first, double second, double local) {
  /**
   * The same for all views.
   *
   * @param probability in [0, 1]
   * @return the three
   */
  public static PerView all(double probability) {
    return new PerView(probability, probability, probability);
  }

  /**
   * That of one view.
   *
   * @param view the view
   * @return the probability, 0 of views that are not augmented
   */
  double of(View view) {
    return switch (view.kind()) {
      case GLOBAL -> view.index() % 2 == 0 ? first : second;
      case LOCAL -> local;
      case PROBE, EVALUATION -> 0;
    };
  }
}
