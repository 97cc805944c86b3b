package juxta.toolkit.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import juxta.api.UserException;

/** Reports what is wrong with many files at once, but not with all of a thousand. */
public final class Problems {
  private static final int SHOWN = 10;

  private Problems() {}

  /**
   * Throws unless there are none.
   *
   * @param problems a line each
   * @param what the word for what has them, in the plural
   * @throws UserException with the first of them and the number of the others
   */
  public static void report(List<String> problems, String what) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(problems.subList(0, Math.min(SHOWN, problems.size())));
    if (problems.size() > SHOWN) {
      shown.add("and %d more %s like these".formatted(problems.size() - SHOWN, what));
    }
    throw new UserException(shown);
  }

  /**
   * Does something with each of many files on all cores; mistakes do not stop it, so that all of
   * them are known in the end.
   *
   * @param files number of files
   * @param work done with each number from 0; safe to call from several threads
   * @param doing what the progress display says
   * @param progress told how much is done
   * @throws UserException with what the work complained of, each complaint once
   */
  public static void collect(
      int files, IntConsumer work, String doing, BiConsumer<String, Double> progress) {
    report(
        faults(files, work, doing, progress).stream().flatMap(Optional::stream).distinct().toList(),
        "files");
  }

  /**
   * The same, but gives what the work complained of.
   *
   * @param files number of files
   * @param work done with each number from 0; safe to call from several threads
   * @param doing what the progress display says
   * @param progress told how much is done
   * @return a complaint, or none, for each number
   */
  public static List<Optional<String>> faults(
      int files, IntConsumer work, String doing, BiConsumer<String, Double> progress) {
    String[] faults = new String[files];
    Progress done = new Progress(files, doing, progress);
    IntStream.range(0, files)
        .parallel()
        .forEach(
            i -> {
              try {
                work.accept(i);
              } catch (UserException e) {
                faults[i] = e.getMessage();
              }
              done.one();
            });
    return Arrays.stream(faults).map(Optional::ofNullable).toList();
  }
}
