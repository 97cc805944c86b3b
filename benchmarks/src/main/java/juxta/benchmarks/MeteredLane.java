package juxta.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A contender beside which the bytes are counted that pass over the loopback. */
final class MeteredLane implements Lane {
  private static final Path DEVICES = Path.of("/proc/net/dev");

  private final Lane lane;
  private final int warmup;
  private int steps;
  private long bytes;

  /**
   * Wraps.
   *
   * @param lane the contender
   * @param warmup steps at first that do not count
   */
  MeteredLane(Lane lane, int warmup) {
    this.lane = lane;
    this.warmup = warmup;
  }

  @Override
  public String name() {
    return lane.name();
  }

  @Override
  public Sample step() {
    long before = sent();
    Sample sample = lane.step();
    if (++steps > warmup) {
      bytes += sent() - before;
    }
    return sample;
  }

  /** Bytes a step, other programs' among them; 0 where the system does not count. */
  double bytes() {
    return steps <= warmup ? 0 : (double) bytes / (steps - warmup);
  }

  private static long sent() {
    try {
      return Files.readAllLines(DEVICES).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("lo:"))
          .mapToLong(line -> Long.parseLong(line.substring(3).strip().split("\\s+")[8]))
          .sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    lane.close();
  }
}
