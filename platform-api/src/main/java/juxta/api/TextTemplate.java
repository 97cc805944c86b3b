package juxta.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * How a data set puts the text of a record together from its fields, so that people can put such a
 * text together too, for an image to search for. A pattern is text in which brackets hold a field
 * with the words that go with it; where the field has no value, all of the brackets is left out:
 *
 * <pre>{@code
 * [{colour} ]shape[ of {size}][, on the {side}].
 * }</pre>
 *
 * <p>gives {@code red shape, on the left.} for a record whose size is unknown.
 *
 * @param pattern the pattern
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TextTemplate(String pattern) {
  private static final Pattern PART =
      Pattern.compile("\\[([^\\[\\]{}]*)\\{([^\\[\\]{}]+)}([^\\[\\]{}]*)]|([^\\[\\]{}]+)");

  /** Words around a field; or, with no field, words alone. */
  private record Part(String before, String field, String after) {
    String of(Map<String, String> fields) {
      String value = fields.getOrDefault(field, "");
      return field.isEmpty() ? before : value.isEmpty() ? "" : before + value + after;
    }
  }

  /**
   * Checks the pattern.
   *
   * @param pattern see the record
   * @throws IllegalArgumentException if brackets do not hold one field each, or there are none
   */
  public TextTemplate {
    if (parts(pattern).stream().allMatch(part -> part.field().isEmpty())) {
      throw new IllegalArgumentException("no field in the template '" + pattern + "'");
    }
  }

  private static List<Part> parts(String pattern) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(pattern);
    int at = 0;
    while (at < pattern.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "brackets hold one {field} each, not so in '" + pattern.substring(at) + "'");
      }
      parts.add(
          matcher.group(2) == null
              ? new Part(matcher.group(4), "", "")
              : new Part(matcher.group(1), matcher.group(2), matcher.group(3)));
      at = matcher.end();
    }
    return parts;
  }

  /**
   * The fields that a text is made of.
   *
   * @return their names, in the order of the text
   */
  public List<String> fields() {
    return parts(pattern).stream().map(Part::field).filter(field -> !field.isEmpty()).toList();
  }

  /**
   * Puts a text together.
   *
   * @param values values by field; an empty one is unknown, and others than {@link #fields} are not
   *     used
   * @return the text; empty if no field has a value
   */
  public String text(Map<String, String> values) {
    if (fields().stream().allMatch(field -> values.getOrDefault(field, "").isEmpty())) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    parts(pattern).forEach(part -> text.append(part.of(values)));
    return text.toString();
  }
}
