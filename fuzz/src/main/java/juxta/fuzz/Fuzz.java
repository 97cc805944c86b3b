package juxta.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/** A long run over the readers, with progress. */
public final class Fuzz {
  private static final int USUAL_INPUTS = 100_000;
  private static final long BETWEEN_MILLIS = 2_000;

  private Fuzz() {}

  /**
   * Runs.
   *
   * @param words names of readers, all where none is named; {@code --inputs N} of each, {@code
   *     --seed N}, and {@code --only N} for the one input of that number
   * @throws IOException if no file can be written
   */
  public static void main(String[] words) throws IOException {
    List<String> names = new ArrayList<>();
    int count = USUAL_INPUTS;
    int only = -1;
    long seed = 1;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--inputs" -> count = Integer.parseInt(words[++i]);
        case "--seed" -> seed = Long.parseLong(words[++i]);
        case "--only" -> only = Integer.parseInt(words[++i]);
        default -> names.add(words[i]);
      }
    }
    List<Target> targets =
        Targets.all().stream().filter(t -> names.isEmpty() || names.contains(t.name())).toList();
    if (targets.isEmpty() || targets.size() < names.size()) {
      System.err.println(
          "readers: " + String.join(" ", Targets.all().stream().map(Target::name).toList()));
      System.exit(2);
    }
    Path failures = Path.of(System.getProperty("juxta.fuzz", "failures"));
    Path work = Files.createTempDirectory("juxta-fuzz");
    int escaped = 0;
    for (Target target : targets) {
      int from = only < 0 ? 0 : only;
      int to = only < 0 ? count : only + 1;
      Progress progress = new Progress(target.name(), to - from);
      List<Escape> escapes =
          new Trials(new Inputs(target, seed), failures, work).run(from, to, progress);
      escapes.forEach(System.out::println);
      System.out.println(progress.verdict(escapes.size()));
      escaped += escapes.size();
    }
    System.out.println(
        escaped == 0 ? "every input ended as it must" : escaped + " kinds of input escaped");
    System.exit(escaped == 0 ? 0 : 1); // a reader that did not end still runs
  }

  /** Says how far a reader is, and for how long it will go on. */
  private static final class Progress implements IntConsumer {
    private final String name;
    private final int count;
    private final long start = System.currentTimeMillis();
    private long said;
    private int reached;

    Progress(String name, int count) {
      this.name = name;
      this.count = count;
    }

    String verdict(int escapes) {
      return String.format(
          Locale.ROOT,
          "%s: %,d inputs, %d kinds escaped, %d s",
          name,
          reached,
          escapes,
          (System.currentTimeMillis() - start) / 1000);
    }

    @Override
    public void accept(int done) {
      reached = done;
      long now = System.currentTimeMillis();
      if (done < count && now - said < BETWEEN_MILLIS) {
        return;
      }
      said = now;
      long left = done == 0 ? 0 : (now - start) * (count - done) / done / 1000;
      System.err.print(
          String.format(
              Locale.ROOT,
              "\r%-20s %,d of %,d, %d s left    %s",
              name,
              done,
              count,
              left,
              done < count ? "" : "\n"));
    }
  }

  /** For tests: the names of all readers. */
  static List<String> names() {
    return Arrays.asList(Targets.all().stream().map(Target::name).toArray(String[]::new));
  }
}
