package juxta.toolkit.graph;

import java.util.List;

/**
 * Devices that share the work on each batch.
 *
 * @param devices names of TensorFlow's, such as {@code /job:localhost/task:0/device:CPU:1}; the
 *     first one also holds the weights, and does whatever needs the whole batch
 * @param wholeStatistics whether batch normalisation uses the statistics of the whole batch, so
 *     that the result is that of one device; else those of each device's part
 */
public record Spread(List<String> devices, boolean wholeStatistics) {
  /**
   * Copies.
   *
   * @param devices see the record
   * @param wholeStatistics see the record
   */
  public Spread {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("no devices");
    }
  }

  /** The device of the weights and of the whole batch. */
  String home() {
    return devices.get(0);
  }
}
