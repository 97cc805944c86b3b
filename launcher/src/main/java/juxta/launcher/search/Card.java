package juxta.launcher.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Field;

/**
 * What is known of an indexed image beside its vector.
 *
 * @param id says which image it is: a hash of its content, with {@code ~2} behind that of the
 *     second record with the same content
 * @param split name of the split that it is in
 * @param row its place in the split
 * @param fields its texts, class and instance by field, in the order of the data
 */
public record Card(String id, String split, int row, Map<String, String> fields) {
  /** Under this name the split is a field like others. */
  public static final String SPLIT = "split";

  /**
   * Copies.
   *
   * @param id see the record
   * @param split see the record
   * @param row see the record
   * @param fields see the record
   */
  public Card {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * The text that belongs to the image.
   *
   * @return the text, empty if there is none
   */
  public String text() {
    return fields.getOrDefault(Field.TEXT, "");
  }

  /**
   * The value of a field, the split among them.
   *
   * @param field its name
   * @return the value, empty if there is none
   */
  public String value(String field) {
    return field.equals(SPLIT) ? split : fields.getOrDefault(field, "");
  }
}
