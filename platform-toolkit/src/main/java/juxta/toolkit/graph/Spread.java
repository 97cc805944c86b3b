package juxta.toolkit.graph;

import java.util.List;
import org.tensorflow.DeviceSpec;

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

  /** A device, for TensorFlow's scopes. */
  DeviceSpec spec(int number) {
    return spec(devices.get(number));
  }

  /**
   * A device, for TensorFlow's scopes.
   *
   * @param device its name
   * @return the same
   */
  public static DeviceSpec spec(String device) {
    DeviceSpec.Builder spec = DeviceSpec.newBuilder();
    for (String word : device.substring(1).split("/")) {
      String[] pair = word.split(":", 3);
      switch (pair[0]) {
        case "job" -> spec.job(pair[1]);
        case "replica" -> spec.replica(Integer.valueOf(pair[1]));
        case "task" -> spec.task(Integer.valueOf(pair[1]));
        default ->
            spec.deviceType(DeviceSpec.DeviceType.valueOf(pair[1]))
                .deviceIndex(Integer.valueOf(pair[2]));
      }
    }
    return spec.build();
  }

  /** The device of the weights and of the whole batch. */
  String home() {
    return devices.get(0);
  }
}
