package juxta.api;

import org.apiguardian.api.API;

/** The kinds of records that a data set can hold. */
@API(status = API.Status.STABLE, since = "0.1")
public enum DataKind {
  /**
   * Field {@code image}: uint8 [H, W, C], C = 1 or 3; often {@code label} and {@code instance};
   * where a class is known for each pixel {@code mask}: uint8 [H, W], see {@link Field#IGNORED}.
   */
  IMAGES("images"),
  /** As {@link #IMAGES}, and field {@code text}. */
  IMAGES_WITH_TEXT("images with text"),
  /** Field {@code volume}: float32 [X, Y, Z, C]; often {@code mask}: uint8 [X, Y, Z]. */
  VOLUMES("volumes");

  private final String words;

  DataKind(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
