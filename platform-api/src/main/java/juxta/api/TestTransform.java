package juxta.api;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What views for evaluation are, in the words of those who read an encoder's weights elsewhere: the
 * shorter side is resized to {@code side / crop} pixels, the middle is cut out, values from 0 to 1
 * are shifted and scaled.
 *
 * @param side pixels of the square view
 * @param crop side over the resized shorter side, above 0 and at most 1; 1 where nothing is cut off
 * @param interpolation {@code nearest}, {@code bilinear} or {@code bicubic}, antialiased as
 *     Pillow's
 * @param mean taken off each channel
 * @param deviation what each channel is then divided by
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TestTransform(
    int side, double crop, String interpolation, List<Double> mean, List<Double> deviation) {
  /**
   * Copies.
   *
   * @param side see the record
   * @param crop see the record
   * @param interpolation see the record
   * @param mean see the record
   * @param deviation see the record
   */
  public TestTransform {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }
}
