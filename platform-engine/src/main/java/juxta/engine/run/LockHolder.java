package juxta.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import juxta.toolkit.io.Json;

/**
 * The process that has a folder.
 *
 * @param pid its number
 * @param host name of its machine
 * @param space where its number counts: containers of one machine number their processes by
 *     themselves; empty where that is not known
 * @param started when it began, in milliseconds since 1970; 0 where that is not known
 * @param since when it took the folder, in milliseconds since 1970
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LockHolder(long pid, String host, String space, long started, long since) {
  /** Starts that are as near as this are one: the system's clock may have been set between. */
  private static final Duration CLOCK = Duration.ofSeconds(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** What an older version did not write is empty. */
  LockHolder {
    host = host == null ? "" : host;
    space = space == null ? "" : space;
  }

  /** This process, now. */
  static LockHolder here() {
    ProcessHandle process = ProcessHandle.current();
    return new LockHolder(
        process.pid(), thisHost(), thisSpace(), startOf(process), System.currentTimeMillis());
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String thisSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Reads what {@link #text} wrote; empty if it is something else. */
  static Optional<LockHolder> parse(String text) {
    try {
      return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8), LockHolder.class))
          .filter(h -> h.pid() > 0 && h.host().matches("[\\w.:-]{1,255}"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String text() {
    return new String(Json.bytes(this), StandardCharsets.UTF_8) + "\n";
  }

  /** Such as {@code process 4711 on anna since 2026-01-31 12:00:00}. */
  String words() {
    return "process " + pid + " on " + host + " since " + TIME.format(Instant.ofEpochMilli(since));
  }

  /**
   * Whether it is where this process cannot see it: on another machine, or in another container.
   */
  boolean isElsewhere() {
    return !host.equals(thisHost()) || !space.equals(thisSpace());
  }

  /** Whether it has ended for sure; another process may have its number by now. */
  boolean isGone() {
    if (isElsewhere()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return true;
    }
    long now = startOf(process.get());
    return started > 0 && now > 0 && Math.abs(now - started) > CLOCK.toMillis();
  }
}
