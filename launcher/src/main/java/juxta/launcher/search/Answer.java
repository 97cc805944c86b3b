package juxta.launcher.search;

import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param results the best first
 * @param candidates number of images that took part
 */
public record Answer(List<Result> results, long candidates) {
  /**
   * An image that was found.
   *
   * @param found rank, image and score
   * @param match why it is surely right, in words for the user; empty if that is not known
   */
  public record Result(Gallery.Found found, Optional<String> match) {}

  /**
   * A query whose answer is known, taken from the data.
   *
   * @param card the image that it is about
   * @param rank rank of that image; if the image itself is the query, of the best one of its kind
   * @param kindRank rank of the best image with the same text
   * @param answer what the search found
   */
  public record Trial(Card card, double rank, double kindRank, Answer answer) {}
}
