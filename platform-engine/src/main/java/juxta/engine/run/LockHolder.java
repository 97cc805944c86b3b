package juxta.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

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
record LockHolder(long pid, String host, String space, long started, long since) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Starts that are as near as this are one: the system's clock may have been set between. */
  private static final Duration CLOCK = Duration.ofSeconds(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

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
      JsonNode node = JSON.readTree(text);
      LockHolder holder =
          new LockHolder(
              node.path("pid").asLong(),
              node.path("host").asText(),
              node.path("space").asText(),
              node.path("started").asLong(),
              node.path("since").asLong());
      return Optional.of(holder).filter(h -> h.pid() > 0 && h.host().matches("[\\w.:-]{1,255}"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String text() {
    ObjectNode node = JSON.createObjectNode();
    node.put("pid", pid);
    node.put("host", host);
    node.put("space", space);
    node.put("started", started);
    node.put("since", since);
    return node + "\n";
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
