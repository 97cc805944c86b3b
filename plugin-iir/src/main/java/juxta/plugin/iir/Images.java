package juxta.plugin.iir;

import juxta.api.UserException;

/** What encoders of images take. */
final class Images {
  private Images() {}

  /** The channels of records [height, width, channels]; others are refused. */
  static int channels(String encoder, long[] input) {
    if (input.length != 3) {
      throw new UserException(
          encoder
              + " takes images [height, width, channels], not records of "
              + input.length
              + " axes; choose another encoder or other data");
    }
    return (int) input[2];
  }
}
