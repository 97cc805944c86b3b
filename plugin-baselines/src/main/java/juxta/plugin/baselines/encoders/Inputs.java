package juxta.plugin.baselines.encoders;

import java.util.Arrays;
import juxta.api.UserException;

/** Checks what encoders are given. */
final class Inputs {
  private Inputs() {}

  /** Number of channels of an image [H, W, C]. */
  static int channels(long[] input) {
    if (input.length != 3) {
      throw new UserException(
          "this encoder takes images [height, width, channels], not records of shape "
              + Arrays.toString(input)
              + "; choose another encoder or other data");
    }
    return Math.toIntExact(input[2]);
  }
}
