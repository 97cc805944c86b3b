package juxta.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Times one step by the clock and by this process's processor time.
 *
 * @param clock when it was started, in nanoseconds
 * @param cpu the process's processor time then, in nanoseconds
 */
record Stopwatch(long clock, long cpu) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime(), SYSTEM.getProcessCpuTime());
  }

  /** The step that began at the start and has ended with this loss. */
  Lane.Sample stop(double loss) {
    double millis = (System.nanoTime() - clock) / 1e6;
    return new Lane.Sample(millis, (SYSTEM.getProcessCpuTime() - cpu) / 1e6, loss);
  }
}
