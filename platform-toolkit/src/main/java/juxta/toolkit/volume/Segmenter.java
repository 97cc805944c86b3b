package juxta.toolkit.volume;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;

/**
 * A model's function {@code segment}, applied to scans of any size window by window. It takes the
 * field {@link Field#VOLUME} of windows [N, X, Y, Z, channels].
 */
public final class Segmenter implements AutoCloseable {
  /** Output of the function: the probability of each class, [N, X, Y, Z, C]. */
  public static final String PROBABILITIES = "probabilities";

  /** Prepares a function of a model: {@code evaluation::open}, or {@code task::open}. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Prepares a function.
     *
     * @param function its name
     * @param inputs fields that it will be given
     * @return the function, ready to run
     */
    Evaluation.Applied open(String function, List<Field> inputs);
  }

  private final Tiling tiling;
  private final int channels;
  private final Evaluation.Applied segment;

  /**
   * Prepares the function.
   *
   * @param model where the function is
   * @param inputs fields that the function declares
   * @param channels channels of the scans
   * @param tiling how scans are cut; where it leaves a length open, what the function declares
   * @throws UserException if the model lacks the function or takes other channels
   */
  public Segmenter(Opener model, List<Field> inputs, int channels, Tiling tiling) {
    List<Long> declared =
        inputs.stream()
            .filter(field -> field.name().equals(Field.VOLUME))
            .findFirst()
            .map(Field::shape)
            .orElse(List.of());
    if (declared.size() == 4 && declared.get(3) > 0 && declared.get(3) != channels) {
      throw new UserException(
          "the scans have "
              + channels
              + " channels, but the model takes "
              + declared.get(3)
              + "; use data with as many as it was trained on");
    }
    this.tiling = tiling.with(declared);
    this.channels = channels;
    this.segment = model.open(ModelFunction.SEGMENT, List.of(this.tiling.field(channels)));
  }

  /**
   * How scans are cut.
   *
   * @return the tiling, with what the model declares
   */
  public Tiling tiling() {
    return tiling;
  }

  /**
   * The windows of a scan.
   *
   * @param scan its size
   * @return where they lie
   */
  public Windows windows(Extent scan) {
    return tiling.over(scan);
  }

  /**
   * Segments a scan.
   *
   * @param one the scan
   * @param done is told how many windows are done
   * @return the mean probabilities over all windows that cover a voxel
   */
  public Probabilities apply(VolumeCase one, IntConsumer done) {
    Windows windows = windows(one.extent());
    Extent window = windows.patch();
    return new SlidingWindow(windows, tiling.batch())
        .apply(
            one.scan(),
            (patches, count) -> {
              long[] shape = {count, window.x(), window.y(), window.z(), channels};
              return Tensors.floats(
                  segment.run(Map.of(Field.VOLUME, Tensors.floats(shape, patches)), PROBABILITIES));
            },
            done);
  }

  @Override
  public void close() {
    segment.close();
  }
}
