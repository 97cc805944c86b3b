package juxta.benchmarks;

import java.util.List;

/**
 * How long and how large a comparison is.
 *
 * @param batch records a step; the networks see twice as many views
 * @param side side of the images in pixels
 * @param steps timed steps of each contender
 * @param warmup steps before them that do not count
 * @param threads threads of one operation
 * @param csv whether to write {@code benchmarks/results/<comparison>.csv}
 */
record Options(int batch, int side, int steps, int warmup, int threads, boolean csv) {
  static final Options DEFAULTS =
      new Options(64, 32, 30, 5, Runtime.getRuntime().availableProcessors(), false);

  Options {
    if (batch < 2 || side < 8 || steps < 1 || warmup < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "batch must be 2 or more, side 8 or more, steps and threads 1 or more, warmup 0 or more");
    }
  }

  static Options parse(List<String> args) {
    Options o = DEFAULTS;
    for (int i = 0; i < args.size(); i++) {
      String key = args.get(i);
      if (key.equals("--csv")) {
        o = new Options(o.batch, o.side, o.steps, o.warmup, o.threads, true);
        continue;
      }
      int n = number(args, ++i);
      o =
          switch (key) {
            case "--batch" -> new Options(n, o.side, o.steps, o.warmup, o.threads, o.csv);
            case "--side" -> new Options(o.batch, n, o.steps, o.warmup, o.threads, o.csv);
            case "--steps" -> new Options(o.batch, o.side, n, o.warmup, o.threads, o.csv);
            case "--warmup" -> new Options(o.batch, o.side, o.steps, n, o.threads, o.csv);
            case "--threads" -> new Options(o.batch, o.side, o.steps, o.warmup, n, o.csv);
            default -> throw new IllegalArgumentException("no option '" + key + "'");
          };
    }
    return o;
  }

  private static int number(List<String> args, int i) {
    if (i == args.size()) {
      throw new IllegalArgumentException(args.get(i - 1) + " needs a number");
    }
    try {
      return Integer.parseInt(args.get(i));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          args.get(i - 1) + ": '" + args.get(i) + "' is no whole number", e);
    }
  }

  /** Steps that a contender must be able to do. */
  int total() {
    return warmup + steps;
  }
}
