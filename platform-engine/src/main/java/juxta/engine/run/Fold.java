package juxta.engine.run;

import java.util.List;
import java.util.Optional;
import juxta.api.UserException;

/**
 * One part of data that are cut into several: what a run is tested on, while it is trained on the
 * others.
 *
 * @param number which part, from 1 to {@code of}
 * @param of how many parts there are, 2 or more
 */
public record Fold(int number, int of) {
  /** The fewest folds: with one there is nothing to train on. */
  public static final int FEWEST = 2;

  /**
   * Checks.
   *
   * @param number see the record
   * @param of see the record
   */
  public Fold {
    if (of < FEWEST || number < 1 || number > of) {
      throw new IllegalArgumentException(number + "/" + of);
    }
  }

  /**
   * The fold that values name.
   *
   * @param values what was given
   * @return the fold, empty where the data stay as they are split
   * @throws UserException if it is none
   */
  static Optional<Fold> of(Overrides values) {
    return values.text(RunSettings.FOLD.key()).flatMap(RunSettings.FOLD::parse).map(Fold::parse);
  }

  /** What is wrong with the fold that values name, a line or none. */
  static List<String> mistakes(Overrides values) {
    try {
      of(values);
      return List.of();
    } catch (UserException e) {
      return e.problems();
    }
  }

  /**
   * Reads a fold.
   *
   * @param text as {@link #toString} writes it
   * @return the fold
   * @throws UserException if it is none
   */
  static Fold parse(String text) {
    if (!text.matches("[0-9]{1,9}/[0-9]{1,9}")) {
      throw new UserException(
          "fold: '" + text + "' is no fold; write which of how many, as 2/5 (1/5 to 5/5)");
    }
    String[] numbers = text.split("/");
    int number = Integer.parseInt(numbers[0]);
    int of = Integer.parseInt(numbers[1]);
    if (of < FEWEST) {
      throw new UserException(
          "fold: '" + text + "' leaves nothing to train on; take 2 folds or more, as 1/2");
    }
    if (number < 1 || number > of) {
      throw new UserException(
          "fold: '" + text + "' is none of the folds; they are 1/" + of + " to " + of + "/" + of);
    }
    return new Fold(number, of);
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
