package juxta.api;

import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What was chosen for a run: the method's settings, the data, and the parts that go with it. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Setup {
  /**
   * The method's settings.
   *
   * @return the resolved settings
   */
  Settings settings();

  /**
   * The data.
   *
   * @return the open data set
   */
  Dataset data();

  /**
   * The data in brief.
   *
   * @return the summary
   */
  DataSummary summary();

  /**
   * Records a step.
   *
   * @return the batch size, at most the size of the training split
   */
  int batch();

  /**
   * Passes over the training data.
   *
   * @return epochs, 0 or more
   */
  int epochs();

  /**
   * The run's seed.
   *
   * @return the seed
   */
  long seed();

  /**
   * The folder where the run's tasks leave files, such as a vocabulary. Phases and functions may
   * read it when they are run; while a run is planned it need not be there.
   *
   * @return the folder of the plan's artefacts
   */
  Path artefacts();

  /**
   * Makes the chosen encoder for views of the chosen augmentation.
   *
   * @param scope where its parameters go
   * @return the network
   */
  Network encoder(GraphScope scope);

  /**
   * Makes a view with the chosen augmentation.
   *
   * @param scope where to build
   * @param batch records as stored
   * @param view which view
   * @return the batch with views in place of records
   */
  Batch view(GraphScope scope, Batch batch, View view);

  /**
   * Gives pixels the values that views of the chosen augmentation have, and moves none.
   *
   * @param scope where to build
   * @param image [B, H, W, C], values from 0 to 1
   * @return [B, H, W, C]
   */
  default Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image) {
    return image;
  }

  /**
   * Side of the views of the chosen augmentation.
   *
   * @param kind sort of view
   * @return pixels or voxels
   */
  int side(View.Kind kind);

  /**
   * Lengths of the views of the chosen augmentation along each spatial axis.
   *
   * @param kind sort of view
   * @return pixels or voxels by axis
   */
  default List<Integer> lengths(View.Kind kind) {
    int side = side(kind);
    return List.of(side, side);
  }

  /**
   * Applies the chosen loss.
   *
   * @param scope where to build
   * @param comparison what is compared
   * @return a scalar
   */
  Operand<TFloat32> loss(GraphScope scope, Comparison comparison);
}
