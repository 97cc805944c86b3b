package juxta.toolkit.image;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.GraphScope;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.TestTransform;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An augmentation that is a {@link ViewRecipe}: an implementation adds its id, its summary and the
 * recipe, and every number of the recipe becomes a setting.
 *
 * <p>A batch's {@code image} is uint8 [B, H, W, C] with C = 1 or 3. A {@code mask} beside it, uint8
 * [B, H, W], is cropped and mirrored alike, by its nearest pixels. Other fields pass through.
 */
public interface RecipeAugmentation extends Augmentation {
  /**
   * The recipe with its published numbers.
   *
   * @return the recipe
   */
  ViewRecipe recipe();

  @Override
  default Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES, DataKind.IMAGES_WITH_TEXT);
  }

  @Override
  default List<Setting<?>> settings() {
    return new RecipeSettings(recipe()).all();
  }

  @Override
  default int side(View.Kind kind, DataSummary data, Settings settings) {
    return Sides.of(data, settings).of(kind);
  }

  @Override
  default Batch apply(
      GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
    ViewRecipe recipe = new RecipeSettings(recipe()).read(settings);
    return new RecipeViews(recipe, Sides.of(data, settings)).view(scope, batch, view);
  }

  @Override
  default Optional<TestTransform> test(DataSummary data, Settings settings) {
    Finish finish = new RecipeSettings(recipe()).read(settings).finish();
    Sides sides = Sides.of(data, settings);
    int side = sides.scored();
    boolean whole = sides.whole() && !finish.testCrop();
    int channels = data.channels();
    return channels != 1 && channels != 3
        ? Optional.empty()
        : Optional.of(
            new TestTransform(
                side,
                whole ? 1 : (double) side / RecipeViews.resized(side),
                finish.sampling().word(),
                finish.normalisation().mean(channels),
                finish.normalisation().deviation(channels)));
  }

  @Override
  default Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image, Settings settings) {
    ViewRecipe recipe = new RecipeSettings(recipe()).read(settings);
    int channels = (int) image.shape().get(3);
    return recipe.finish().normalisation().apply(scope.tf(), image, channels, 3);
  }
}
