package juxta.engine.run;

import java.time.Duration;

/** Time since it was made: on the wall, and of all processors together. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long begun = System.nanoTime();
  private final double cpu = processorSeconds();

  double seconds() {
    return (System.nanoTime() - begun) / NANOS;
  }

  /** 0 where the system does not tell. */
  double cpuSeconds() {
    return processorSeconds() - cpu;
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
        / NANOS;
  }
}
