package juxta.api;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What is known of the data before a graph is built, for presets and checks.
 *
 * @param id the data set's id
 * @param kind what the records hold
 * @param fields the columns of the training split
 * @param sizes number of records by split
 * @param classes number of classes, 0 if there are no labels
 */
@API(status = API.Status.STABLE, since = "0.1")
public record DataSummary(
    String id, DataKind kind, List<Field> fields, Map<String, Integer> sizes, int classes) {
  /**
   * Summarises an open data set.
   *
   * @param data the data set
   * @return the summary
   */
  public static DataSummary of(Dataset data) {
    Map<String, Integer> sizes = new java.util.LinkedHashMap<>();
    data.splits().forEach((name, split) -> sizes.put(name, split.size()));
    return new DataSummary(
        data.id(), data.kind(), data.train().fields(), sizes, data.classes().size());
  }

  /**
   * Height of the images, or -1 if they differ or there are none.
   *
   * @return pixels
   */
  public int imageSide() {
    return fields.stream()
        .filter(f -> f.name().equals(Field.IMAGE))
        .mapToInt(f -> f.shape().get(0).intValue())
        .findFirst()
        .orElse(-1);
  }

  /**
   * Channels of the images.
   *
   * @return 1, 3 or another number; 0 if there are no images
   */
  public int channels() {
    return fields.stream()
        .filter(f -> f.name().equals(Field.IMAGE))
        .mapToInt(f -> f.shape().get(f.shape().size() - 1).intValue())
        .findFirst()
        .orElse(0);
  }

  /**
   * Number of training records.
   *
   * @return the size of the split {@link Dataset#TRAIN}
   */
  public int trainSize() {
    return sizes.get(Dataset.TRAIN);
  }
}
