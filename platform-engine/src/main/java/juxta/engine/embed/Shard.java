package juxta.engine.embed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;

/**
 * One of several parts of all rows, in order.
 *
 * @param index which part, from 0 to count - 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
  /** All rows. */
  public static final Shard WHOLE = new Shard(0, 1);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /**
   * Reads {@code i/n}.
   *
   * @param text such as {@code 0/4}, the first of four
   * @return the shard
   * @throws UserException if it is not of this form or there is no such part
   */
  public static Shard parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (parts.matches()) {
      Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (shard.index < shard.count) {
        return shard;
      }
    }
    throw new UserException(
        "--shard takes i/n with i from 0 to n - 1, as 0/4 for the first of four, not '"
            + text
            + "'");
  }

  boolean isWhole() {
    return equals(WHOLE);
  }

  /** The first of so many things that belongs to this part. */
  long from(long things) {
    return things * index / count;
  }

  /** The one after the last that belongs to this part. */
  long to(long things) {
    return things * (index + 1) / count;
  }
}
