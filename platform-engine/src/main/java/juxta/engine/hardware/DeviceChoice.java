package juxta.engine.hardware;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;

/** What a user asked to run on. */
public sealed interface DeviceChoice {
  /** The first card that TensorFlow finds, else the processor. */
  record Auto() implements DeviceChoice {}

  /** The processor, cards or not. */
  record Cpu() implements DeviceChoice {}

  /**
   * One card.
   *
   * @param number from 0, as nvidia-smi counts
   */
  record Gpu(int number) implements DeviceChoice {}

  /**
   * Reads a user's word.
   *
   * @param word {@code auto}, {@code cpu} or {@code gpu:N}
   * @return the choice
   * @throws UserException if it is none of these
   */
  static DeviceChoice of(String word) {
    Matcher gpu = Pattern.compile("gpu:([0-9]{1,4})").matcher(word);
    if (gpu.matches()) {
      return new Gpu(Integer.parseInt(gpu.group(1)));
    }
    return switch (word) {
      case "auto" -> new Auto();
      case "cpu" -> new Cpu();
      default ->
          throw new UserException(
              "device: '" + word + "' is none of auto, cpu, gpu:N (gpu:0 is the first card)");
    };
  }
}
