package juxta.toolkit.discrimination;

import java.util.Optional;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The views of a step: row b of one belongs to row b of the other.
 *
 * @param x1 [B, H, W, C], each record's first view
 * @param x2 [B, H, W, C], each record's second view
 * @param apart [2B, 2B] of 0 and 1, view-major: pairs with 1 must not repel each other, although
 *     they belong to different rows
 * @param labels [B], classes of the first views' records, -1 where they have none; empty where the
 *     data have none. For what is logged: a method that learns from them says so.
 */
public record TwoViews(
    Operand<TFloat32> x1,
    Operand<TFloat32> x2,
    Optional<Operand<TFloat32>> apart,
    Optional<Operand<TInt32>> labels) {
  /**
   * Two independent views of the same records: x1 = t(x), x2 = t'(x).
   *
   * @param setup the run, whose augmentation makes them
   * @param scope where to build
   * @param records as stored
   * @return the views
   */
  public static TwoViews of(Setup setup, GraphScope scope, Batch records) {
    return of(setup, scope, records, records);
  }

  /**
   * A view of each of two records that belong together: x1 = t(x), x2 = t'(y).
   *
   * @param setup the run, whose augmentation makes them
   * @param scope where to build
   * @param x B records as stored
   * @param y B records as stored
   * @return the views
   */
  public static TwoViews of(Setup setup, GraphScope scope, Batch x, Batch y) {
    return new TwoViews(
        setup.view(scope, x, View.global(0)).image(),
        setup.view(scope, y, View.global(1)).image(),
        Optional.empty(),
        Optional.of(x).filter(b -> b.fields().containsKey(Field.LABEL)).map(TwoViews::labels));
  }

  private static Operand<TInt32> labels(Batch records) {
    return records.ints(Field.LABEL);
  }

  /**
   * The same views, of which some must not repel each other.
   *
   * @param pairs [2B, 2B] of 0 and 1, view-major
   * @return new views
   */
  public TwoViews keepingApart(Operand<TFloat32> pairs) {
    return new TwoViews(x1, x2, Optional.of(pairs), labels);
  }
}
