package juxta.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Makes views of records, in the graph and batched. Fields that belong together (an image and its
 * mask) are transformed alike; fields that it does not know pass through.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Augmentation extends Component {
  /**
   * The kinds of data that it can treat.
   *
   * @return at least one
   */
  default Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES);
  }

  /**
   * Side of the square views, in pixels or voxels.
   *
   * @param kind sort of view
   * @param data the data
   * @param settings this augmentation's settings
   * @return the side
   */
  int side(View.Kind kind, DataSummary data, Settings settings);

  /**
   * Lengths of the views along each spatial axis, for patches of volumes that are no cubes.
   *
   * @param kind sort of view
   * @param data the data
   * @param settings this augmentation's settings
   * @return pixels or voxels by axis
   */
  default List<Integer> lengths(View.Kind kind, DataSummary data, Settings settings) {
    int side = side(kind, data, settings);
    return List.of(side, side);
  }

  /**
   * Makes one view of each record. Random draws come from {@link GraphScope#seed}, so each call is
   * an independent draw.
   *
   * @param scope where to build; names are not used, no parameters are made
   * @param batch records as stored: {@code image} is uint8 [B, H, W, C]
   * @param view which view
   * @param data the data
   * @param settings this augmentation's settings
   * @return the batch with {@code image} as float [B, side, side, C], normalised
   */
  Batch apply(GraphScope scope, Batch batch, View view, DataSummary data, Settings settings);

  /**
   * What views for evaluation are, in words for other programs.
   *
   * @param data the data
   * @param settings this augmentation's settings
   * @return the transform; by default empty: they cannot be put so
   */
  default Optional<TestTransform> test(DataSummary data, Settings settings) {
    return Optional.empty();
  }

  /**
   * Gives pixels the values that views have, and moves none: what an encoder is given where the
   * caller has cut and resized images on its own, together with their masks. To be overridden where
   * views are normalised.
   *
   * @param scope where to build
   * @param image [B, H, W, C], values from 0 to 1
   * @param settings this augmentation's settings
   * @return [B, H, W, C]; by default as they are
   */
  default Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image, Settings settings) {
    return image;
  }
}
