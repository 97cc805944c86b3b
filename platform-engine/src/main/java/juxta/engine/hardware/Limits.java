package juxta.engine.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a process may use of a machine: containers and services are often given less than all.
 *
 * @param cores cores that the process may use, rounded up
 * @param schedulable cores that it may be scheduled on, which is what TensorFlow counts
 * @param allCores the machine's
 * @param memory bytes that the process may use
 * @param allMemory the machine's; 0 where the system does not say
 */
record Limits(int cores, int schedulable, int allCores, long memory, long allMemory) {
  private static final long KIBI = 1024;

  static Limits of(Host host) {
    int all =
        (int)
            host.read("/proc/cpuinfo")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("processor"))
                .count();
    int schedulable = allowed(host).orElse(all);
    double quota = Math.min(unified(host, "cpu.max", Limits::share), quotaOfOld(host));
    long total = total(host);
    double memory =
        Math.min(
            unified(host, "memory.max", Limits::number),
            old(host, "memory", "memory.limit_in_bytes"));
    return new Limits(
        (int) Math.max(1, Math.min(schedulable, Math.ceil(quota))),
        schedulable,
        all,
        (long) Math.min(total, memory),
        total);
  }

  /** Lists such as {@code 0-3,8}. */
  private static Optional<Integer> allowed(Host host) {
    return host.read("/proc/self/status")
        .flatMap(text -> text.lines().filter(l -> l.startsWith("Cpus_allowed_list:")).findFirst())
        .map(
            line -> {
              int count = 0;
              for (String range : line.substring(line.indexOf(':') + 1).strip().split(",")) {
                String[] ends = range.split("-");
                count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
              }
              return count;
            });
  }

  private static long total(Host host) {
    return host.read("/proc/meminfo")
        .orElse("")
        .lines()
        .filter(line -> line.startsWith("MemTotal:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI)
        .findFirst()
        .orElse(0L);
  }

  /** The least value of a file in the process's group and in those that it lies in (cgroup v2). */
  private static double unified(Host host, String file, Function<String, Double> value) {
    double least = Double.POSITIVE_INFINITY;
    for (String group : groups(host, "0::")) {
      double one =
          host.read("/sys/fs/cgroup" + group + file).map(value).orElse(Double.POSITIVE_INFINITY);
      least = Math.min(least, one);
    }
    return least;
  }

  /** The value of a file of an old controller, in the process's group or at its root (v1). */
  private static double old(Host host, String controller, String file) {
    double least = Double.POSITIVE_INFINITY;
    for (String group : groups(host, controller)) {
      double one =
          host.read("/sys/fs/cgroup/" + controller + group + file)
              .map(Limits::number)
              .orElse(Double.POSITIVE_INFINITY);
      least = Math.min(least, one);
    }
    return least;
  }

  private static double quotaOfOld(Host host) {
    double quota = old(host, "cpu", "cpu.cfs_quota_us");
    double period = old(host, "cpu", "cpu.cfs_period_us");
    return quota > 0 && Double.isFinite(quota) && period > 0 && Double.isFinite(period)
        ? quota / period
        : Double.POSITIVE_INFINITY;
  }

  /** The process's group and those above it, each ending in a slash. */
  private static List<String> groups(Host host, String controller) {
    String own =
        host.read("/proc/self/cgroup")
            .orElse("")
            .lines()
            .filter(
                line ->
                    controller.equals("0::")
                        ? line.startsWith(controller)
                        : line.matches("[0-9]+:([^:]*,)?" + controller + "(,[^:]*)?:.*"))
            .map(line -> line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1))
            .findFirst()
            .orElse("/");
    List<String> groups = new ArrayList<>();
    for (String at = own.replaceFirst("/+$", ""); !at.isEmpty(); ) {
      groups.add(at + "/");
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
    groups.add("/");
    return groups;
  }

  /** Such as {@code 200000 100000}: two cores; {@code max 100000} is no limit. */
  private static double share(String text) {
    String[] parts = text.strip().split(" ");
    return parts.length == 2 && parts[0].matches("[0-9]+")
        ? Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])
        : Double.POSITIVE_INFINITY;
  }

  private static double number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]+") ? Double.parseDouble(digits) : Double.POSITIVE_INFINITY;
  }
}
