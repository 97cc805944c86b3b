package juxta.benchmarks;

import java.util.List;

/**
 * How long and how large a comparison is.
 *
 * @param batch records a step; the networks see twice as many views
 * @param side side of the images in pixels
 * @param steps timed steps of each contender; turns of {@code inference}
 * @param warmup steps before them that do not count
 * @param threads threads of one operation
 * @param network what {@code peer-step} trains
 * @param images images of the folder that {@code folder-reading} or {@code inference} makes
 * @param csv whether to write {@code benchmarks/results/<comparison>.csv}
 */
record Options(
    int batch,
    int side,
    int steps,
    int warmup,
    int threads,
    PeerTask network,
    int images,
    boolean csv) {
  static final Options DEFAULTS =
      new Options(
          64,
          32,
          30,
          5,
          Runtime.getRuntime().availableProcessors(),
          PeerTask.RESNET18,
          100_000,
          false);

  Options {
    if (batch < 2 || side < 8 || steps < 1 || warmup < 0 || threads < 1 || images < 1) {
      throw new IllegalArgumentException(
          "batch must be 2 or more, side 8 or more, steps, threads and images 1 or more,"
              + " warmup 0 or more");
    }
  }

  /** The same for batches and images of other sizes. */
  Options sized(int batch, int side) {
    return new Options(batch, side, steps, warmup, threads, network, images, csv);
  }

  static Options parse(List<String> args, Options defaults) {
    int batch = defaults.batch;
    int side = defaults.side;
    int steps = defaults.steps;
    int warmup = defaults.warmup;
    int threads = defaults.threads;
    PeerTask network = defaults.network;
    int images = defaults.images;
    boolean csv = false;
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--csv" -> csv = true;
        case "--network" -> network = PeerTask.of(word(args, ++i));
        case "--batch" -> batch = number(args, ++i);
        case "--side" -> side = number(args, ++i);
        case "--steps" -> steps = number(args, ++i);
        case "--warmup" -> warmup = number(args, ++i);
        case "--images" -> images = number(args, ++i);
        case "--threads" -> threads = number(args, ++i);
        default -> throw new IllegalArgumentException("no option '" + args.get(i) + "'");
      }
    }
    return new Options(batch, side, steps, warmup, threads, network, images, csv);
  }

  /** For {@code inference}: photographs of some hundred pixels, by turns. */
  static final Options INFERENCE =
      new Options(DEFAULTS.batch, 224, 5, 0, DEFAULTS.threads, DEFAULTS.network, 500, DEFAULTS.csv);

  private static String word(List<String> args, int i) {
    if (i == args.size()) {
      throw new IllegalArgumentException(args.get(i - 1) + " needs a value");
    }
    return args.get(i);
  }

  private static int number(List<String> args, int i) {
    try {
      return Integer.parseInt(word(args, i));
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
