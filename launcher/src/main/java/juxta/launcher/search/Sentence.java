package juxta.launcher.search;

import java.util.List;
import java.util.Locale;
import juxta.api.TextTemplate;

/** Texts of images, compared as people read them. */
public final class Sentence {
  /** So much of the texts must follow the template, so that composing one makes sense. */
  private static final double SHARE = 0.9;

  private Sentence() {}

  /**
   * Whether the texts of images are put together from their fields in a certain way.
   *
   * @param template the way
   * @param cards the images
   * @return false if there are none, or too many others
   */
  public static boolean fits(TextTemplate template, List<Card> cards) {
    long same = cards.stream().filter(c -> same(template.text(c.fields()), c.text())).count();
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
