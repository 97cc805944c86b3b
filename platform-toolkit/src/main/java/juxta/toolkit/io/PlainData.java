package juxta.toolkit.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Data without behaviour, as JSON files hold it, and pickled Python data that are nothing else. */
public sealed interface PlainData {
  /**
   * A text.
   *
   * @param value the text
   */
  record Text(String value) implements PlainData {}

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements PlainData {}

  /**
   * A real number.
   *
   * @param value the number
   */
  record Real(double value) implements PlainData {}

  /**
   * True or false.
   *
   * @param value which
   */
  record Flag(boolean value) implements PlainData {}

  /** JSON's null, Python's None. */
  record Nothing() implements PlainData {}

  /**
   * Values in an order: a list or a tuple.
   *
   * @param values the values
   */
  record Sequence(List<PlainData> values) implements PlainData {
    /**
     * Copies.
     *
     * @param values see the record
     */
    public Sequence {
      values = List.copyOf(values);
    }
  }

  /**
   * Values by name.
   *
   * @param values the values in the order of the file
   */
  record Mapping(Map<String, PlainData> values) implements PlainData {
    /**
     * Copies.
     *
     * @param values see the record
     */
    public Mapping {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * An array of numbers.
   *
   * @param tensor the array, row-major
   */
  record Numbers(StoredTensor tensor) implements PlainData {}

  /**
   * What this is, for errors.
   *
   * @return a word with its article
   */
  default String kind() {
    return this instanceof Text
        ? "a text"
        : this instanceof Sequence
            ? "a list"
            : this instanceof Mapping
                ? "a dictionary"
                : this instanceof Numbers
                    ? "an array"
                    : this instanceof Nothing ? "nothing" : "a number";
  }
}
