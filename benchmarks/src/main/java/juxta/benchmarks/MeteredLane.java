package juxta.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A contender beside which the bytes are counted that pass over the loopback, and the processor
 * time of the processes that work for it.
 */
final class MeteredLane implements Lane {
  private static final Path DEVICES = Path.of("/proc/net/dev");

  private final Lane lane;
  private final int warmup;
  private final List<ProcessHandle> workers;
  private int steps;
  private long bytes;
  private double millis;
  private double cpu;

  /**
   * Wraps.
   *
   * @param lane the contender
   * @param warmup steps at first that do not count
   * @param workers processes that work for it
   */
  MeteredLane(Lane lane, int warmup, List<ProcessHandle> workers) {
    this.lane = lane;
    this.warmup = warmup;
    this.workers = workers;
  }

  @Override
  public String name() {
    return lane.name();
  }

  @Override
  public Sample step() {
    long before = sent();
    double worked = worked();
    Sample sample = lane.step();
    if (++steps > warmup) {
      bytes += sent() - before;
      millis += sample.millis();
      cpu += sample.cpu() + worked() - worked;
    }
    return sample;
  }

  /** Bytes a step, other programs' among them; 0 where the system does not count. */
  double bytes() {
    return steps <= warmup ? 0 : (double) bytes / (steps - warmup);
  }

  /** Milliseconds of processor time that all its processes take for a step. */
  double cpu() {
    return steps <= warmup ? 0 : cpu / (steps - warmup);
  }

  /**
   * The share of its steps in which processors that it has stand still.
   *
   * @param processors how many it has: one for each thread, and no more than the machine's
   */
  double waiting(int processors) {
    return steps <= warmup ? 0 : Math.max(0, 1 - cpu / processors / millis);
  }

  /** Milliseconds of processor time that its workers have taken. */
  private double worked() {
    return workers.stream()
            .mapToDouble(
                worker -> worker.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
            .sum()
        / 1e6;
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
