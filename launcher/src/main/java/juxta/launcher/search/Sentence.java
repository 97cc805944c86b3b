package juxta.launcher.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The canonical sentence of a radiograph's record: {@code "{age-group} {sex} {race} patient with
 * {diagnosis}, tooth region {region}."}, what is unknown left out with its words (the form in which
 * data sets of films compose their texts).
 */
public final class Sentence {
  /** The fields that it is made of, in its order. */
  public static final List<String> FIELDS =
      List.of("age-group", "sex", "race", "diagnosis", "region");

  /** So much of the texts must be such sentences, so that composing one makes sense. */
  private static final double SHARE = 0.9;

  private Sentence() {}

  /**
   * Composes.
   *
   * @param fields values by field; others than {@link #FIELDS} are not used
   * @return the sentence; empty if no field has a value
   */
  public static String of(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    for (String field : List.of("age-group", "sex", "race")) {
      String value = fields.getOrDefault(field, "");
      text.append(value).append(value.isEmpty() ? "" : " ");
    }
    text.append("patient");
    text.append(with(" with ", fields.get("diagnosis")));
    text.append(with(", tooth region ", fields.get("region")));
    return text.toString().equals("patient") ? "" : text.append('.').toString();
  }

  private static String with(String words, String value) {
    return value == null || value.isEmpty() ? "" : words + value;
  }

  /**
   * Whether the texts of images are such sentences.
   *
   * @param cards the images
   * @return false if there are none, or others
   */
  public static boolean fits(List<Card> cards) {
    long same = cards.stream().filter(c -> same(of(c.fields()), c.text())).count();
    return !cards.isEmpty() && same >= SHARE * cards.size();
  }

  /**
   * Whether two texts say the same: case, blanks and the full stop at the end do not count.
   *
   * @param a a text
   * @param b another one
   * @return false if one of them is empty
   */
  public static boolean same(String a, String b) {
    String plain = plain(a);
    return !plain.isEmpty() && plain.equals(plain(b));
  }

  private static String plain(String text) {
    String single = text.replaceAll("[\\s\\p{Z}]+", " ").strip();
    return single.replaceAll("[ .]+$", "").toLowerCase(Locale.ROOT);
  }
}
